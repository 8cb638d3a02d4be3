import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decide } from '../../server/domain/decide.ts';
import type { BriefingEvent, Recorded } from '../../server/domain/event.ts';
import { evolve, nothing } from '../../server/domain/evolve.ts';
import { anyBriefingCommand } from '../support/commands.ts';
import { floorFaults } from '../support/journals.ts';
import { chair, point, seatId, system, testPlan } from '../support/plan.ts';
import { absent, agendaItem, directive, present } from '../support/planBusiness.ts';
import { Play } from '../support/play.ts';

/** Freezes all the way down, so that writing to it throws. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) frozen(inner);
  }
  return value;
}

const points = 5;

test('any commands keep the floor whole; rules change no state they were given and give the same again', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('moderated' as const, 'firstComeFirstServed' as const),
      fc.integer({ min: 1, max: 3 }),
      fc.array(anyBriefingCommand(points), { maxLength: 60 }),
      (mode, maxFloorUsers, commands) => {
        let state = frozen(Play.gathering(points, { mode, maxFloorUsers }).state);
        commands.forEach((make, i) => {
          const { command, by } = make(state);
          const given = { now: 2_000_000 + i, by, command: `c${i}` };
          const decision = decide(state, frozen(command), given);
          expect(decide(state, command, given)).toEqual(decision);
          if (!decision.ok) return;
          expect(decision.events.length).toBeGreaterThan(0);
          expect(decision.events.map((e) => e.version)).toEqual(
            decision.events.map((_, n) => state.version + 1 + n),
          );
          let folded = state;
          for (const event of decision.events) {
            folded = frozen(evolve(folded, frozen(event)));
            expect(floorFaults(folded)).toEqual([]);
          }
          expect(folded).toEqual(decision.state);
          state = folded;
        });
        // What is a snapshot in Redis comes back as it was.
        expect(JSON.parse(JSON.stringify(state))).toEqual(state);
      },
    ),
    { numRuns: 150 },
  );
});

/** A full life of a briefing, with every kind of event in it. */
function eventful(): Play {
  const play = Play.gathering(5, { maxFloorUsers: 2 });
  play.done({ type: 'phase.step', step: 'begin' });
  play.done({ type: 'seat.mute', seat: 'p01' });
  play.done({ type: 'seat.unmute', seat: 'p01' });
  play.request('p01', 'accepted');
  const second = play.request('p02', 'accepted');
  play.done({ type: 'floor.move', request: second, position: 1 });
  play.request('p03', 'granted');
  play.done({ type: 'presentation.start', seat: 'p03' }, point('p03'));
  play.done({ type: 'presentation.stop', seat: 'p03' }, point('p03'));
  play.done({ type: 'floor.release', request: play.requestIdOf('p03') }, point('p03'));
  play.done({ type: 'floor.release', request: play.requestIdOf('p01') }, point('p01'));
  play.done({ type: 'floor.deny', request: second });
  play.request('p01', 'granted');
  play.done({ type: 'floor.revoke', request: play.requestIdOf('p01') });
  play.done({ type: 'floor.setRules', maxFloorUsers: 1 });
  timed(play);
  worded(play);
  businesslike(play);
  play.lose('p04');
  play.done({ type: 'seat.leave', seat: 'p03', connection: 'p03-socket' }, system);
  play.done({ type: 'phase.step', step: 'close' });
  play.done({ type: 'notice.issue', reference: '12-TB/VPTW' });
  return play;
}

test('a task of a former briefing is settled there alone, whatever the numbers here', () => {
  const play = new Play();
  const of = (briefing: string, number: number) => ({
    briefing,
    briefingTitle: { vi: briefing, en: briefing },
    directive: directive(number),
  });
  const carried = [of('may', 1), of('april', 1), of('may', 2)];
  play.done({ type: 'briefing.plan', plan: { ...testPlan(2), carriedOver: carried } }, system);
  play.done({ type: 'phase.step', step: 'open' });
  play.done({ type: 'directive.write', directive: directive(1) });
  play.done({ type: 'directive.settle', briefing: 'may', number: 1, as: 'done' });
  expect(play.state.carriedOver.map((c) => c.settled)).toEqual(['done', undefined, undefined]);
  expect(play.state.directives[0]?.status).toBe('draft');
  play.done({ type: 'directive.settle', briefing: 'may', number: 2, as: 'withdrawn' });
  play.done({ type: 'directive.settle', number: 1, as: 'withdrawn' });
  expect(play.state.carriedOver.map((c) => c.settled)).toEqual(['done', undefined, 'withdrawn']);
});

/** A limited speech with time added, and a loss of its line given back. */
function timed(play: Play): void {
  play.done({
    type: 'floor.setRules',
    speech: { allottedMs: 60_000, warningsMs: [15_000], atEnd: 'close' },
  });
  const request = play.request('p02', 'granted');
  play.done({ type: 'floor.extend', request, byMs: 30_000 });
  play.lose('p02');
  play.join('p02', 'p02-again');
  play.done({ type: 'floor.credit', request, byMs: 250 }, system);
  play.done({ type: 'floor.revoke', request });
}

function worded(play: Play): void {
  play.done({ type: 'layout.set', layout: 'sideBySide' });
  play.done({ type: 'message.send', to: 'all', text: 'Đề nghị chuẩn bị' });
  const message = play.state.messages[0]?.id ?? '';
  play.done({ type: 'message.acknowledge', message, seat: 'p01' }, point('p01'));
  play.done({ type: 'message.send', to: ['p02'], text: 'Đề nghị kiểm tra micrô' });
  play.done({ type: 'message.withdraw', message });
}

/** One of everything that a briefing does beside floor and programme. */
function businesslike(play: Play): void {
  play.done({ type: 'agenda.change', agenda: [agendaItem('thao-luan')] });
  play.done({ type: 'agenda.enter', item: 'thao-luan' });
  play.done({ type: 'seat.leave', seat: 'p02', connection: 'p02-again' }, system);
  play.done({ type: 'rollCall.declare', seat: 'p02', declaration: absent('Bận công tác') });
  play.done({ type: 'rollCall.declare', seat: 'p02', declaration: present });
  play.done({ type: 'lineCheck.start', seats: 'all' });
  const run = play.state.lineCheckRun?.run ?? '';
  play.done({ type: 'lineCheck.record', run, seat: 'p01', result: null }, system);
  play.done({ type: 'vote.open', question: 'Thông qua?', options: ['Có', 'Không'], secret: false });
  const vote = play.state.votes[0]?.id ?? '';
  play.done({ type: 'vote.cast', vote, seat: 'p01', option: 0 }, point('p01'));
  play.done({ type: 'vote.close', vote });
  play.done({ type: 'directive.write', directive: directive(1) });
  play.done({ type: 'directive.give', numbers: [1] });
  play.done({ type: 'directive.receive', number: 1, seat: 'p01' }, point('p01'));
  play.done({ type: 'directive.settle', number: 1, as: 'done' });
}

/** What commands can bring about: that a journal goes on after a loss is people's doing. */
const allTypes: Record<Exclude<BriefingEvent['type'], 'journal.resumed'>, true> = {
  'briefing.planned': true,
  'phase.changed': true,
  'seat.joined': true,
  'seat.left': true,
  'seat.lost': true,
  'seat.muted': true,
  'seat.unmuted': true,
  'floor.requested': true,
  'floor.accepted': true,
  'floor.moved': true,
  'floor.granted': true,
  'floor.denied': true,
  'floor.cancelled': true,
  'floor.released': true,
  'floor.revoked': true,
  'floor.rulesChanged': true,
  'presentation.started': true,
  'presentation.stopped': true,
  'floor.extended': true,
  'floor.credited': true,
  'layout.changed': true,
  'message.sent': true,
  'message.acknowledged': true,
  'message.withdrawn': true,
  'agenda.entered': true,
  'agenda.changed': true,
  'rollCall.declared': true,
  'seat.excused': true,
  'seat.awaited': true,
  'lineCheck.started': true,
  'lineCheck.recorded': true,
  'vote.opened': true,
  'vote.cast': true,
  'vote.closed': true,
  'directive.written': true,
  'directive.given': true,
  'directive.received': true,
  'directive.settled': true,
  'notice.issued': true,
};

test('that a journal goes on after a loss changes the version alone', () => {
  const { state } = eventful();
  const version = state.version + 1;
  const event = { type: 'journal.resumed', from: version, to: version } as const;
  expect(evolve(state, { version, at: 1, by: system, command: 'resume', event })).toEqual({
    ...state,
    version,
  });
});

test('an event about something unseen leaves the rest alone', () => {
  const { events } = eventful();
  expect(new Set(events.map((r) => r.event.type))).toEqual(new Set(Object.keys(allTypes)));
  for (const recorded of events) {
    if (recorded.event.type === 'briefing.planned') continue;
    const state = frozen(evolve(nothing, recorded));
    expect(state.version).toBe(recorded.version);
    expect(state.seats).toEqual({});
    expect(
      floorFaults({
        ...state,
        floor: { ...state.floor, rules: { ...state.floor.rules, maxFloorUsers: 9 } },
      }),
    ).toEqual([]);
  }
});

test('a client that is shown only some events folds those to the same floor', () => {
  const { events } = eventful();
  const hidden: BriefingEvent['type'][] = [
    'floor.requested',
    'seat.lost',
    'seat.muted',
    'seat.left',
  ];
  const seen = events.filter((r) => !hidden.includes(r.event.type));
  const fold = (some: readonly Recorded[]) => some.reduce(evolve, nothing);
  const published = fold(seen).floor;
  const whole = fold(events).floor;
  expect(published.queue).toEqual(whole.queue);
  expect(published.holders).toEqual(whole.holders);
  expect(published.rules).toEqual(whole.rules);
});

test('a granted request keeps its fencing token and its place among the holders', () => {
  const play = Play.gathering(5, { maxFloorUsers: 2 });
  play.request('p01', 'granted');
  play.request('p02', 'granted');
  play.done({ type: 'seat.mute', seat: seatId(3) }, chair);
  const tokens = play.state.floor.requests.map((r) => r.grantVersion);
  const granted = play.events.filter((r) => r.event.type === 'floor.granted');
  expect(tokens).toEqual(granted.map((r) => r.version));
  expect(play.holders).toEqual(['p01', 'p02']);
});
