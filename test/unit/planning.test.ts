import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BriefingState, CarriedDirective } from '../../server/domain/briefing.ts';
import { decide } from '../../server/domain/decide.ts';
import type { DirectiveStatus, TrackedDirective } from '../../server/domain/directives.ts';
import { nothing } from '../../server/domain/evolve.ts';
import { localStart, startsAt } from '../../server/planning/localTime.ts';
import { Planner, type PlannerOptions } from '../../server/planning/planner.ts';
import { carriedOver } from '../../server/planning/series.ts';
import { type PlanDraft, planDraft } from '../../server/protocol/plan.ts';
import { type system, testPlan } from '../support/plan.ts';
import { directive } from '../support/planBusiness.ts';
import { anyPlan, samplePlan } from '../support/plans.ts';

const { id: _, carriedOver: __, ...bare } = testPlan(3);
const draft: PlanDraft = { ...bare, startsAt: '2031-06-03T14:00:00+07:00', series: 'thang' };

describe('local times', () => {
  test('what clocks show at a start is what was written', () => {
    fc.assert(
      fc.property(anyPlan, ({ startsAt: start, timeZone }) => {
        const instant = Date.parse(start);
        expect(startsAt(localStart(instant, timeZone), timeZone)).toBe(start);
      }),
    );
  });

  test('on either side of a change of clocks', () => {
    const berlin = (date: string, time: string) => startsAt({ date, time }, 'Europe/Berlin');
    expect(berlin('2026-03-29', '01:30')).toBe('2026-03-29T01:30:00+01:00');
    expect(berlin('2026-03-29', '03:30')).toBe('2026-03-29T03:30:00+02:00');
    expect(berlin('2026-10-25', '01:30')).toBe('2026-10-25T01:30:00+02:00');
    expect(berlin('2026-10-25', '03:30')).toBe('2026-10-25T03:30:00+01:00');
    expect(startsAt({ date: '2019-06-03', time: '14:00' }, 'Asia/Ho_Chi_Minh')).toBe(
      samplePlan().startsAt,
    );
  });
});

describe('what a series leaves over', () => {
  const tracked = (number: number, status: DirectiveStatus, deadline: string | null) =>
    ({ ...directive(number, { deadline }), status, givenAt: 1, received: {} }) as TrackedDirective;
  const former = (id: string, start: string, directives: readonly TrackedDirective[]) => ({
    id,
    title: { vi: id, en: id },
    series: 'thang',
    startsAt: start,
    directives,
    carriedOver: [] as readonly CarriedDirective[],
  });
  const next = {
    id: 'moi',
    series: 'thang',
    startsAt: '2031-06-03T14:00:00+07:00',
    today: '2031-06-03',
  };
  const may = former('thang-5', '2031-05-03T14:00:00+07:00', [
    tracked(1, 'given', '2031-06-30'),
    tracked(2, 'given', '2031-05-20'),
    tracked(3, 'done', '2031-05-01'),
    tracked(4, 'draft', '2031-05-01'),
    tracked(5, 'withdrawn', '2031-05-01'),
    tracked(6, 'given', null),
  ]);
  const april = former('thang-4', '2031-04-03T14:00:00+07:00', [tracked(1, 'given', '2031-05-25')]);

  test('is what was given and not done, overdue first, without a date last', () => {
    const carried = carriedOver([may, april], next);
    expect(carried.map((c) => `${c.briefing} ${c.directive.number}`)).toEqual([
      'thang-5 2',
      'thang-4 1',
      'thang-5 1',
      'thang-5 6',
    ]);
    expect(carried[0]?.directive).toEqual(directive(2, { deadline: '2031-05-20' }));
  });

  test('is no longer what was settled where it had been carried to', () => {
    const [first, second] = carriedOver([april], { ...next, id: 'thang-5' });
    expect(second).toBeUndefined();
    if (!first) throw new Error('nothing was carried over');
    const settled = { ...may, carriedOver: [{ ...first, settled: 'done' as const }] };
    const left = carriedOver([settled, april], next).map((c) => c.briefing);
    expect(left).toEqual(['thang-5', 'thang-5', 'thang-5']);
    // Another's of the same number, or one that is only carried on, is still to be done.
    expect(carriedOver([{ ...may, carriedOver: [first] }, april], next)).toHaveLength(4);
  });

  test('comes from former briefings of that series alone', () => {
    expect(carriedOver([may], { ...next, series: null })).toEqual([]);
    expect(carriedOver([{ ...may, series: 'khac' }], next)).toEqual([]);
    expect(carriedOver([{ ...may, startsAt: '2031-07-03T14:00:00+07:00' }], next)).toEqual([]);
    expect(carriedOver([may], { ...next, id: 'thang-5' })).toEqual([]);
  });
});

describe('the planner', () => {
  /** Briefings in memory, by the rules alone. */
  function house() {
    const states = new Map<string, BriefingState>();
    const briefing = (id: string) => ({
      get state() {
        return states.get(id) ?? nothing;
      },
      submit: async (command: Parameters<typeof decide>[1], by: typeof system, name: string) => {
        const given = { now: Date.parse('2031-06-01T00:00:00Z'), by, command: name };
        const decision = decide(states.get(id) ?? nothing, command, given);
        if (!decision.ok) return decision;
        states.set(id, decision.state);
        return { ok: true as const, version: decision.state.version };
      },
    });
    const briefings: PlannerOptions['briefings'] = {
      open: async (id) => (states.has(id) ? briefing(id) : undefined),
      make: (id, begin) => begin(briefing(id)),
      summaries: async () => [...states.values()],
    };
    const planner = new Planner({
      briefings,
      templates: new Map([['mau', draft]]),
      now: () => Date.parse('2031-06-01T00:00:00Z'),
    });
    return { planner, states, briefing };
  }

  test('makes a briefing once under one id', async () => {
    const { planner, states } = house();
    expect(await planner.create('b1', draft)).toEqual({ ok: true, version: 1 });
    expect(await planner.create('b1', { ...draft, quorum: 1 })).toEqual({ ok: true, version: 1 });
    expect(states.get('b1')?.quorum).toBeNull();
  });

  test('says what contradicts itself, and makes nothing', async () => {
    const { planner, states } = house();
    const answer = await planner.create('b1', { ...draft, quorum: 9 });
    expect(answer).toMatchObject({ ok: false, conflicts: [{ code: 'quorumTooHigh' }] });
    expect(states.size).toBe(0);
  });

  test('takes over at the opening what the series has left by then', async () => {
    const { planner, states, briefing } = house();
    await planner.create('cu', {
      ...draft,
      startsAt: '2031-05-03T14:00:00+07:00',
      directives: [directive(1)],
    });
    await planner.create('moi', draft);
    expect(states.get('moi')?.carriedOver).toEqual([]);
    const given = await briefing('cu').submit(
      { type: 'directive.give', numbers: [1] },
      { role: 'secretary', seat: null } as never,
      'x',
    );
    expect(given.ok).toBe(true);
    await planner.refresh('moi');
    expect(states.get('moi')?.carriedOver).toMatchObject([
      { briefing: 'cu', directive: { number: 1 } },
    ]);
    const before = states.get('moi')?.version;
    await planner.refresh('moi');
    expect(states.get('moi')?.version).toBe(before);
  });
});

test('any plan passes the schema unchanged', () => {
  fc.assert(
    fc.property(anyPlan, (plan) => {
      expect(planDraft.parse(plan)).toEqual(plan);
    }),
  );
});
