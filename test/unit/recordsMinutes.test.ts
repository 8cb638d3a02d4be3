import fc from 'fast-check';
import { expect, test } from 'vitest';
import { freeRules } from '../../server/domain/agenda.ts';
import { decide } from '../../server/domain/decide.ts';
import type { BriefingEvent, Recorded } from '../../server/domain/event.ts';
import { nothing } from '../../server/domain/evolve.ts';
import type { Instant, SeatId } from '../../server/domain/ids.ts';
import { itemTimes } from '../../server/records/agendaTimes.ts';
import { attendance } from '../../server/records/attendance.ts';
import { minutes } from '../../server/records/minutes.ts';
import { closing } from '../../server/records/replay.ts';
import type { Speech } from '../../server/records/speeches.ts';
import { anyBriefingCommand, type MakeCommand } from '../support/commands.ts';
import { chair, point, seatId, secretary, system, testPlan } from '../support/plan.ts';
import { sampleBriefing } from '../support/sampleBriefing.ts';

const points = 4;

const agenda = ['a', 'b', 'c'].map((id) => ({
  id,
  kind: 'discussion' as const,
  title: { vi: id, en: id },
  owner: null,
  minutes: 10,
  rules: { ...freeRules, replies: true },
}));

/** What a briefing's business adds to commands about floor and presence. */
const anyBusinessCommand: fc.Arbitrary<MakeCommand> = fc.oneof(
  fc.constantFrom('a', 'b', 'c').map(
    (item): MakeCommand =>
      () => ({ command: { type: 'agenda.enter', item }, by: chair }),
  ),
  fc.tuple(fc.integer({ min: 1, max: points }), fc.boolean()).map(
    ([n, absent]): MakeCommand =>
      () => ({
        command: {
          type: 'rollCall.declare',
          seat: seatId(n),
          declaration: {
            attendance: absent ? 'absent' : 'present',
            head: 'A',
            title: '',
            headCount: n,
            substitute: '',
            reason: absent ? 'bận' : '',
          },
        },
        by: secretary,
      }),
  ),
  fc.integer({ min: 1, max: points }).map(
    (n): MakeCommand =>
      () => ({
        command: { type: 'floor.request', beneficiary: seatId(n), kind: 'reply' },
        by: point(seatId(n)),
      }),
  ),
  // A holder's line: lost, back, or given up while it is away.
  fc.constantFrom('lose', 'join', 'expireGrace', 'revoke', 'grant').map(
    (what): MakeCommand =>
      (state) => {
        const request = state.floor.requests.find(({ status }) => status === 'granted');
        const seat = request?.beneficiary ?? seatId(1);
        const { connection = null, lostAtVersion = null } = state.seats[seat] ?? {};
        switch (what) {
          case 'lose':
            return {
              command: { type: 'seat.lose', seat, connection: connection ?? '' },
              by: system,
            };
          case 'join':
            return { command: { type: 'seat.join', seat, connection: `${seat}-9` }, by: system };
          case 'expireGrace':
            return {
              command: { type: 'floor.expireGrace', seat, lostAtVersion: lostAtVersion ?? 0 },
              by: system,
            };
          case 'revoke':
            return { command: { type: 'floor.revoke', request: request?.id ?? '' }, by: chair };
          default:
            return {
              command: { type: 'floor.grant', target: { seat }, replace: true },
              by: chair,
            };
        }
      },
  ),
);

const close: [MakeCommand, number] = [
  () => ({ command: { type: 'phase.step', step: 'close' }, by: chair }),
  1_000,
];

/** Any journal that the rules can bring about, at any pace. */
const anyJournal: fc.Arbitrary<readonly Recorded[]> = fc
  .tuple(
    fc.array(
      fc.tuple(
        fc.oneof(
          { weight: 8, arbitrary: anyBriefingCommand(points) },
          { weight: 4, arbitrary: anyBusinessCommand },
        ),
        fc.integer({ min: 0, max: 90_000 }),
      ),
      { minLength: 10, maxLength: 90 },
    ),
    fc.integer({ min: 1, max: 2 }),
    // After which of the commands it closes; beyond the last: not at all.
    fc.integer({ min: 10, max: 120 }),
  )
  .map(([steps, maxFloorUsers, closesAt]) => {
    const journal: Recorded[] = [];
    let state = nothing;
    let now = 1_559_545_200_000;
    const plan = { ...testPlan(points, { maxFloorUsers }), agenda };
    const first: [MakeCommand, number][] = [
      [() => ({ command: { type: 'briefing.plan', plan }, by: system }), 0],
      [() => ({ command: { type: 'phase.step', step: 'open' }, by: chair }), 0],
      ...Array.from({ length: points }, (_, i): [MakeCommand, number] => [
        () => ({
          command: { type: 'seat.join', seat: seatId(i), connection: `${seatId(i)}-0` },
          by: system,
        }),
        500,
      ]),
      [() => ({ command: { type: 'phase.step', step: 'begin' }, by: chair }), 1_000],
    ];
    for (const [i, [make, wait]] of [
      ...first,
      ...(closesAt > steps.length ? steps : steps.toSpliced(closesAt, 0, close)),
    ].entries()) {
      now += wait;
      const { command, by } = make(state);
      const decision = decide(state, command, { now, by, command: `c${i}` });
      if (!decision.ok) continue;
      state = decision.state;
      journal.push(...decision.events);
    }
    return journal;
  });

type Of<T extends BriefingEvent['type']> = Extract<BriefingEvent, { type: T }>;
const eventsOf = <T extends BriefingEvent['type']>(journal: readonly Recorded[], type: T) =>
  journal.flatMap((recorded) =>
    recorded.event.type === type ? [{ ...recorded, event: recorded.event as Of<T> }] : [],
  );

/** A speech's account from the events alone, without the floor clock that the minutes use. */
function accountOf(journal: readonly Recorded[], speech: Speech, asOf: Instant) {
  const ending = journal.find(
    ({ event }) =>
      (event.type === 'floor.released' || event.type === 'floor.revoked') &&
      event.request === speech.request,
  );
  const end = ending?.at ?? asOf;
  const during = journal.filter(
    ({ version }) =>
      version > speech.grantVersion && (ending === undefined || version < ending.version),
  );
  const sum = (type: 'floor.credited' | 'floor.extended') =>
    eventsOf(during, type)
      .filter(({ event }) => event.request === speech.request)
      .reduce((total, { event }) => total + event.byMs, 0);
  const line = during.filter(
    ({ event }) =>
      (event.type === 'seat.lost' || event.type === 'seat.joined') && event.seat === speech.seat,
  );
  const last = line.at(-1);
  const stood = last?.event.type === 'seat.lost' ? end - last.at : 0;
  const creditedMs = sum('floor.credited');
  return {
    endedAt: ending?.at ?? null,
    addedMs: sum('floor.extended'),
    creditedMs,
    stoodMs: stood,
    usedMs: Math.max(0, end - speech.grantedAt - creditedMs - stood),
  };
}

test('every speech of a journal is in its minutes, and every one of the minutes in the journal', () => {
  fc.assert(
    fc.property(anyJournal, (journal) => {
      const { speeches } = minutes(journal).opinions;
      const granted = eventsOf(journal, 'floor.granted');
      expect(speeches.map((s) => [s.request, s.seat, s.kind, s.grantedAt, s.grantVersion])).toEqual(
        granted.map(({ event, at, version }) => [
          event.request,
          event.beneficiary,
          event.kind,
          at,
          version,
        ]),
      );
      expect(speeches.map((s) => [s.requestedBy, s.requestedAt, s.allottedMs])).toEqual(
        granted.map(({ event: e }) => [e.requestedBy, e.requestedAt, e.allottedMs]),
      );
      const entered = eventsOf(journal, 'agenda.entered');
      for (const { item, grantVersion } of speeches) {
        const before = entered.filter(({ version }) => version < grantVersion).at(-1);
        expect(item).toBe(before?.event.item ?? null);
      }
      const ended = journal.filter(
        ({ event }) => event.type === 'floor.released' || event.type === 'floor.revoked',
      );
      expect(speeches.filter((s) => s.ended !== null)).toHaveLength(ended.length);
    }),
    { numRuns: 40 },
  );
});

test('times add up: each speech by its events, each item and each seat by its speeches', () => {
  fc.assert(
    fc.property(anyJournal, (journal) => {
      const { opinions } = minutes(journal);
      const { asOf } = closing(journal);
      for (const speech of opinions.speeches) {
        expect(speech).toMatchObject(accountOf(journal, speech, asOf));
      }
      const sum = (some: readonly { readonly usedMs: number }[]) =>
        some.reduce((total, { usedMs }) => total + usedMs, 0);
      expect(sum(opinions.bySeat)).toBe(opinions.usedMs);
      expect(sum(opinions.byItem)).toBe(opinions.usedMs);
      for (const { seat, usedMs, count } of opinions.bySeat) {
        const own = opinions.speeches.filter((s) => s.seat === seat);
        expect([usedMs, count]).toEqual([sum(own), own.length]);
      }
      for (const { item, usedMs } of opinions.byItem) {
        expect(usedMs).toBe(sum(opinions.speeches.filter((s) => s.item === item)));
      }
    }),
    { numRuns: 40 },
  );
});

interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

function overlaps(spans: readonly Span[]): boolean {
  const sorted = [...spans].sort((a, b) => a.from - b.from || a.to - b.to);
  return sorted.some((span, i) => {
    const next = sorted[i + 1];
    return span.to < span.from || (next !== undefined && next.from < span.to);
  });
}

test('no two stretches of a seat, of the agenda or of the phases overlap', () => {
  fc.assert(
    fc.property(anyJournal, (journal) => {
      const { asOf } = closing(journal);
      for (const { connected, lost, connectedMs, lostMs, firstJoinedAt } of attendance(journal)) {
        expect(overlaps([...connected, ...lost])).toBe(false);
        for (const { ended } of connected) expect(['left', 'lost', 'goesOn']).toContain(ended);
        for (const { ended } of lost) expect(['returned', 'goesOn']).toContain(ended);
        const all = [...connected, ...lost].reduce((sum, { from, to }) => sum + to - from, 0);
        expect(connectedMs + lostMs).toBe(all);
        if (firstJoinedAt !== null) expect(all).toBeLessThanOrEqual(asOf - firstJoinedAt);
        else expect(connected).toEqual([]);
      }
      const items = itemTimes(journal);
      expect(overlaps(items.flatMap(({ runs }) => runs))).toBe(false);
      const { phases } = minutes(journal).sequence;
      expect(overlaps(phases)).toBe(false);
      for (const { usedMs, runs } of items) {
        expect(usedMs).toBeGreaterThanOrEqual(0);
        expect(usedMs).toBeLessThanOrEqual(runs.reduce((sum, r) => sum + r.to - r.from, 0));
      }
    }),
    { numRuns: 40 },
  );
});

test('whoever is connected in the journal is connected in the attendance at every moment', () => {
  fc.assert(
    fc.property(anyJournal, (journal) => {
      const { closedAt, asOf } = closing(journal);
      const state = closing(journal).state;
      const open = attendance(journal).filter(({ connected }) =>
        connected.some(({ ended, to }) => ended === 'goesOn' && to === asOf),
      );
      const here = Object.values(state.seats).filter(({ status }) => status === 'connected');
      const ids = (some: readonly { readonly id?: SeatId; readonly seat?: SeatId }[]) =>
        some.map(({ id, seat }) => id ?? seat).sort();
      expect(ids(open)).toEqual(ids(here));
      expect(minutes(journal).briefing.closedAt).toBe(closedAt);
    }),
    { numRuns: 40 },
  );
});

test('a journal that was written down and read again gives the same minutes', () => {
  fc.assert(
    fc.property(anyJournal, (journal) => {
      expect(minutes(JSON.parse(JSON.stringify(journal)))).toEqual(minutes(journal));
    }),
    { numRuns: 30 },
  );
});

const sample = minutes(sampleBriefing());

test('the sample briefing: who was there', () => {
  const { counts, seats, quorate, quorum } = sample.attendees;
  expect(counts).toEqual({ present: 68, presentLate: 1, absent: 2, notCalled: 0 });
  expect({ quorum, quorate }).toEqual({ quorum: 36, quorate: true });
  expect(seats).toHaveLength(72);
  expect(seats[0]).toMatchObject({ isChair: true, state: null });
  const late = seats.find(({ seat }) => seat === 'dien-bien');
  expect(late?.lateAt).toBe((sample.briefing.beganAt ?? 0) + 8 * 60_000);
  const absent = seats.filter(({ state }) => state === 'absent');
  expect(absent.map(({ seat, declared }) => [seat, declared?.reason])).toEqual([
    ['ca-mau', 'trùng lịch họp Ban Thường vụ'],
    ['quang-tri', 'tập trung phòng, chống thiên tai'],
  ]);
  const lost = seats.find(({ seat }) => seat === 'nghe-an');
  expect(lost?.lostMs).toBe(12_000);
  expect(lost?.connected.map(({ ended }) => ended)).toEqual(['lost', 'goesOn']);
});

test('the sample briefing: who spoke, how it ended, what was given back', () => {
  const said = sample.opinions.speeches.map((s) => [s.seat, s.kind, s.item, s.ended]);
  expect(said).toEqual([
    ['ha-noi', 'speech', 'tham-luan', 'released'],
    ['nghe-an', 'speech', 'tham-luan', 'released'],
    ['can-tho', 'speech', 'tham-luan', 'released'],
    ['ben-tre', 'speech', 'thao-luan', 'replaced'],
    ['long-an', 'reply', 'thao-luan', 'released'],
    ['lao-cai', 'speech', 'thao-luan', 'timeOver'],
    ['dak-lak', 'speech', 'thao-luan', 'graceExpired'],
  ]);
  const of = (seat: SeatId) => sample.opinions.speeches.find((s) => s.seat === seat);
  expect(of('nghe-an')).toMatchObject({ creditedMs: 12_850, usedMs: 437_000 - 850 });
  expect(of('can-tho')).toMatchObject({ addedMs: 120_000, creditedMs: 0 });
  expect(of('ben-tre')?.requestedBy).toEqual(secretary);
  expect(of('lao-cai')).toMatchObject({ allottedMs: 180_000, usedMs: 180_000 });
  expect(of('dak-lak')).toMatchObject({ stoodMs: 10_000, usedMs: 100_000 });
});

test('the sample briefing: agenda, votes, tasks, incidents', () => {
  const times = sample.sequence.items.map(({ item, usedMs }) => [
    item,
    Math.round(usedMs / 60_000),
  ]);
  expect(times).toEqual([
    ['khai-mac', 8],
    ['bao-cao', 14],
    ['tham-luan', 21],
    ['thao-luan', 12],
    ['giai-trinh', 0],
    ['ket-luan', 14],
    ['be-mac', 3],
  ]);
  const [open, secret] = sample.votes;
  expect(open?.options.map(({ count, seats }) => [count, seats?.length])).toEqual([
    [61, 61],
    [3, 3],
    [2, 2],
  ]);
  expect(secret?.options.map(({ count, seats }) => [count, seats])).toEqual([
    [61, null],
    [3, null],
    [2, null],
  ]);
  expect(secret).toMatchObject({ voted: 66, item: 'thao-luan' });
  expect(secret?.notVoted).toHaveLength(5);
  const { directives, carriedOver } = sample.conclusion;
  expect(directives).toHaveLength(19);
  expect(directives[0]?.receipts).toHaveLength(68);
  expect(directives[0]?.missing).toEqual(['ca-mau', 'dien-bien', 'quang-tri']);
  expect(directives[1]?.receipts.map(({ seat }) => seat)).toEqual(['ha-noi']);
  expect(carriedOver).toHaveLength(1);
  expect(sample.incidents.outages.map((o) => [o.seat, o.lostMs, o.duringSpeech !== null])).toEqual([
    ['nghe-an', 12_000, true],
    ['lang-son', 95_000, false],
    ['dak-lak', (sample.briefing.closedAt ?? 0) - (sample.incidents.outages[2]?.lostAt ?? 0), true],
  ]);
  expect(sample.incidents.credits.map(({ byMs, cause }) => [byMs, cause])).toEqual([
    [12_000, 'lineLost'],
    [850, 'nodeMoved'],
  ]);
  const [recess] = sample.incidents.recesses;
  expect((recess?.to ?? 0) - (recess?.from ?? 0)).toBe(15 * 60_000);
  expect(sample.lineChecks).toHaveLength(68);
  expect(sample.lineChecks.find(({ seat }) => seat === 'son-la')?.verdict).toBe('failed');
});

test('events that were lost and accepted as lost are told once for each gap', () => {
  const journal = sampleBriefing();
  const last = journal.at(-1)?.version ?? 0;
  const gap = { type: 'journal.resumed', from: last + 1, to: last + 3 } as const;
  const resumed = [1, 2, 3, 4].map((n) => ({
    version: last + n,
    at: 1_559_560_000_000,
    by: system,
    command: 'resume',
    event: gap,
  }));
  expect(minutes([...journal, ...resumed]).incidents.journalGaps).toEqual([
    { at: 1_559_560_000_000, from: last + 1, to: last + 3 },
  ]);
});
