import { describe, expect, test } from 'vitest';
import type { ItemRules } from '../../server/domain/agenda.ts';
import { addressees, isOverdue } from '../../server/domain/directives.ts';
import { requestOf } from '../../server/domain/floor.ts';
import { judge, type LineResult } from '../../server/domain/lineCheck.ts';
import { rollCall } from '../../server/domain/rollCall.ts';
import { visibleTo } from '../../server/gateway/audience.ts';
import { point, secretary, system } from '../support/plan.ts';
import { absent, agendaItem, directive, goodLine, present } from '../support/planBusiness.ts';
import { Play } from '../support/play.ts';

function inSession(rules: Partial<ItemRules> = {}): Play {
  const play = Play.gathering(5);
  play.done({ type: 'phase.step', step: 'begin' });
  play.done({ type: 'agenda.change', agenda: [agendaItem('now', rules), agendaItem('next')] });
  play.done({ type: 'agenda.enter', item: 'now' });
  return play;
}

describe('the agenda', () => {
  test('an item brings its floor rules and its prepared speeches, in their order', () => {
    const speech = { allottedMs: 60_000, warningsMs: [10_000], atEnd: 'close' } as const;
    const play = inSession({
      speakers: ['p03', 'p01'],
      floor: { mode: null, maxFloorUsers: 2, interrupt: null, speech },
    });
    expect(play.queue).toEqual(['p03', 'p01']);
    expect(play.state.floor.rules).toMatchObject({ mode: 'moderated', maxFloorUsers: 2, speech });
    // Who waits already keeps its place when the next item would load it again.
    play.done({
      type: 'agenda.change',
      agenda: [agendaItem('now'), agendaItem('next', { speakers: ['p01', 'p02'] })],
    });
    play.done({ type: 'agenda.enter', item: 'next' });
    expect(play.queue).toEqual(['p03', 'p01', 'p02']);
  });

  test('once each: forgotten with the next item, and no matter for the office', () => {
    const play = inSession({ once: true });
    play.done({ type: 'floor.revoke', request: play.request('p01', 'granted') });
    const ask = { type: 'floor.request', beneficiary: 'p01' } as const;
    expect(play.try(ask, point('p01'))).toBe('alreadySpoke');
    play.done(ask, secretary);
    play.done({ type: 'floor.deny', request: play.requestIdOf('p01') });
    play.done({ type: 'agenda.enter', item: 'next' });
    play.done(ask, point('p01'));
  });
});

describe('replies', () => {
  test('wait in a list of their own, which ends with the next speech', () => {
    const play = inSession({ replies: true });
    play.request('p01', 'granted');
    const reply = (seat: string) =>
      play.done({ type: 'floor.request', beneficiary: seat, kind: 'reply' }, point(seat));
    reply('p02');
    reply('p03');
    play.request('p04', 'accepted');
    const waiting = () =>
      play.state.floor.replies.map(
        (id) => play.state.floor.requests.find((r) => r.id === id)?.beneficiary,
      );
    expect(waiting()).toEqual(['p02', 'p03']);
    expect(play.queue).toEqual(['p04']);
    play.done({ type: 'floor.move', request: play.requestIdOf('p03'), position: 1 });
    expect(waiting()).toEqual(['p03', 'p02']);
    // A reply that is granted leaves the others waiting; a speech ends them.
    play.done({ type: 'floor.grant', target: { seat: 'p03' }, replace: true });
    expect(waiting()).toEqual(['p02']);
    play.done({ type: 'floor.grant', target: { seat: 'p04' }, replace: true });
    expect(waiting()).toEqual([]);
    expect(requestOf(play.state.floor, 'p02')).toBeUndefined();
  });

  test('have a time of their own', () => {
    const play = inSession({ replies: true });
    play.done({ type: 'floor.setRules', replyMs: 30_000, maxFloorUsers: 2 });
    play.request('p01', 'granted');
    play.done({ type: 'floor.request', beneficiary: 'p02', kind: 'reply' }, point('p02'));
    play.done({ type: 'floor.grant', target: { seat: 'p02' }, replace: false });
    expect(requestOf(play.state.floor, 'p02')?.time?.allottedMs).toBe(30_000);
    expect(requestOf(play.state.floor, 'p01')?.time?.allottedMs).toBeNull();
  });
});

describe('interrupting', () => {
  const urgent = { type: 'floor.request', beneficiary: 'p02', priority: 4 } as const;
  const speaking = (interrupt: 'none' | 'lower' | 'sameOrLower') => {
    const play = inSession();
    play.done({ type: 'floor.setRules', mode: 'firstComeFirstServed', interrupt });
    play.done({ type: 'floor.request', beneficiary: 'p01' }, point('p01'));
    expect(play.holders).toEqual(['p01']);
    return play;
  };

  test('nobody, only who is less urgent, or equals too', () => {
    const none = speaking('none');
    none.done(urgent, secretary);
    expect(none.holders).toEqual(['p01']);
    const lower = speaking('lower');
    lower.done({ type: 'floor.request', beneficiary: 'p03' }, point('p03'));
    expect(lower.holders).toEqual(['p01']);
    lower.done(urgent, secretary);
    expect(lower.holders).toEqual(['p02']);
    expect(lower.queue).toEqual(['p03']);
    const same = speaking('sameOrLower');
    same.done({ type: 'floor.request', beneficiary: 'p03' }, point('p03'));
    expect(same.holders).toEqual(['p03']);
  });
});

describe('the roll call', () => {
  test('says who is here by declaration and by measurement, disagreements first', () => {
    const play = Play.gathering(4);
    const declare = (seat: string, declaration = present) =>
      play.done({ type: 'rollCall.declare', seat, declaration }, secretary);
    const check = (seat: string, result: LineResult) =>
      play.done({ type: 'lineCheck.record', run: 'l1', seat, result }, system);
    declare('p01');
    check('p01', goodLine);
    declare('p02');
    check('p02', { ...goodLine, sound: null });
    declare('p03', absent('Bão số 2'));
    play.done({ type: 'phase.step', step: 'begin' });
    play.join('p04');
    declare('p04');
    const roll = rollCall({ ...play.state, quorum: 3 });
    expect(roll.rows.map((r) => [r.seat.id, r.state, r.disagreements])).toEqual([
      ['p02', 'present', ['presentNotHeard']],
      ['p03', 'absent', ['declaredAbsentButConnected']],
      ['p01', 'present', []],
      ['p04', 'presentLate', []],
    ]);
    expect(roll).toMatchObject({
      counts: { present: 2, presentLate: 1, absent: 1, notCalled: 0 },
      quorate: true,
    });
    expect(rollCall({ ...play.state, quorum: 4 }).quorate).toBe(false);
  });

  test('an announced absence is not waited for, until the seat joins or takes it back', () => {
    const play = Play.gathering(2);
    const declare = (declaration = present) =>
      play.done({ type: 'rollCall.declare', seat: 'p02', declaration }, secretary);
    expect(play.state.seats.p02?.status).toBe('expected');
    declare(absent('Họp Quốc hội'));
    expect(play.state.seats.p02?.status).toBe('excused');
    declare();
    expect(play.state.seats.p02?.status).toBe('expected');
    declare(absent('Họp Quốc hội'));
    play.join('p02');
    expect(play.state.seats.p02?.status).toBe('connected');
  });
});

describe('what a line check means', () => {
  test.each<[string, LineResult | null, string, string[]]>([
    ['all well', goodLine, 'good', []],
    ['no answer', null, 'failed', ['noAnswer']],
    ['no picture', { ...goodLine, picture: null }, 'failed', ['noPicture']],
    [
      'nothing decoded',
      { ...goodLine, picture: { framesDecoded: 0, frameRate: 0, width: 0, height: 0 } },
      'failed',
      ['noPicture'],
    ],
    [
      'no sound, far away',
      { ...goodLine, sound: null, rttMs: 900 },
      'failed',
      ['noSound', 'longRoundTrip'],
    ],
    ['hardly heard', { ...goodLine, sound: { levelDb: -60 } }, 'poor', ['quietSound']],
    [
      'a lossy, narrow line',
      { ...goodLine, lossUp: 0.05, downBps: 300_000 },
      'poor',
      ['lossUp', 'narrowDown'],
    ],
    [
      'not measured is no fault',
      { ...goodLine, upBps: null, downBps: null, rttMs: null },
      'good',
      [],
    ],
  ])('%s', (_what, result, verdict, faults) => {
    expect(judge(result)).toEqual({ verdict, faults });
  });
});

describe('votes', () => {
  const cast = (play: Play, seat: string, option: number) => {
    const vote = play.state.votes.at(-1)?.id ?? '';
    play.done({ type: 'vote.cast', vote, seat, option }, point(seat));
  };
  const open = (secret: boolean) => {
    const play = inSession();
    play.done({ type: 'vote.open', question: 'Thông qua?', options: ['Có', 'Không'], secret });
    cast(play, 'p01', 0);
    cast(play, 'p02', 1);
    cast(play, 'p03', 0);
    return play;
  };
  const close = (play: Play) =>
    play.done({ type: 'vote.close', vote: play.state.votes.at(-1)?.id ?? '' });

  test('are counted when closed, and at the latest with the briefing', () => {
    const play = open(false);
    expect(play.state.votes[0]?.counts).toBeNull();
    close(play);
    expect(play.state.votes[0]?.counts).toEqual([2, 1]);
    const left = open(false);
    left.done({ type: 'phase.step', step: 'close' });
    expect(left.state.votes[0]?.counts).toEqual([2, 1]);
  });

  test('a point sees its own vote only', () => {
    const { state } = open(false);
    expect(visibleTo(state, { role: 'point', seat: 'p02' }).votes[0]?.cast).toEqual({ p02: 1 });
    expect(visibleTo(state, { role: 'point', seat: 'p04' }).votes[0]?.cast).toEqual({});
    expect(visibleTo(state, { role: 'chair', seat: 'p00' }).votes[0]?.cast).toEqual({
      p01: 0,
      p02: 1,
      p03: 0,
    });
  });

  test('of a secret one the office sees who has voted, never what', () => {
    const play = open(true);
    const seen = () => visibleTo(play.state, { role: 'secretary', seat: null }).votes[0];
    expect(seen()?.cast).toEqual({ p01: null, p02: null, p03: null });
    close(play);
    expect(seen()).toMatchObject({ cast: { p01: null, p02: null, p03: null }, counts: [2, 1] });
  });
});

describe('directives', () => {
  test('lead first, and all means every other point', () => {
    const points = ['p01', 'p02', 'p03'];
    expect(addressees(directive(1), points)).toEqual(['p01', 'p02']);
    expect(addressees(directive(1, { leadPoint: 'p03', supportingPoints: 'all' }), points)).toEqual(
      ['p03', 'p01', 'p02'],
    );
  });

  test('a draft is the office’s; once given it is everybody’s, with one’s own receipt', () => {
    const play = inSession();
    play.done({ type: 'directive.write', directive: directive(1) });
    const seen = (seat: string) => visibleTo(play.state, { role: 'point', seat }).directives;
    expect(seen('p01')).toEqual([]);
    play.done({ type: 'directive.give', numbers: [1] });
    play.done({ type: 'directive.receive', number: 1, seat: 'p02' }, point('p02'));
    expect(seen('p01').map((d) => [d.number, d.status, d.received])).toEqual([[1, 'given', {}]]);
    expect(Object.keys(seen('p02')[0]?.received ?? {})).toEqual(['p02']);
  });

  test('are overdue the day after their last, until they are done', () => {
    const given = { status: 'given' as const, deadline: '2019-06-30' };
    expect(isOverdue(given, '2019-06-30')).toBe(false);
    expect(isOverdue(given, '2019-07-01')).toBe(true);
    expect(isOverdue({ ...given, status: 'done' }, '2019-07-01')).toBe(false);
    expect(isOverdue({ ...given, deadline: null }, '2019-07-01')).toBe(false);
  });
});
