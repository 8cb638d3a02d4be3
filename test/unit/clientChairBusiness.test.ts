import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { draftOf, faultOf, freeId, itemFrom, newDraft } from '../../client/agenda/itemDraft.ts';
import { ruleWords } from '../../client/agenda/ruleWords.ts';
import { itemUse } from '../../client/chair/agenda/itemUse.ts';
import {
  carriedInOrder,
  confirmers,
  dayAt,
  unconfirmed,
} from '../../client/chair/directives/tracking.ts';
import { draftsOf, dropDrafts, setDraft } from '../../client/chair/minutes/drafts.ts';
import { inWorkingOrder, unsaved } from '../../client/chair/minutes/sections.ts';
import type { MinutesView, Section } from '../../client/chair/records/minutesView.ts';
import { cameAt, rollRows } from '../../client/chair/rollCall/rollRows.ts';
import { voteFault } from '../../client/chair/votes/voteDraft.ts';
import { notVoted, voteResult } from '../../client/chair/votes/voteResult.ts';
import {
  directiveDraft,
  directiveFault,
  directiveFrom,
} from '../../client/directives/directiveDraft.ts';
import { vi } from '../../client/i18n/vi.ts';
import { type AgendaItem, agendaKinds } from '../../server/domain/agenda.ts';
import { rollCall } from '../../server/domain/rollCall.ts';
import { chairSeat, point, seatId, secretary } from '../support/plan.ts';
import { absent, agendaItem, directive, present } from '../support/planBusiness.ts';
import { Play } from '../support/play.ts';

const seat = fc.integer({ min: 1, max: 9 }).map(seatId);
const words = fc.stringMatching(/^[a-zà-ỹ][a-zà-ỹ ]{0,20}[a-zà-ỹ]$/);
const orNull = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });
const item: fc.Arbitrary<AgendaItem> = fc.record({
  id: fc.constant('muc'),
  kind: fc.constantFrom(...agendaKinds),
  title: fc.record({ vi: words, en: words }),
  owner: orNull(seat),
  minutes: fc.integer({ min: 1, max: 480 }),
  rules: fc.record({
    requests: fc.oneof(
      fc.constantFrom('all' as const, 'none' as const),
      fc.uniqueArray(seat, { minLength: 1 }),
    ),
    once: fc.boolean(),
    queueLimit: orNull(fc.integer({ min: 1, max: 1000 })),
    replies: fc.boolean(),
    speakers: fc.uniqueArray(seat),
    floor: fc.record({
      mode: orNull(fc.constantFrom('moderated' as const, 'firstComeFirstServed' as const)),
      maxFloorUsers: orNull(fc.integer({ min: 1, max: 16 })),
      interrupt: orNull(fc.constantFrom('none' as const, 'lower' as const, 'sameOrLower' as const)),
      speech: fc.constantFrom(null, {
        allottedMs: 300_000,
        warningsMs: [60_000],
        atEnd: 'close' as const,
      }),
    }),
  }),
});

describe('an item of the agenda in its form', () => {
  it('comes back as it was when nothing is touched', () => {
    fc.assert(
      fc.property(item, (given) => {
        expect(faultOf(draftOf(given))).toBeNull();
        expect(itemFrom(draftOf(given), given.id)).toEqual(given);
      }),
    );
  });

  it('says what is missing, and takes the Vietnamese title for both where there is one only', () => {
    const draft = newDraft(chairSeat);
    expect(faultOf(draft)).toBe('noTitle');
    const named = { ...draft, titleVi: ' Thảo luận ' };
    expect(faultOf(named)).toBeNull();
    expect(itemFrom(named, 'm').title).toEqual({ vi: 'Thảo luận', en: 'Thảo luận' });
    for (const minutes of ['', '0', '481', '1.5', '-3']) {
      expect(faultOf({ ...named, minutes })).toBe('wrongMinutes');
    }
    expect(faultOf({ ...named, requests: 'chosen' })).toBe('noneChosen');
    expect(faultOf({ ...named, queueLimit: '0' })).toBe('wrongLimit');
  });

  it('gets an id that no other has', () => {
    expect(freeId([{ id: 'muc-3' }, { id: 'a' }])).toBe('muc-4');
    expect(freeId([])).toBe('muc-1');
  });

  it('says its rules in words, and nothing where nothing is restricted', () => {
    expect(ruleWords(agendaItem('a').rules, vi)).toEqual([]);
    const t = vi.chair.agenda.rules;
    const { rules } = agendaItem('a', {
      requests: ['p01', 'p02'],
      once: true,
      queueLimit: 5,
      replies: true,
      speakers: ['p03'],
      floor: {
        mode: 'firstComeFirstServed',
        maxFloorUsers: 3,
        interrupt: null,
        speech: { allottedMs: 180_000, warningsMs: [], atEnd: 'close' },
      },
    });
    expect(ruleWords(rules, vi)).toEqual([
      t.speakers(1),
      t.chosen(2),
      t.open(3),
      t.once,
      t.queueLimit(5),
      t.replies,
      `${t.speech('3 phút')}, ${t.closes}`,
    ]);
  });
});

describe('the time of an item', () => {
  const past = {
    minutes: {
      briefing: { asOf: 1_000 },
      sequence: { items: [{ item: 'a', usedMs: 400 }] },
      opinions: { speeches: [] },
    },
  } as unknown as MinutesView;
  const at = (item: string, since: number) => ({ item, since, spoken: [] });

  it('goes on from where the minutes were read, but not in a recess', () => {
    const now = 1_700;
    const use = (phase: 'inSession' | 'recess') =>
      itemUse('a', { state: { agendaAt: at('a', 600), phase }, past, now });
    expect(use('inSession')).toBe(1_100);
    expect(use('recess')).toBe(400);
  });

  it('counts from its beginning while the minutes are older than that, or have not come', () => {
    const state = { agendaAt: at('b', 1_200), phase: 'inSession' } as const;
    expect(itemUse('b', { state, past, now: 1_500 })).toBe(300);
    expect(itemUse('b', { state, past: null, now: 1_500 })).toBe(300);
    expect(itemUse('a', { state, past, now: 9_000 })).toBe(400);
    expect(itemUse('c', { state, past, now: 9_000 })).toBeNull();
  });
});

describe('the roll call', () => {
  const play = Play.gathering(5);
  play.done({ type: 'rollCall.declare', seat: 'p01', declaration: present }, point('p01'));
  play.done({ type: 'rollCall.declare', seat: 'p02', declaration: absent('Ốm') }, secretary);
  const roll = rollCall(play.state);
  const shown = (filter: Parameters<typeof rollRows>[1]) =>
    rollRows(roll, filter).map((row) => row.seat.id);

  it('shows what a filter leaves, contradictions first', () => {
    // p02 says that it is absent and is here; p03 and p04 have said nothing; p05 never came.
    expect(shown('all')).toEqual(['p02', 'p03', 'p04', 'p01', 'p05']);
    expect(shown('differs')).toEqual(['p02', 'p03', 'p04']);
    expect(shown('notCalled')).toEqual(['p05']);
    expect(shown('absent')).toEqual(['p02']);
  });

  it('stamps a point with the first that was known of it', () => {
    const row = (id: string) => roll.rows.find((each) => each.seat.id === id);
    const p01 = row('p01');
    expect(p01 && cameAt(p01)).toBe(p01?.measured.firstJoinedAt);
    const p05 = row('p05');
    expect(p05 && cameAt(p05)).toBeNull();
  });
});

describe('votes', () => {
  it('are asked with a question and answers that differ', () => {
    expect(voteFault(' ', ['a', 'b'])).toBe('noQuestion');
    expect(voteFault('?', ['a', ' A '])).toBe('sameOptions');
    expect(voteFault('?', ['a', ''])).toBe('sameOptions');
    expect(voteFault('?', ['a', 'b'])).toBeNull();
  });

  const voted = (secret: boolean) => {
    const play = Play.gathering(4);
    play.done({ type: 'phase.step', step: 'begin' });
    play.done({ type: 'vote.open', question: '?', options: ['yes', 'no'], secret });
    const vote = play.state.votes[0]?.id ?? '';
    for (const [id, option] of [
      ['p03', 0],
      ['p01', 0],
      ['p02', 1],
    ] as const) {
      play.done({ type: 'vote.cast', vote, seat: id, option }, point(id));
    }
    expect(
      notVoted(play.state.votes[0] ?? { cast: {} }, play.state.seats).map((s) => s.id),
    ).toEqual(['p04']);
    play.done({ type: 'vote.close', vote });
    const [closed] = play.state.votes;
    if (!closed) throw new Error('no vote');
    return voteResult(closed, play.state.seats).map(({ count, seats }) => ({
      count,
      seats: seats.map((s) => s.id),
    }));
  };

  it('tell counts, and who chose what only where they were open', () => {
    expect(voted(false)).toEqual([
      { count: 2, seats: ['p01', 'p03'] },
      { count: 1, seats: ['p02'] },
    ]);
    expect(voted(true)).toEqual([
      { count: 2, seats: [] },
      { count: 1, seats: [] },
    ]);
  });
});

describe('tasks', () => {
  const { state } = Play.gathering(4);

  it('are confirmed by every point that they are for, never by the chair', () => {
    const ids = (of: Parameters<typeof confirmers>[0]) => confirmers(of, state).map((s) => s.id);
    expect(ids(directive(1))).toEqual(['p01', 'p02']);
    expect(ids(directive(1, { leadPoint: chairSeat, supportingPoints: 'all' }))).toEqual([
      'p01',
      'p02',
      'p03',
      'p04',
    ]);
    const received = { ...directive(1), received: { p02: 5 } };
    expect(unconfirmed(received, state).map((s) => s.id)).toEqual(['p01']);
  });

  it('of former briefings come overdue first, then by deadline, those without one last', () => {
    const carried = ['2019-07-01', null, '2019-05-31', '2019-06-10', '2019-06-03'].map(
      (deadline, i) => ({
        briefing: 'b',
        briefingTitle: { vi: 'Kỳ trước', en: 'Former' },
        directive: directive(i + 1, { deadline }),
      }),
    );
    const sorted = carriedInOrder(carried, '2019-06-03');
    expect(sorted.map((c) => [c.directive.number, c.overdue])).toEqual([
      [3, true],
      [5, false],
      [4, false],
      [1, false],
      [2, false],
    ]);
  });

  it('are overdue by the day at the briefing, not at the machine', () => {
    const at = Date.parse('2019-06-30T18:00:00Z');
    expect(dayAt(at, 'Asia/Ho_Chi_Minh')).toBe('2019-07-01');
    expect(dayAt(at, 'UTC')).toBe('2019-06-30');
  });

  it('come back from their form as they were', () => {
    const given = directive(3, { supportingPoints: 'all', deadline: null, product: null });
    for (const each of [directive(3), given]) {
      expect(directiveFault(directiveDraft(each))).toBeNull();
      expect(directiveFrom(directiveDraft(each), 3)).toEqual(each);
    }
    // The lead supports nobody but itself.
    const draft = { ...directiveDraft(directive(3)), supporting: ['p01', 'p03'] };
    expect(directiveFrom(draft, 3).supportingPoints).toEqual(['p03']);
    expect(directiveFault({ ...draft, lead: '' })).toBe('noLead');
  });
});

describe('drafts of the minutes', () => {
  const section = (id: string, written: string | null): Section => ({
    id,
    built: 'built',
    written,
  });
  const sections = [section('number', null), section('speech-r4', null), section('votes', 'mine')];

  it('are only what differs from what stands there', () => {
    expect(unsaved({ votes: 'mine', number: 'built' }, sections)).toEqual({});
    expect(unsaved({ votes: null, number: '12' }, sections)).toEqual({ votes: null, number: '12' });
    expect(unsaved({ number: null, gone: 'x' }, sections)).toEqual({});
  });

  it('stay with their briefing', () => {
    setDraft('a', 'votes', 'one');
    setDraft('b', 'votes', null);
    expect(draftsOf('a')).toEqual({ votes: 'one' });
    expect(draftsOf('b')).toEqual({ votes: null });
    dropDrafts('a', ['votes']);
    expect(draftsOf('a')).toEqual({});
    expect(draftsOf('b')).toEqual({ votes: null });
    dropDrafts('b', ['votes']);
  });

  it('are worked through from the parts to the form', () => {
    expect(inWorkingOrder(sections).map(({ id }) => id)).toEqual(['votes', 'speech-r4', 'number']);
  });
});
