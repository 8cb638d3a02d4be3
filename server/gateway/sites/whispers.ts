import type { Logger } from 'pino';
import type { BriefingState } from '../../domain/briefing.ts';
import type { Recorded } from '../../domain/event.ts';
import type { BriefingId, Instant, SeatId } from '../../domain/ids.ts';
import { seatById } from '../../domain/roster.ts';
import { isApart } from '../../domain/routing.ts';
import { type Whisper, whisperers } from '../../protocol/whisper.ts';
import type { Replies } from '../../protocol/wire.ts';
import { refused } from '../asks.ts';
import { rooms } from '../fanout.ts';
import type { Page } from '../page.ts';
import type { PageServer } from './pageServer.ts';

/** How often a server says again which whispers are its own pages', milliseconds. */
const sayEvery = 2_000;
/** One that nobody has said for so long has gone with its server, milliseconds. */
const forgetAfter = 7_000;

export interface WhispersOptions {
  readonly io: PageServer;
  /** The pages of this server. */
  readonly pages: ReadonlySet<Page>;
  readonly stateOf: (briefing: BriefingId) => BriefingState | undefined;
  /** Whether other servers can be reached now, through Redis. */
  readonly running: (briefing: BriefingId) => boolean;
  readonly now: () => Instant;
  readonly log: Logger;
}

interface Known {
  readonly whisper: Whisper;
  readonly heardAt: Instant;
}

/**
 * Private voice links between office pages and sites, over all servers. They are no events: each
 * lives with its office page's socket, and ends with that, with the site's connection, or as soon
 * as the site is needed for the programme.
 */
export class Whispers {
  readonly #o: WhispersOptions;
  readonly #known = new Map<BriefingId, Map<SeatId, Known>>();
  readonly #timer: NodeJS.Timeout;

  constructor(o: WhispersOptions) {
    this.#o = o;
    o.io.on('whisper', (briefing, whisper) => this.#take(briefing, whisper));
    o.io.on('whisperOver', (briefing, whisper) => this.#drop(briefing, whisper));
    this.#timer = setInterval(() => this.#sayAgain(), sayEvery);
  }

  start(page: Page, seat: SeatId): Replies['whisper.start'] {
    const { briefing, role } = page;
    const by = whisperers.find((r) => r === role);
    const state = this.#o.stateOf(briefing);
    if (!by || !state) return refused('notPermitted');
    const site = seatById(state.seats, seat);
    if (!site) return refused('unknownSeat');
    if (site.status !== 'connected') return refused('seatNotConnected');
    // The room's own microphone is heard by all: it would take the office's voice along.
    if (!isApart(state, seat)) return refused('onProgramme');
    const present = this.#known.get(briefing)?.get(seat)?.whisper;
    if (present?.with === page.endpoint) return { ok: true, whisper: present };
    if (present) return refused('whisperUnderWay');
    this.stop(page);
    const whisper: Whisper = { seat, by, with: page.endpoint, since: this.#o.now() };
    this.#o.log.info({ briefing, seat, by, with: page.endpoint }, 'whisper begins');
    this.#take(briefing, whisper);
    this.#say('whisper', briefing, whisper);
    return { ok: true, whisper };
  }

  /** Ends whatever this page had; its socket may be gone. */
  stop(page: Page): void {
    for (const whisper of this.#of(page.briefing)) {
      if (whisper.with !== page.endpoint) continue;
      this.#drop(page.briefing, whisper);
      this.#say('whisperOver', page.briefing, whisper);
    }
  }

  /** Every server sees for itself when a site goes, or comes to the programme. */
  events(briefing: BriefingId, events: readonly Recorded[], state: BriefingState): void {
    const all = this.#of(briefing);
    if (all.length === 0) return;
    const moved = new Set<SeatId>();
    for (const { event: e } of events) {
      if (e.type === 'seat.joined' || e.type === 'seat.lost' || e.type === 'seat.left') {
        moved.add(e.seat);
      }
    }
    for (const whisper of all) {
      if (moved.has(whisper.seat) || !isApart(state, whisper.seat)) this.#drop(briefing, whisper);
    }
  }

  /** What an office page that has just come is to know. */
  list(briefing: BriefingId): readonly Whisper[] {
    return this.#of(briefing);
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #of(briefing: BriefingId): Whisper[] {
    return [...(this.#known.get(briefing)?.values() ?? [])].map(({ whisper }) => whisper);
  }

  /** Of two that began at two servers in the same moment, the earlier stays. */
  #take(briefing: BriefingId, whisper: Whisper): void {
    const known = this.#known.get(briefing) ?? new Map<SeatId, Known>();
    const before = known.get(whisper.seat)?.whisper;
    const same = before?.with === whisper.with;
    if (before && !same && !isEarlier(whisper, before)) return;
    known.set(whisper.seat, { whisper, heardAt: this.#o.now() });
    this.#known.set(briefing, known);
    if (!same) this.#tell(briefing);
  }

  #drop(briefing: BriefingId, { seat, with: peer }: Whisper): void {
    const known = this.#known.get(briefing);
    if (known?.get(seat)?.whisper.with !== peer) return;
    known.delete(seat);
    this.#o.log.info({ briefing, seat, with: peer }, 'whisper ends');
    this.#tell(briefing);
  }

  #tell(briefing: BriefingId): void {
    const all = this.#of(briefing);
    for (const page of this.#o.pages) {
      if (page.briefing === briefing) {
        page.whisper(all.find((w) => w.seat === page.seat || w.with === page.endpoint) ?? null);
      }
    }
    this.#o.io.local.to(rooms.office(briefing)).emit('whispers', all);
  }

  #sayAgain(): void {
    const before = this.#o.now() - forgetAfter;
    const here = new Set([...this.#o.pages].map((page) => page.endpoint));
    for (const [briefing, known] of this.#known) {
      for (const { whisper, heardAt } of [...known.values()]) {
        if (here.has(whisper.with)) {
          this.#take(briefing, whisper);
          this.#say('whisper', briefing, whisper);
        } else if (heardAt < before) this.#drop(briefing, whisper);
      }
    }
  }

  #say(what: 'whisper' | 'whisperOver', briefing: BriefingId, whisper: Whisper): void {
    if (this.#o.running(briefing)) this.#o.io.serverSideEmit(what, briefing, whisper);
  }
}

const isEarlier = (a: Whisper, b: Whisper): boolean =>
  a.since === b.since ? a.with < b.with : a.since < b.since;
