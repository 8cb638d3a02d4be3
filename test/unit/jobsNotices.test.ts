import { describe, expect, test } from 'vitest';
import type { BriefingState } from '../../server/domain/briefing.ts';
import { draft, evolveBusiness } from '../../server/domain/evolveBusiness.ts';
import { isTimely, type Notice, noticesDue } from '../../server/domain/notices.ts';
import { timersDue } from '../../server/domain/timers.ts';
import { noticeDue } from '../../server/records/conclusionNotice.ts';
import { startOfDate } from '../../server/records/localTime.ts';
import { seatId, system, testPlan } from '../support/plan.ts';
import { directive } from '../support/planBusiness.ts';
import { Play } from '../support/play.ts';

const zone = 'Asia/Ho_Chi_Minh';
const at = (text: string) => Date.parse(`${text}+07:00`);
const holidays = { yearly: [], dates: [] };
const calendar = {
  startOfDate,
  conclusionDue: (closedAt: number, timeZone: string) =>
    noticeDue(closedAt, { timeZone, holidays }).date,
};

/** A briefing on Friday, 28 June 2019 at 14:00, planned three days before. */
function planned(over: Partial<BriefingState> = {}): BriefingState {
  const play = new Play();
  const plan = { ...testPlan(3), startsAt: '2019-06-28T14:00:00+07:00', timeZone: zone };
  play.done({ type: 'briefing.plan', plan }, system);
  return { ...play.state, phaseSince: at('2019-06-25T09:00'), ...over };
}

const due = (state: BriefingState) => noticesDue(state, calendar);
const times = (notices: readonly Notice[]) =>
  notices.map(({ kind, at: from, until }) => [kind, from, until]);

function given(numbers: { readonly deadline?: string | null }, when: string): BriefingState {
  const state = planned({ phase: 'closed', phaseSince: at('2019-06-28T17:00') });
  const event = { type: 'directive.given', directive: directive(1, numbers) } as const;
  return evolveBusiness(state, { at: at(when), by: system }, event);
}

describe('before a briefing', () => {
  const start = at('2019-06-28T14:00');
  test('an invitation at once, reminders a day and an hour before, each until it is void', () => {
    expect(times(due(planned()))).toEqual([
      ['invitation', 0, start],
      ['dayBefore', at('2019-06-27T14:00'), at('2019-06-28T13:00')],
      ['hourBefore', at('2019-06-28T13:00'), start],
    ]);
    expect(due(planned({ version: 0 }))).toEqual([]);
  });

  test.each([
    ['three days before', '2019-06-25T09:00', ['invitation', 'dayBefore', 'hourBefore']],
    ['twenty hours before', '2019-06-27T18:00', ['invitation', 'hourBefore']],
    ['half an hour before', '2019-06-28T13:30', ['invitation']],
  ])('planned %s, nobody is reminded of what was just said', (_, since, kinds) => {
    const state = planned({ phaseSince: at(since) });
    expect(due(state).map(({ kind }) => kind)).toEqual(kinds);
  });

  test.each([
    ['gathering', '2019-06-28T13:00:02', ['invitation', 'hourBefore']],
    ['inSession', '2019-06-28T14:00', []],
    ['recess', '2019-06-28T14:30', []],
  ] as const)('in %s', (phase, since, kinds) => {
    const found = due(planned({ phase, phaseSince: at(since) }));
    expect(found.map(({ kind }) => kind)).toEqual(kinds);
  });

  test('another start is another invitation; who is excused is left in peace', () => {
    const [first] = due(planned());
    const [other] = due(planned({ startsAt: '2019-06-28T15:00:00+07:00' }));
    expect(other?.id).not.toBe(first?.id);
    expect(first?.seats).toEqual(['p01', 'p02', 'p03']);
    const { seats } = planned();
    const p02 = { ...seats[seatId(2)], status: 'excused' } as BriefingState['seats'][string];
    const [, reminder] = due(planned({ seats: { ...seats, p02 } }));
    expect(reminder?.seats).toEqual(['p00', 'p01', 'p03']);
  });

  test('a start in the past calls for nothing that is timely', () => {
    const now = at('2026-01-01T00:00');
    expect(due(planned()).filter((notice) => isTimely(notice, now))).toEqual([]);
  });
});

describe('after it', () => {
  test.each([
    [
      'far ahead: three receipts, then three days before, the day, the day after',
      { deadline: '2019-07-30' },
      [
        ['receiptMissing', '2019-06-29T16:30'],
        ['receiptMissing', '2019-06-30T16:30'],
        ['receiptMissing', '2019-07-01T16:30'],
        ['directiveSoon', '2019-07-27T08:00'],
        ['directiveToday', '2019-07-30T08:00'],
        ['directiveOverdue', '2019-07-31T08:00'],
      ],
    ],
    [
      'the next day: too late for three days before',
      { deadline: '2019-06-29' },
      [
        ['receiptMissing', '2019-06-29T16:30'],
        ['receiptMissing', '2019-06-30T16:30'],
        ['receiptMissing', '2019-07-01T16:30'],
        ['directiveToday', '2019-06-29T08:00'],
        ['directiveOverdue', '2019-06-30T08:00'],
      ],
    ],
    [
      'without a deadline',
      { deadline: null },
      [
        ['receiptMissing', '2019-06-29T16:30'],
        ['receiptMissing', '2019-06-30T16:30'],
        ['receiptMissing', '2019-07-01T16:30'],
      ],
    ],
  ])('a task due %s', (_, numbers, expected) => {
    const found = due(given(numbers, '2019-06-28T16:30')).filter((n) => n.directive === 1);
    expect(found.map(({ kind, at: from }) => [kind, from])).toEqual(
      expected.map(([kind, when]) => [kind, at(String(when))]),
    );
    expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
  });

  test('only who has not confirmed is asked to; what is done is not spoken of', () => {
    const state = given({ deadline: null }, '2019-06-28T16:30');
    const received = evolveBusiness(
      state,
      { at: at('2019-06-28T16:31'), by: system },
      { type: 'directive.received', number: 1, seat: 'p01' },
    );
    const asked = (s: BriefingState) => due(s).find((n) => n.kind === 'receiptMissing')?.seats;
    expect(asked(state)).toEqual(['p01', 'p02']);
    expect(asked(received)).toEqual(['p02']);
    const both = evolveBusiness(
      received,
      { at: at('2019-06-28T16:32'), by: system },
      { type: 'directive.received', number: 1, seat: 'p02' },
    );
    expect(asked(both)).toBeUndefined();
    const done = evolveBusiness(
      state,
      { at: at('2019-06-28T16:31'), by: system },
      { type: 'directive.settled', number: 1, as: 'done', was: 'given' },
    );
    expect(due(done).filter((n) => n.directive === 1)).toEqual([]);
    const drafts = { ...state, directives: [draft(directive(1))] };
    expect(due(drafts).filter((n) => n.directive === 1)).toEqual([]);
  });

  test('the conclusion notice: closed on a Friday, due on the Friday after', () => {
    const found = due(planned({ phase: 'closed', phaseSince: at('2019-06-28T17:00') }));
    expect(found.map(({ kind, at: from, date, seats }) => [kind, from, date, seats])).toEqual([
      ['conclusionNotice', at('2019-07-04T08:00'), '2019-07-05', ['p00']],
      ['conclusionNotice', at('2019-07-05T08:00'), '2019-07-05', ['p00']],
    ]);
  });

  test('the conclusion notice: once it is out, nobody is reminded of it', () => {
    const state = planned({ phase: 'closed', phaseSince: at('2019-06-28T17:00') });
    const by = { at: at('2019-07-02T09:00'), by: system };
    const out = evolveBusiness(state, by, { type: 'notice.issued', reference: '12-TB/VPTW' });
    expect(due(out)).toEqual([]);
  });
});

describe('the sweep at T−60', () => {
  function opened(): Play {
    const play = new Play();
    const plan = { ...testPlan(3), startsAt: '2019-06-28T14:00:00+07:00' };
    play.done({ type: 'briefing.plan', plan }, system);
    for (const order of [0, 1, 2]) play.join(seatId(order));
    play.done({ type: 'phase.step', step: 'open' });
    play.join(seatId(3));
    return play;
  }
  const sweep = (state: BriefingState) =>
    timersDue(state).find(({ command }) => command.type === 'lineCheck.start');

  test('asks the points that came before it opened, at once, and once', () => {
    const play = opened();
    const timer = sweep(play.state);
    expect(timer).toMatchObject({
      at: play.state.phaseSince,
      command: { type: 'lineCheck.start', seats: ['p01', 'p02'] },
    });
    if (!timer) throw new Error('no sweep');
    play.done(timer.command, system);
    expect(sweep(play.state)).toBeUndefined();
  });

  test.each([
    ['before it opens', { phase: 'scheduled' }],
    ['in session', { phase: 'inSession' }],
    ['opened after the start', { startsAt: '1970-01-01T00:00:00Z' }],
    ['a start that is no time', { startsAt: 'soon' }],
  ] as const)('not %s', (_, over) => {
    expect(sweep({ ...opened().state, ...over })).toBeUndefined();
  });

  test('not those that were measured, nor those that have gone', () => {
    const play = opened();
    const record = { type: 'lineCheck.record', run: 'j1', seat: 'p01', result: null } as const;
    play.done(record, system);
    expect(sweep(play.state)?.command).toMatchObject({ seats: ['p02'] });
    play.lose('p02');
    expect(sweep(play.state)).toBeUndefined();
  });
});
