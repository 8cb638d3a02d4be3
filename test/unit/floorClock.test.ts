import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { requestOf, type SpeechRule } from '../../server/domain/floor.ts';
import { clockStage, endsAt, remainingMs, usedMs } from '../../server/domain/floorClock.ts';
import { timersDue } from '../../server/domain/timers.ts';
import { seatId, system } from '../support/plan.ts';
import { Play } from '../support/play.ts';

const minute = 60_000;
const rule: SpeechRule = { allottedMs: 2 * minute, warningsMs: [minute, 15_000], atEnd: 'close' };

/** p01 speaks under this rule. */
function speaking(speech: SpeechRule = rule): Play {
  const play = Play.gathering(3, { speech, graceMs: 10_000 });
  play.request('p01', 'granted');
  return play;
}

const held = (play: Play) => {
  const request = requestOf(play.state.floor, 'p01');
  if (!request?.grantedAt) throw new Error('p01 does not speak');
  return { ...request, grantedAt: request.grantedAt };
};

describe('the clock of a speech', () => {
  test('runs from the grant, warns, and is over', () => {
    const request = held(speaking());
    const at = (ms: number) => clockStage(request, rule, request.grantedAt + ms);
    expect(at(0)).toEqual({ is: 'running' });
    expect(at(minute - 1)).toEqual({ is: 'running' });
    expect(at(minute)).toEqual({ is: 'warning', nth: 1 });
    expect(at(2 * minute - 15_000)).toEqual({ is: 'warning', nth: 2 });
    expect(at(2 * minute)).toEqual({ is: 'over' });
    expect(remainingMs(request, request.grantedAt + 3 * minute)).toBe(-minute);
    expect(usedMs(request, request.grantedAt + 3 * minute)).toBe(3 * minute);
  });

  test('does not run where nothing limits a speech', () => {
    const request = held(speaking({ ...rule, allottedMs: null }));
    expect(clockStage(request, rule, request.grantedAt + minute)).toEqual({ is: 'free' });
    expect(endsAt(request)).toBeNull();
    expect(usedMs(request, request.grantedAt + minute)).toBe(minute);
  });

  test('goes on by what the chair adds', () => {
    const play = speaking();
    const before = endsAt(held(play)) ?? 0;
    play.done({ type: 'floor.extend', request: held(play).id, byMs: minute });
    expect(endsAt(held(play))).toBe(before + minute);
  });

  test('keeps the time of its grant when the rule changes', () => {
    const play = speaking();
    play.done({ type: 'floor.setRules', speech: { ...rule, allottedMs: 5 * minute } });
    expect(held(play).time?.allottedMs).toBe(2 * minute);
    play.request('p02', 'accepted');
    play.done({ type: 'floor.grant', target: { seat: 'p02' }, replace: true });
    expect(requestOf(play.state.floor, 'p02')?.time?.allottedMs).toBe(5 * minute);
  });

  test('stands while the line is lost, and the loss is given back and recorded', () => {
    const play = speaking();
    play.lose('p01');
    const stopped = held(play);
    expect(endsAt(stopped)).toBeNull();
    const later = stopped.grantedAt + 99 * minute;
    expect(usedMs(stopped, later)).toBe(usedMs(stopped, later + minute));
    for (let i = 0; i < 30; i++)
      play.done({ type: 'seat.mute', seat: seatId(2) }) &&
        play.done({ type: 'seat.unmute', seat: seatId(2) });
    const usedBefore = usedMs(stopped, later);
    play.join('p01', 'again');
    const back = held(play);
    const joinedAt = play.events.findLast(({ event }) => event.type === 'seat.joined')?.at ?? 0;
    expect(usedMs(back, joinedAt)).toBe(usedBefore);
    expect(play.events.at(-1)?.event).toMatchObject({
      type: 'floor.credited',
      cause: 'lineLost',
      byMs: joinedAt - (stopped.time?.stoppedAt ?? 0),
    });
  });

  test('whatever is added and lost, used and remaining make up what was given', () => {
    const step = fc.oneof(
      fc.record({ is: fc.constant('extend' as const), byMs: fc.integer({ min: 1, max: minute }) }),
      fc.record({ is: fc.constant('credit' as const), byMs: fc.integer({ min: 1, max: minute }) }),
      fc.record({ is: fc.constant('outage' as const) }),
    );
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 12 }),
        fc.integer({ min: 0, max: 1e7 }),
        (steps, ms) => {
          const play = speaking();
          const request = held(play).id;
          for (const s of steps) {
            if (s.is === 'extend') play.done({ type: 'floor.extend', request, byMs: s.byMs });
            if (s.is === 'credit')
              play.done({ type: 'floor.credit', request, byMs: s.byMs }, system);
            if (s.is === 'outage') {
              play.lose('p01');
              play.join('p01', 'again');
            }
          }
          const r = held(play);
          const now = r.grantedAt + ms + 1e7;
          const given = (r.time?.allottedMs ?? 0) + (r.time?.addedMs ?? 0);
          expect(usedMs(r, now) + (remainingMs(r, now) ?? 0)).toBe(given);
          expect(remainingMs(r, endsAt(r) ?? 0)).toBe(0);
        },
      ),
    );
  });
});

describe('the timers that a state calls for', () => {
  test('the end of a speech, and another one when time is added', () => {
    const play = speaking();
    const { id, grantVersion } = held(play);
    const [timer, ...more] = timersDue(play.state);
    expect(more).toEqual([]);
    expect(timer).toMatchObject({
      at: endsAt(held(play)),
      command: { type: 'floor.expire', request: id, grantVersion },
    });
    play.done({ type: 'floor.extend', request: id, byMs: minute });
    const [next] = timersDue(play.state);
    expect(next?.at).toBe((timer?.at ?? 0) + minute);
    expect(next?.id).not.toBe(timer?.id);
  });

  test('none where the end only warns, or nobody speaks', () => {
    expect(timersDue(speaking({ ...rule, atEnd: 'warn' }).state)).toEqual([]);
    const play = speaking();
    play.done({ type: 'floor.revoke', request: held(play).id });
    expect(timersDue(play.state)).toEqual([]);
  });

  test('the grace of a holder who is lost, in place of the end', () => {
    const play = speaking();
    play.lose('p01');
    const { since, lostAtVersion } = play.state.seats.p01 ?? {};
    expect(timersDue(play.state)).toEqual([
      {
        id: `grace-test-p01-${lostAtVersion}`,
        at: (since ?? 0) + 10_000,
        command: { type: 'floor.expireGrace', seat: 'p01', lostAtVersion },
      },
    ]);
  });

  test('an end that has come takes the floor; one set before time was added does not', () => {
    const play = speaking({ ...rule, allottedMs: 10_000 });
    const timer = timersDue(play.state)[0];
    if (!timer) throw new Error('no timer');
    // The clock of a play goes on a second at each command.
    for (let i = 0; i < 8; i++) expect(play.try(timer.command, system)).toBe('staleTimer');
    play.done({ type: 'floor.extend', request: held(play).id, byMs: 5_000 });
    for (let i = 0; i < 5; i++) expect(play.try(timer.command, system)).toBe('staleTimer');
    play.done(timer.command, system);
    expect(play.events.at(-1)?.event).toMatchObject({ type: 'floor.revoked', reason: 'timeOver' });
    expect(play.holders).toEqual([]);
  });
});
