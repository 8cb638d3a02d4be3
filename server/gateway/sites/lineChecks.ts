import type { Logger } from 'pino';
import type { BriefingState } from '../../domain/briefing.ts';
import type { Recorded } from '../../domain/event.ts';
import type { BriefingId, Instant, SeatId } from '../../domain/ids.ts';
import { judge, type LineResult } from '../../domain/lineCheck.ts';
import { seatById } from '../../domain/roster.ts';
import { isApart } from '../../domain/routing.ts';
import type { Page } from '../page.ts';
import type { BriefingPort } from '../ports.ts';

/** So many sites are measured at once by one server: 71 of them in under a minute. */
const atOnce = 16;
/** How long a site may take, its media's coming up included, milliseconds. */
const withinMs = 18_000;
/** A site that comes back so soon after an order is still meant by it, milliseconds. */
const orderHolds = 300_000;
/** From so long before the start on, every site is measured as it comes, milliseconds. */
const ahead = 3_600_000;
/** A line that failed is measured once more by itself, so much later, milliseconds: machines start. */
const againMs = 20_000;
/** A result counts for a page that comes so soon after it, milliseconds. */
const lately = 120_000;

export interface LineChecksOptions {
  /** The pages of this server. */
  readonly pages: ReadonlySet<Page>;
  /** Whether sites are measured as they come, without an order. */
  readonly atJoin: boolean;
  readonly now: () => Instant;
  readonly log: Logger;
}

interface Due {
  readonly briefing: BriefingPort;
  readonly page: Page;
  readonly run: string;
  /** It has failed before, and is measured once more. */
  readonly again?: true;
}

/**
 * Has the sites of this server's own pages measured: those that an order names, and those that come
 * before the briefing begins. Every server reads the same orders, so each does its part.
 */
export class LineChecks {
  readonly #o: LineChecksOptions;
  #waiting: Due[] = [];
  readonly #checking = new Set<Page>();
  readonly #later = new Set<ReturnType<typeof setTimeout>>();

  constructor(o: LineChecksOptions) {
    this.#o = o;
  }

  events(id: BriefingId, briefing: BriefingPort, events: readonly Recorded[]): void {
    for (const { event } of events) {
      switch (event.type) {
        case 'lineCheck.started':
          this.#ordered(id, briefing, event);
          break;
        case 'seat.lost':
        case 'seat.left':
          if (isMeant(briefing.state, event.seat, this.#o.now())) {
            this.#away(briefing, briefing.state.lineCheckRun?.run ?? '', event.seat);
          }
      }
    }
  }

  /** A site's page is in: it may be meant by an order that it has missed, or be measured as it comes. */
  entered(page: Page, briefing: BriefingPort): void {
    const { state } = briefing;
    const { seat } = page;
    if (seat === null || seat === state.chairPoint) return;
    const now = this.#o.now();
    if (isMeant(state, seat, now)) {
      this.#put({ briefing, page, run: state.lineCheckRun?.run ?? '' });
    } else if (this.#o.atJoin && beforehand(state, now)) {
      const { at, result } = checkOf(state, seat) ?? { at: 0, result: null };
      // A line that only broke for a moment has just been measured.
      if (result !== null && now - at < lately) return;
      this.#put({ briefing, page, run: `j${state.version}` });
    }
  }

  close(): void {
    for (const timer of this.#later) clearTimeout(timer);
    this.#waiting = [];
  }

  #ordered(
    id: BriefingId,
    briefing: BriefingPort,
    { run, seats }: { readonly run: string; readonly seats: readonly SeatId[] },
  ): void {
    for (const seat of seats) {
      if (seatById(briefing.state.seats, seat)?.status !== 'connected') {
        this.#away(briefing, run, seat);
      }
    }
    for (const page of this.#o.pages) {
      const { seat } = page;
      if (page.briefing !== id || seat === null || !seats.includes(seat)) continue;
      this.#put({ briefing, page, run });
    }
  }

  /** Nobody is there to be measured. All servers say so, and it is written down once. */
  #away(briefing: BriefingPort, run: string, seat: SeatId): void {
    void this.#record(briefing, { run, seat, result: null }, `${run}-${seat}-away`);
  }

  /** One that waits already is measured once, for the newer order. */
  #put(due: Due): void {
    this.#waiting = [...this.#waiting.filter((d) => d.page !== due.page), due];
    this.#go();
  }

  #go(): void {
    while (this.#checking.size < atOnce) {
      const next = this.#waiting.find((d) => !this.#checking.has(d.page));
      if (!next) return;
      this.#waiting = this.#waiting.filter((d) => d !== next);
      this.#checking.add(next.page);
      void this.#check(next).finally(() => {
        this.#checking.delete(next.page);
        this.#go();
      });
    }
  }

  async #check(due: Due): Promise<void> {
    const { briefing, page, run } = due;
    const seat = page.seat ?? '';
    const may = () =>
      this.#o.pages.has(page) &&
      seatById(briefing.state.seats, seat)?.connection === page.connection &&
      isApart(briefing.state, seat) &&
      !page.whispers;
    if (!may()) return;
    const chime = briefing.state.phase !== 'inSession';
    const result = await page.checkLine({ chime }, withinMs);
    // What was cut short by the floor, a whisper or the socket's end says nothing about the line.
    if (!may()) return;
    await this.#record(briefing, { run, seat, result }, `${run}-${page.connection}`);
    if (!due.again && judge(result).verdict === 'failed') this.#oncemore(briefing, page);
  }

  /** As long as nobody has begun: a machine that has just been switched on is no bad line. */
  #oncemore(briefing: BriefingPort, page: Page): void {
    const timer = setTimeout(() => {
      this.#later.delete(timer);
      const { state } = briefing;
      if (!this.#o.pages.has(page) || !beforehand(state, this.#o.now())) return;
      this.#put({ briefing, page, run: `j${state.version}`, again: true });
    }, againMs);
    this.#later.add(timer);
  }

  async #record(
    briefing: BriefingPort,
    found: { readonly run: string; readonly seat: SeatId; readonly result: LineResult | null },
    id: string,
  ): Promise<void> {
    const { run, seat } = found;
    const by = { role: 'system', seat: null } as const;
    const done = await briefing.submit({ type: 'lineCheck.record', ...found }, by, id);
    if (!done.ok && done.refusal !== 'nothingToChange') {
      this.#o.log.warn({ run, seat, refusal: done.refusal }, 'line check not recorded');
    }
  }
}

const checkOf = (state: BriefingState, seat: SeatId) =>
  Object.hasOwn(state.lineChecks, seat) ? state.lineChecks[seat] : undefined;

/** Whether the last order names the seat, is not old, and has had no answer from it. */
function isMeant(state: BriefingState, seat: SeatId, now: Instant): boolean {
  const { lineCheckRun: order } = state;
  if (!order?.seats.includes(seat) || now - order.startedAt > orderHolds) return false;
  const check = checkOf(state, seat);
  return check === undefined || check.at < order.startedAt || check.result === null;
}

const beforehand = ({ phase, startsAt }: BriefingState, now: Instant): boolean =>
  (phase === 'scheduled' || phase === 'gathering') && now >= Date.parse(startsAt) - ahead;
