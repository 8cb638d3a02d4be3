import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Recorded } from '../../domain/event.ts';
import type { BriefingId } from '../../domain/ids.ts';
import type { FaultEntry, FaultWhat } from '../../protocol/faults.ts';
import { rooms } from '../fanout.ts';
import type { FaultsPort } from '../ports.ts';
import type { PageServer } from './pageServer.ts';

interface FaultLogOptions {
  readonly io: PageServer;
  readonly store: FaultsPort;
  readonly now: () => number;
  readonly log: Logger;
}

/**
 * The log of faults: told to technicians as it happens, and kept for those who come later. What
 * only one server sees it tells the others; what all see, each tells its own technicians, and the
 * store keeps it once.
 */
export class FaultLog {
  readonly #o: FaultLogOptions;

  constructor(o: FaultLogOptions) {
    this.#o = o;
    o.io.on('faults', (briefing, entries) => this.#tell(briefing, entries));
  }

  /** Something that this server alone has seen. */
  add(briefing: BriefingId, what: FaultWhat): void {
    const entry: FaultEntry = { id: randomUUID(), at: this.#o.now(), what };
    this.#o.store.keep(briefing, entry);
    this.#tell(briefing, [entry]);
    this.#o.io.serverSideEmit('faults', briefing, [entry]);
  }

  /** Something that every server sees for itself, each a moment sooner or later. */
  seenByAll(briefing: BriefingId, what: FaultWhat, subject: string): void {
    const at = this.#o.now();
    const entry: FaultEntry = { id: `${what.is}-${subject}-${at}`, at, what };
    this.#o.store.keep(briefing, entry, `${what.is}-${subject}`);
    this.#tell(briefing, [entry]);
  }

  /** What the journal says: the same entry at every server. */
  events(briefing: BriefingId, events: readonly Recorded[]): void {
    const entries = events.flatMap((recorded) => {
      const what = faultIn(recorded);
      return what ? [{ id: `v${recorded.version}`, at: recorded.at, what }] : [];
    });
    for (const entry of entries) this.#o.store.keep(briefing, entry);
    if (entries.length > 0) this.#tell(briefing, entries);
  }

  /** Newest first; empty when the store cannot be reached. */
  async recent(briefing: BriefingId): Promise<readonly FaultEntry[]> {
    try {
      return await this.#o.store.recent(briefing);
    } catch (err) {
      this.#o.log.warn({ err, briefing }, 'log of faults not read');
      return [];
    }
  }

  #tell(briefing: BriefingId, entries: readonly FaultEntry[]): void {
    this.#o.io.local.to(rooms.technicians(briefing)).emit('faults', entries);
  }
}

function faultIn({ event: e }: Recorded): FaultWhat | undefined {
  if (e.type === 'seat.lost') return { is: 'seatLost', seat: e.seat };
  if (e.type !== 'seat.joined') return undefined;
  if (e.how === 'returned') return { is: 'seatReturned', seat: e.seat };
  return e.how === 'evicted' ? { is: 'seatEvicted', seat: e.seat } : undefined;
}
