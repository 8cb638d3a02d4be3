import type { Phase } from '../domain/briefing.ts';
import type { Recorded } from '../domain/event.ts';
import { requestOf } from '../domain/floor.ts';
import type { Instant, RequestId, SeatId, Version } from '../domain/ids.ts';
import { closing, replay } from './replay.ts';

/** A site's line that was lost, up to its return, the close, or now. */
export interface Outage {
  readonly seat: SeatId;
  readonly lostAt: Instant;
  /** Null: it did not come back before the close. */
  readonly returnedAt: Instant | null;
  /** Milliseconds. */
  readonly lostMs: number;
  readonly phase: Phase;
  /** The speech that it interrupted; null where the site did not have the floor. */
  readonly duringSpeech: RequestId | null;
}

/** Time given back to a speaker. */
export interface Credit {
  readonly at: Instant;
  readonly seat: SeatId;
  readonly request: RequestId;
  readonly byMs: number;
  readonly cause: 'lineLost' | 'nodeMoved';
}

/** Accepted events were lost, and people let the journal go on above them. */
export interface JournalGap {
  readonly at: Instant;
  readonly from: Version;
  readonly to: Version;
}

export interface Recess {
  readonly from: Instant;
  /** Null: it lasted until the close, or lasts still. */
  readonly to: Instant | null;
}

export interface Incidents {
  readonly outages: readonly Outage[];
  readonly credits: readonly Credit[];
  readonly journalGaps: readonly JournalGap[];
  readonly recesses: readonly Recess[];
}

/** What went otherwise than planned up to the close, each kind in the order of its beginning. */
export function incidents(journal: readonly Recorded[]): Incidents {
  const { asOf } = closing(journal);
  const outages: Outage[] = [];
  const credits: Credit[] = [];
  const journalGaps: JournalGap[] = [];
  const recesses: Recess[] = [];
  for (const { before, recorded } of replay(journal)) {
    const { event, at } = recorded;
    // A gap concerns the whole record, even when it comes after the close.
    if (event.type === 'journal.resumed') {
      const { from, to } = event;
      if (!journalGaps.some((gap) => gap.from === from && gap.to === to)) {
        journalGaps.push({ at, from, to });
      }
    }
    if (before.phase === 'closed') continue;
    switch (event.type) {
      case 'seat.lost': {
        const held = requestOf(before.floor, event.seat);
        outages.push({
          seat: event.seat,
          lostAt: at,
          returnedAt: null,
          lostMs: Math.max(0, asOf - at),
          phase: before.phase,
          duringSpeech: held?.status === 'granted' ? held.id : null,
        });
        break;
      }
      case 'seat.joined': {
        const open = outages.findIndex((o) => o.seat === event.seat && o.returnedAt === null);
        const outage = outages[open];
        if (!outage) break;
        const lostMs = Math.max(0, at - outage.lostAt);
        outages[open] = { ...outage, returnedAt: at, lostMs };
        break;
      }
      case 'floor.credited': {
        const { beneficiary: seat, request, byMs, cause } = event;
        credits.push({ at, seat, request, byMs, cause });
        break;
      }
      case 'phase.changed': {
        const last = recesses.at(-1);
        if (event.to === 'recess') recesses.push({ from: at, to: null });
        else if (before.phase === 'recess' && last && event.to !== 'closed') {
          recesses[recesses.length - 1] = { ...last, to: at };
        }
        break;
      }
    }
  }
  return { outages, credits, journalGaps, recesses };
}
