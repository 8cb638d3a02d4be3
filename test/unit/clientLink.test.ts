import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold, viewOf } from '../../client/link/fold.ts';
import { meantFor, Outbox } from '../../client/link/outbox.ts';
import { passOf } from '../../client/link/pass.ts';
import { longestWait, retryDelay } from '../../client/link/retry.ts';
import { type ClockSample, isBetter, timeAt } from '../../client/link/serverClock.ts';
import { sharing } from '../../client/link/sharing.ts';
import type { BriefingEvent } from '../../server/domain/event.ts';
import { nothing } from '../../server/domain/evolve.ts';
import type { NumberedEvent } from '../../server/protocol/wire.ts';

describe('retryDelay', () => {
  const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

  it('is never longer than ten seconds and never nothing, however often it fails', () => {
    fc.assert(
      fc.property(fc.nat(), random, (attempt, r) => {
        const wait = retryDelay(attempt, r);
        expect(wait).toBeGreaterThanOrEqual(100);
        expect(wait).toBeLessThanOrEqual(longestWait);
      }),
    );
  });

  it('is fast at first, grows, and stays at its longest', () => {
    const waits = [0, 1, 2, 3, 4, 5, 6, 20].map((attempt) => retryDelay(attempt, 0.5));
    expect(waits[0]).toBeLessThan(300);
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    expect(waits.at(-1)).toBe(waits.at(-2));
  });

  it('spreads sites that failed together over at least a third of the wait', () => {
    expect(retryDelay(9, 0.999) - retryDelay(9, 0)).toBeGreaterThan(longestWait / 3);
  });
});

describe('sharing', () => {
  const copied = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

  it('says what the fresh one says, in the same order, whatever was known', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (known, fresh) => {
        expect(JSON.stringify(sharing(known, fresh))).toBe(JSON.stringify(fresh));
      }),
    );
  });

  it('is what was known when that says the same', () => {
    fc.assert(
      fc.property(
        fc.object({ values: [fc.string(), fc.integer(), fc.constant(null)] }),
        (known) => {
          expect(sharing(known, copied(known))).toBe(known);
        },
      ),
    );
  });

  it('keeps the parts that say the same, and makes only the others anew', () => {
    const known = { seats: { a: { muted: false }, b: { muted: true } }, queue: [{ id: 1 }] };
    const fresh = copied(known);
    fresh.seats.b.muted = false;
    fresh.queue.push({ id: 2 });
    const now = sharing(known, fresh);
    expect(now).toEqual(fresh);
    expect(now.seats.a).toBe(known.seats.a);
    expect(now.queue[0]).toBe(known.queue[0]);
    expect(known.seats.b.muted).toBe(true);
  });
});

describe('passOf', () => {
  it('reads the pass of a link, and knows when there is none', () => {
    expect(passOf('#abc.def')).toBe('abc.def');
    expect(passOf('#')).toBeNull();
    expect(passOf('')).toBeNull();
  });
});

describe("the server's clock", () => {
  const sample: ClockSample = { serverTime: 10_000, speed: 1, receivedAt: 4_000, roundTrip: 200 };

  it('has gone on by half of the round trip when what it showed comes in', () => {
    expect(timeAt(sample, 4_000)).toBe(10_100);
    expect(timeAt(sample, 5_000)).toBe(11_100);
    expect(timeAt({ ...sample, roundTrip: null }, 4_000)).toBe(10_000);
  });

  it('goes as fast as the server says', () => {
    expect(timeAt({ ...sample, speed: 12 }, 5_000)).toBe(10_000 + 12 * 1_100);
  });

  it('is not set by an answer that was long under way, unless nothing better is known', () => {
    const late = { ...sample, receivedAt: 10_000, roundTrip: 2_000 };
    expect(isBetter(late, null)).toBe(true);
    expect(isBetter(late, sample)).toBe(false);
    expect(isBetter({ ...late, receivedAt: 700_000 }, sample)).toBe(true);
    expect(isBetter({ ...late, roundTrip: 40 }, sample)).toBe(true);
    // A welcome: this may be another server.
    expect(isBetter({ ...late, roundTrip: null }, sample)).toBe(true);
  });
});

describe('fold', () => {
  const event = (
    version: number,
    after: number,
    channel: NumberedEvent['channel'] = 'all',
    e: BriefingEvent = { type: 'phase.changed', to: 'gathering' },
  ): NumberedEvent => ({
    version,
    after,
    channel,
    at: version * 1000,
    by: { role: 'chair', seat: null },
    command: `c${version}`,
    event: e,
  });
  const view = viewOf({ ...nothing, version: 10 });

  it('folds what follows on what was seen', () => {
    const folded = fold(view, [
      event(12, 10),
      event(15, 12, 'all', { type: 'phase.changed', to: 'inSession' }),
    ]);
    expect(folded).toMatchObject({ ok: true, view: { seen: { all: 15, own: 10 } } });
    expect(folded.ok && folded.view.state.phase).toBe('inSession');
  });

  it('skips what the full state already held', () => {
    const folded = fold(view, [event(9, 8), event(10, 9), event(11, 10)]);
    expect(folded).toMatchObject({ ok: true, view: { seen: { all: 11 } } });
  });

  it('sees a gap on one channel although the other went on', () => {
    const own = fold(view, [event(12, 3, 'own')]);
    expect(own.ok).toBe(true);
    expect(own.ok && fold(own.view, [event(13, 11)]).ok).toBe(false);
  });
});

describe('Outbox', () => {
  const command = { type: 'phase.step', step: 'open' } as const;

  it('keeps a command under one id until it is answered', async () => {
    const outbox = new Outbox();
    const outcome = outbox.add('id-1', command, 0);
    expect(outbox.unanswered(1)).toEqual([{ id: 'id-1', command }]);
    expect(outbox.unanswered(2)).toEqual([{ id: 'id-1', command }]);
    outbox.answer('id-1', { ok: true, version: 7 });
    expect(await outcome).toEqual({ ok: true, version: 7 });
    expect(outbox.unanswered(3)).toEqual([]);
  });

  it('gives up what is no longer meant, and says so', async () => {
    const outbox = new Outbox();
    const outcome = outbox.add('id-1', command, 1_000);
    expect(outbox.unanswered(1_000 + meantFor)).toEqual([]);
    expect(await outcome).toEqual({ ok: false, refusal: 'lineLost' });
  });
});
