import { describe, expect, test } from 'vitest';
import type { BriefingPlan } from '../../server/domain/briefing.ts';
import { evolve } from '../../server/domain/evolve.ts';
import { opensAt, planConflicts, planOf } from '../../server/domain/plan.ts';
import { timersDue } from '../../server/domain/timers.ts';
import { forPoints, visibleTo } from '../../server/gateway/audience.ts';
import { chair, point, seatId, secretary, system, testPlan } from '../support/plan.ts';
import { agendaItem, directive } from '../support/planBusiness.ts';
import { Play } from '../support/play.ts';

const start = '2031-06-03T14:00:00+07:00';
const plan: BriefingPlan = { ...testPlan(4), startsAt: start };
const planned = (first: BriefingPlan = plan) => {
  const play = new Play();
  play.done({ type: 'briefing.plan', plan: first }, system);
  return play;
};

describe('a plan can be changed until the briefing opens', () => {
  test('by the office, whole; what follows from it is what was said last', () => {
    for (const by of [chair, secretary, system]) {
      const play = planned();
      const changed = {
        ...plan,
        title: { vi: 'Khác', en: 'Other' },
        startsAt: '2031-06-04T08:00:00+07:00',
        agenda: [agendaItem('mot')],
        directives: [directive(1)],
        points: plan.points.slice(0, 3),
      };
      play.done({ type: 'briefing.replan', plan: changed }, by);
      expect(planOf(play.state)).toEqual(changed);
      expect(Object.keys(play.state.seats)).toEqual(['p00', 'p01', 'p02']);
      expect(play.state.version).toBe(2);
    }
  });

  test('whoever is connected already stays so, and a seat that goes is left first', () => {
    const play = planned();
    play.join('p01');
    play.join('p04');
    const before = play.state.seats.p01;
    const events = play.done(
      { type: 'briefing.replan', plan: { ...plan, points: plan.points.slice(0, 3) } },
      secretary,
    );
    expect(events.map(({ event }) => event.type)).toEqual(['seat.left', 'briefing.planned']);
    expect(play.state.seats.p01).toEqual(before);
    expect(play.state.seats.p04).toBeUndefined();
  });

  test('points see the new plan, without the tasks that are to be given', () => {
    const play = planned();
    play.join('p01');
    const viewer = { role: 'point', seat: 'p01' } as const;
    const seen = visibleTo(play.state, viewer);
    const events = play.done(
      {
        type: 'briefing.replan',
        plan: { ...plan, quorum: 2, directives: [directive(1)] },
      },
      secretary,
    );
    const shown = events.map((recorded) => forPoints(recorded, 'p01'));
    expect(JSON.stringify(shown)).not.toContain(directive(1).content);
    expect(shown.reduce(evolve, seen)).toEqual(visibleTo(play.state, viewer));
  });

  const refused: [string, string, () => Play, BriefingPlan, typeof chair][] = [
    ['wrongPhase', 'once it gathers', () => Play.gathering(4), { ...plan, quorum: 2 }, chair],
    ['notPermitted', 'by a point', planned, { ...plan, quorum: 2 }, point('p01')],
    ['notPermitted', 'by a technician', planned, plan, { role: 'technician', seat: null }],
    ['malformed', 'into another briefing', planned, { ...plan, id: 'other' }, chair],
    ['malformed', 'into what contradicts itself', planned, { ...plan, quorum: 5 }, chair],
    ['nothingToChange', 'into itself', planned, plan, chair],
    ['unknownBriefing', 'before there is one', () => new Play(), plan, chair],
  ];
  test.each(refused)('%s: %s', (code, _, make, changed, by) => {
    const play = make();
    expect(play.try({ type: 'briefing.replan', plan: changed }, by)).toBe(code);
  });
});

describe('a briefing opens an hour before its start', () => {
  test('by a timer that quotes the start, until the plan says another', () => {
    const play = planned();
    const [timer] = timersDue(play.state);
    expect(timer?.at).toBe(Date.parse(start) - 3_600_000);
    expect(timer?.at).toBe(opensAt(plan));
    const later = { ...plan, startsAt: '2031-06-03T15:00:00+07:00' };
    play.done({ type: 'briefing.replan', plan: later }, chair);
    const [next] = timersDue(play.state);
    expect(next?.id).not.toBe(timer?.id);
    if (!timer || !next) throw new Error('no timer');
    expect(play.try(timer.command, system)).toBe('staleTimer');
    play.done(next.command, system);
    expect(play.state.phase).toBe('gathering');
    expect(play.try(next.command, system)).toBe('wrongPhase');
    expect(timersDue(play.state)).toEqual([]);
  });

  test('nobody but diemcau may say so, and what was never planned has no timer', () => {
    const play = planned();
    expect(play.try({ type: 'briefing.open', startsAt: start }, chair)).toBe('notPermitted');
    expect(timersDue(new Play().state)).toEqual([]);
  });
});

describe('what contradicts itself in a plan is named with its place', () => {
  const p1 = seatId(1);
  const cases: [string, string, BriefingPlan][] = [
    ['notATime', 'startsAt', { ...plan, startsAt: 'soon' }],
    ['chairMissing', 'chairPoint', { ...plan, chairPoint: 'nobody' }],
    ['noPoints', 'points', { ...plan, points: plan.points.slice(0, 1) }],
    ['quorumTooHigh', 'quorum', { ...plan, quorum: 5 }],
    [
      'duplicate',
      'points.5.id',
      {
        ...plan,
        points: [...plan.points, { ...(plan.points[1] ?? (plan.points[0] as never)), order: 9 }],
      },
    ],
    [
      'outOfOrder',
      'points.4.order',
      { ...plan, points: plan.points.map((p) => ({ ...p, order: Math.min(p.order, 3) })) },
    ],
    ['unknownPoint', 'agenda.0.owner', { ...plan, agenda: [{ ...agendaItem('a'), owner: 'x' }] }],
    ['duplicate', 'agenda.1.id', { ...plan, agenda: [agendaItem('a'), agendaItem('a')] }],
    ['outOfOrder', 'directives.0.number', { ...plan, directives: [directive(2)] }],
    [
      'unknownPoint',
      'directives.0.leadPoint',
      { ...plan, directives: [{ ...directive(1), leadPoint: 'x' }] },
    ],
    [
      'unknownPoint',
      'directives.0.supportingPoints',
      { ...plan, directives: [{ ...directive(1), supportingPoints: [p1, 'x'] }] },
    ],
    [
      'unknownPoint',
      'reports.0.owner',
      { ...plan, reports: [{ id: 'r', title: plan.title, content: 'x', owner: 'x' }] },
    ],
  ];
  test.each(cases)('%s at %s', (code, path, broken) => {
    expect(planConflicts(plan)).toEqual([]);
    expect(planConflicts(broken).map((c) => `${c.code} ${c.path.join('.')}`)).toContain(
      `${code} ${path}`,
    );
    expect(new Play().try({ type: 'briefing.plan', plan: broken }, system)).toBe('malformed');
  });
});
