import type { Recorded } from '../domain/event.ts';
import type { BriefingId, SeatId, Version } from '../domain/ids.ts';
import type { NumberedEvent } from '../protocol/wire.ts';
import { forOffice, forPoints, shownToPoints } from './audience.ts';

export const rooms = {
  office: (b: BriefingId) => `${b}/office`,
  /** Of the office, those who also get the log of faults. */
  technicians: (b: BriefingId) => `${b}/technicians`,
  points: (b: BriefingId) => `${b}/points`,
  seat: (b: BriefingId, s: SeatId) => `${b}/seat/${s}`,
} as const;

/** Sends a batch to a room of this server's own sockets. */
export type Emit = (room: string, events: readonly NumberedEvent[]) => void;

/**
 * Numbers one briefing's events for its audiences and sends each batch in as few messages as order
 * allows: every server reads the whole journal, so each serves only its own sockets.
 */
export class Fanout {
  readonly #briefing: BriefingId;
  readonly #emit: Emit;
  #officeAt: Version;
  #pointsAt: Version;
  readonly #ownAt = new Map<SeatId, Version>();
  readonly #from: Version;

  /** `from`: the version folded when this server began to send; snapshots cover what came before. */
  constructor(o: { briefing: BriefingId; from: Version; emit: Emit }) {
    this.#briefing = o.briefing;
    this.#emit = o.emit;
    this.#officeAt = o.from;
    this.#pointsAt = o.from;
    this.#from = o.from;
  }

  send(events: readonly Recorded[]): void {
    const office = events.map((e): NumberedEvent => {
      const after = this.#officeAt;
      this.#officeAt = e.version;
      return { ...forOffice(e), channel: 'all', after };
    });
    this.#emit(rooms.office(this.#briefing), office);
    let published: NumberedEvent[] = [];
    const flush = () => {
      if (published.length > 0) this.#emit(rooms.points(this.#briefing), published);
      published = [];
    };
    for (const e of events) {
      const shown = shownToPoints(e);
      if (shown === 'all') {
        published.push({ ...forPoints(e), channel: 'all', after: this.#pointsAt });
        this.#pointsAt = e.version;
      } else if (shown !== 'none') {
        // A seat must get its own event after everything published before it.
        flush();
        for (const seat of shown) this.#own(seat, e);
      }
    }
    flush();
  }

  #own(seat: SeatId, e: Recorded): void {
    const after = this.#ownAt.get(seat) ?? this.#from;
    this.#ownAt.set(seat, e.version);
    this.#emit(rooms.seat(this.#briefing, seat), [
      { ...forPoints(e, seat), channel: 'own', after },
    ]);
  }
}
