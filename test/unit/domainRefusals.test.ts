import { describe, expect, test } from 'vitest';
import type { ItemRules } from '../../server/domain/agenda.ts';
import { type Phase, type PhaseStep, phases } from '../../server/domain/briefing.ts';
import type { Command, CommandType } from '../../server/domain/command.ts';
import type { Actor, Role } from '../../server/domain/permits.ts';
import { type RefusalCode, refusalCodes } from '../../server/domain/refusal.ts';
import { chair, point, seatId, secretary, system, testPlan } from '../support/plan.ts';
import { absent, agendaItem, directive, goodLine, present } from '../support/planBusiness.ts';
import { Play } from '../support/play.ts';

/** Said by other parts: the wires, the queue, the link to Redis, the media plane. */
const notOfTheRules: readonly RefusalCode[] = [
  'tooManyCommands',
  'controlPaused',
  'mediaUnavailable',
  'mediaRefused',
  'onProgramme',
  'whisperUnderWay',
];

const started = () => Play.gathering(4);
const presenting = () => {
  const play = Play.gathering(4, { maxFloorUsers: 2 });
  play.request('p01', 'granted');
  play.request('p02', 'granted');
  play.done({ type: 'presentation.start', seat: 'p01' }, point('p01'));
  return play;
};
const inRecess = () => {
  const play = started();
  play.done({ type: 'phase.step', step: 'begin' });
  play.done({ type: 'phase.step', step: 'recess' });
  return play;
};
const closed = () => {
  const play = started();
  play.done({ type: 'phase.step', step: 'close' });
  return play;
};
/** With the first task of a former briefing carried over. */
const carrying = (step?: 'open') => {
  const play = new Play();
  const title = { vi: 'Kỳ trước', en: 'The last one' };
  const carried = { briefing: 'former', briefingTitle: title, directive: directive(1) };
  play.done({ type: 'briefing.plan', plan: { ...testPlan(2), carriedOver: [carried] } }, system);
  if (step) play.done({ type: 'phase.step', step });
  return play;
};
const grantTo = (seat: string): Command => ({
  type: 'floor.grant',
  target: { seat },
  replace: false,
});

const refusals: [RefusalCode, string, () => Play, Command, Actor][] = [
  ['notPermitted', 'a point mutes', started, { type: 'seat.mute', seat: 'p02' }, point('p01')],
  [
    'foreignSeat',
    'a point asks for another',
    started,
    { type: 'floor.request', beneficiary: 'p02' },
    point('p01'),
  ],
  [
    'foreignSeat',
    'the chair presents for another',
    presenting,
    { type: 'presentation.start', seat: 'p02' },
    chair,
  ],
  [
    'unknownBriefing',
    'nothing planned',
    () => new Play(),
    { type: 'phase.step', step: 'open' },
    chair,
  ],
  [
    'alreadyPlanned',
    'planned twice',
    started,
    { type: 'briefing.plan', plan: testPlan(1) },
    system,
  ],
  ['wrongPhase', 'opened twice', started, { type: 'phase.step', step: 'open' }, chair],
  [
    'wrongPhase',
    'asking after the close',
    closed,
    { type: 'floor.request', beneficiary: 'p01' },
    point('p01'),
  ],
  [
    'wrongPhase',
    'rules after the close',
    closed,
    { type: 'floor.setRules', maxFloorUsers: 2 },
    chair,
  ],
  ['wrongPhase', 'granting in recess', inRecess, grantTo('p01'), chair],
  [
    'wrongPhase',
    'presenting in recess',
    inRecess,
    { type: 'presentation.start', seat: 'p00' },
    chair,
  ],
  ['unknownSeat', 'no such seat', started, { type: 'seat.mute', seat: 'p99' }, chair],
  [
    'unknownSeat',
    'a timer for no such seat',
    started,
    { type: 'floor.expireGrace', seat: 'p99', lostAtVersion: 1 },
    system,
  ],
  ['seatNotConnected', 'granted while away', started, grantTo('p04'), chair],
  [
    'staleConnection',
    'an evicted socket is lost',
    started,
    { type: 'seat.lose', seat: 'p01', connection: 'older' },
    system,
  ],
  [
    'staleConnection',
    'an evicted socket leaves',
    started,
    { type: 'seat.leave', seat: 'p01', connection: 'older' },
    system,
  ],
  [
    'alreadyMuted',
    'muted twice',
    () => after({ type: 'seat.mute', seat: 'p01' }),
    { type: 'seat.mute', seat: 'p01' },
    chair,
  ],
  [
    'nothingToChange',
    'all are muted already',
    () => after({ type: 'seat.muteOthers' }),
    { type: 'seat.muteOthers' },
    chair,
  ],
  ['nothingToChange', 'nobody is muted', started, { type: 'seat.unmuteAll' }, chair],
  ['nothingToChange', 'shown so', started, { type: 'layout.set', layout: 'presentation' }, chair],
  ['wrongPhase', 'layout after close', closed, { type: 'layout.set', layout: 'chair' }, chair],
  [
    'wrongPhase',
    'a word after the close',
    closed,
    { type: 'message.send', to: 'all', text: 'x' },
    chair,
  ],
  [
    'unknownSeat',
    'a word to nobody known',
    started,
    { type: 'message.send', to: ['p01', 'p99'], text: 'x' },
    chair,
  ],
  [
    'unknownSeat',
    'a word to the chair itself',
    started,
    { type: 'message.send', to: ['p00'], text: 'x' },
    secretary,
  ],
  ['malformed', 'no word', started, { type: 'message.send', to: 'all', text: '  ' }, chair],
  [
    'unknownMessage',
    'a receipt for what was for another',
    () => after({ type: 'message.send', to: ['p02'], text: 'x' }),
    { type: 'message.acknowledge', message: 'm7', seat: 'p01' },
    point('p01'),
  ],
  [
    'unknownMessage',
    'withdrawn twice',
    started,
    { type: 'message.withdraw', message: 'm1' },
    chair,
  ],
  [
    'nothingToChange',
    'more time where nothing limits it',
    presenting,
    { type: 'floor.extend', request: 'r7', byMs: 1_000 },
    chair,
  ],
  [
    'wrongStatus',
    'time for one who waits',
    () => after({ type: 'floor.request', beneficiary: 'p01' }),
    { type: 'floor.extend', request: 'r7', byMs: 1_000 },
    chair,
  ],
  [
    'staleTimer',
    'over before its time',
    presenting,
    { type: 'floor.expire', request: 'r7', grantVersion: 8 },
    system,
  ],
  ['notMuted', 'never muted', started, { type: 'seat.unmute', seat: 'p01' }, chair],
  [
    'chairNeedsNoFloor',
    'the chair asks',
    started,
    { type: 'floor.request', beneficiary: 'p00' },
    chair,
  ],
  ['chairNeedsNoFloor', 'the chair is granted', started, grantTo('p00'), secretary],
  [
    'priorityNotAllowed',
    'a point helps itself',
    started,
    { type: 'floor.request', beneficiary: 'p01', priority: 3 },
    point('p01'),
  ],
  [
    'alreadyRequested',
    'asked twice',
    () => after({ type: 'floor.request', beneficiary: 'p01' }),
    { type: 'floor.request', beneficiary: 'p01' },
    point('p01'),
  ],
  ['unknownRequest', 'no such request', started, { type: 'floor.release', request: 'r99' }, chair],
  ['wrongStatus', 'granted twice', presenting, grantTo('p01'), chair],
  [
    'positionOutOfRange',
    'past the end',
    () => after({ type: 'floor.request', beneficiary: 'p01' }),
    { type: 'floor.move', request: 'r7', position: 2 },
    chair,
  ],
  ['floorFull', 'no room', presenting, grantTo('p03'), chair],
  [
    'staleTimer',
    'nobody lost',
    started,
    { type: 'floor.expireGrace', seat: 'p01', lostAtVersion: 3 },
    system,
  ],
  [
    'nothingToChange',
    'the rules as they are',
    started,
    { type: 'floor.setRules', maxFloorUsers: 1 },
    chair,
  ],
  [
    'nothingToChange',
    'joined twice',
    started,
    { type: 'seat.join', seat: 'p01', connection: 'p01-socket' },
    system,
  ],
  [
    'nothingToChange',
    'presenting already',
    presenting,
    { type: 'presentation.start', seat: 'p01' },
    point('p01'),
  ],
  [
    'notHolder',
    'presenting without the floor',
    started,
    { type: 'presentation.start', seat: 'p01' },
    point('p01'),
  ],
  [
    'presentationTaken',
    'another presents',
    presenting,
    { type: 'presentation.start', seat: 'p02' },
    point('p02'),
  ],
  [
    'notPresenting',
    'stopping what is not there',
    started,
    { type: 'presentation.stop', seat: 'p01' },
    chair,
  ],
];

function after(command: Command): Play {
  const play = started();
  play.done(command);
  return play;
}

/** A session with an item of such rules under way, and maybe more. */
const under =
  (rules: Partial<ItemRules>, ...more: [Command, Actor][]) =>
  () => {
    const play = started();
    play.done({ type: 'phase.step', step: 'begin' });
    play.done({ type: 'agenda.change', agenda: [agendaItem('now', rules), agendaItem('later')] });
    play.done({ type: 'agenda.enter', item: 'now' });
    for (const [command, by] of more) play.done(command, by);
    return play;
  };
const ask = (seat: string, kind?: 'reply'): Command => ({
  type: 'floor.request',
  beneficiary: seat,
  kind,
});
const voting = (...more: [Command, Actor][]) =>
  under(
    {},
    [{ type: 'vote.open', question: 'x', options: ['a', 'b'], secret: false }, chair],
    ...more,
  );
/** The vote of `voting`: opened by the tenth event. */
const vote = 'v10';
const castVote = (seat: string, option = 0): Command => ({ type: 'vote.cast', vote, seat, option });
const given = () => {
  const play = started();
  play.done({ type: 'directive.write', directive: directive(1) });
  play.done({ type: 'directive.give', numbers: [1] });
  return play;
};

refusals.push(
  ['unknownItem', 'no such item', under({}), { type: 'agenda.enter', item: 'x' }, chair],
  ['nothingToChange', 'under way', under({}), { type: 'agenda.enter', item: 'now' }, chair],
  ['wrongPhase', 'an item in recess', inRecess, { type: 'agenda.enter', item: 'x' }, chair],
  [
    'unknownItem',
    'the item under way taken out',
    under({}),
    { type: 'agenda.change', agenda: [agendaItem('later')] },
    chair,
  ],
  [
    'unknownSeat',
    'a speaker who is not invited',
    started,
    { type: 'agenda.change', agenda: [agendaItem('x', { speakers: ['p99'] })] },
    chair,
  ],
  [
    'malformed',
    'an item twice',
    started,
    { type: 'agenda.change', agenda: [agendaItem('x'), agendaItem('x')] },
    chair,
  ],
  ['requestsClosed', 'nobody may ask', under({ requests: 'none' }), ask('p01'), point('p01')],
  ['requestsClosed', 'others may ask', under({ requests: ['p02'] }), ask('p01'), point('p01')],
  [
    'queueFull',
    'so many wait',
    under({ queueLimit: 1 }, [ask('p02'), point('p02')]),
    ask('p01'),
    point('p01'),
  ],
  [
    'alreadySpoke',
    'once each',
    under(
      { once: true },
      [grantTo('p01'), chair],
      [{ type: 'floor.release', request: 'r10' }, point('p01')],
    ),
    ask('p01'),
    point('p01'),
  ],
  ['nothingToReplyTo', 'nobody speaks', under({ replies: true }), ask('p01', 'reply'), chair],
  [
    'requestsClosed',
    'no replies here',
    under({ replies: false }, [grantTo('p02'), chair]),
    ask('p01', 'reply'),
    point('p01'),
  ],
  [
    'reasonRequired',
    'absent without a reason',
    started,
    { type: 'rollCall.declare', seat: 'p01', declaration: absent('  ') },
    point('p01'),
  ],
  [
    'unknownSeat',
    'the chair point is not called',
    started,
    { type: 'rollCall.declare', seat: 'p00', declaration: present },
    secretary,
  ],
  [
    'unknownSeat',
    'a line check of nobody known',
    started,
    { type: 'lineCheck.start', seats: ['p99'] },
    chair,
  ],
  [
    'nothingToChange',
    'no answer after an answer',
    () => {
      const play = started();
      const result = goodLine;
      play.done({ type: 'lineCheck.record', run: 'l1', seat: 'p01', result }, system);
      return play;
    },
    { type: 'lineCheck.record', run: 'l1', seat: 'p01', result: null },
    system,
  ],
  [
    'wrongPhase',
    'a vote before the session',
    started,
    { type: 'vote.open', question: 'x', options: ['a', 'b'], secret: true },
    chair,
  ],
  [
    'voteUnderWay',
    'two votes at once',
    voting(),
    { type: 'vote.open', question: 'y', options: ['a', 'b'], secret: true },
    chair,
  ],
  [
    'malformed',
    'two options of one name',
    under({}),
    { type: 'vote.open', question: 'y', options: ['a', 'A '], secret: true },
    chair,
  ],
  ['unknownVote', 'no such vote', under({}), castVote('p01'), point('p01')],
  ['positionOutOfRange', 'no such option', voting(), castVote('p01', 2), point('p01')],
  [
    'alreadyVoted',
    'one site, one vote',
    voting([castVote('p01'), point('p01')]),
    castVote('p01', 1),
    point('p01'),
  ],
  [
    'voteClosed',
    'too late',
    voting([{ type: 'vote.close', vote }, chair]),
    castVote('p01'),
    point('p01'),
  ],
  [
    'positionOutOfRange',
    'a directive that is not the next',
    started,
    { type: 'directive.write', directive: directive(3) },
    chair,
  ],
  [
    'unknownSeat',
    'a directive for nobody known',
    started,
    { type: 'directive.write', directive: directive(1, { leadPoint: 'p99' }) },
    chair,
  ],
  [
    'wrongStatus',
    'written over when given',
    given,
    { type: 'directive.write', directive: directive(1) },
    chair,
  ],
  ['wrongStatus', 'given twice', given, { type: 'directive.give', numbers: [1] }, chair],
  ['unknownDirective', 'never written', given, { type: 'directive.give', numbers: [2] }, chair],
  [
    'foreignSeat',
    'a receipt by another',
    given,
    { type: 'directive.receive', number: 1, seat: 'p03' },
    point('p03'),
  ],
  [
    'wrongStatus',
    'done before it was given',
    () => after({ type: 'directive.write', directive: directive(1) }),
    { type: 'directive.settle', number: 1, as: 'done' },
    chair,
  ],
  [
    'unknownDirective',
    'a former briefing left no such',
    () => carrying('open'),
    { type: 'directive.settle', briefing: 'former', number: 2, as: 'done' },
    chair,
  ],
  [
    'wrongPhase',
    'settled while what is carried over is still counted',
    () => carrying(),
    { type: 'directive.settle', briefing: 'former', number: 1, as: 'done' },
    chair,
  ],
  [
    'wrongStatus',
    'a carried one settled twice',
    () => {
      const play = carrying('open');
      play.done({ type: 'directive.settle', briefing: 'former', number: 1, as: 'done' });
      return play;
    },
    { type: 'directive.settle', briefing: 'former', number: 1, as: 'withdrawn' },
    chair,
  ],
  [
    'wrongPhase',
    'a notice of what goes on',
    started,
    { type: 'notice.issue', reference: '1-TB' },
    chair,
  ],
);

test.each(refusals)('%s: %s', (code, _what, setUp, command, by) => {
  const play = setUp();
  const before = play.state;
  expect(play.try(command, by)).toBe(code);
  expect(play.state).toBe(before);
});

test('every refusal that the rules know is reached above', () => {
  const reached = new Set(refusals.map(([code]) => code));
  expect(refusalCodes.filter((code) => !reached.has(code))).toEqual(notOfTheRules);
});

describe('who may give which command', () => {
  /** y: any; o: about their own seat only; -: never. */
  const roles: Role[] = ['chair', 'secretary', 'point', 'technician', 'wall', 'system'];
  const grid: Record<CommandType, string> = {
    'briefing.plan': '-----y',
    'briefing.replan': 'yy---y',
    'briefing.open': '-----y',
    'phase.step': 'yy---y',
    'seat.join': '-----y',
    'seat.leave': '-----y',
    'seat.lose': '-----y',
    'seat.mute': 'yy----',
    'seat.unmute': 'yy----',
    'floor.request': 'yyo---',
    'floor.release': 'yyo---',
    'floor.accept': 'yy----',
    'floor.move': 'yy----',
    'floor.deny': 'yy----',
    'floor.grant': 'yy----',
    'floor.revoke': 'yy----',
    'floor.expireGrace': '-----y',
    'floor.setRules': 'yy----',
    'presentation.start': 'o-o---',
    'presentation.stop': 'yyo---',
    'seat.muteOthers': 'yy----',
    'seat.unmuteAll': 'yy----',
    'floor.extend': 'yy----',
    'floor.credit': '-----y',
    'floor.expire': '-----y',
    'layout.set': 'yy----',
    'message.send': 'yy-y--',
    'message.acknowledge': '--o---',
    'message.withdraw': 'yy-y--',
    'agenda.enter': 'yy----',
    'agenda.change': 'yy----',
    'rollCall.declare': 'yyo---',
    'lineCheck.start': 'yy-y-y',
    'lineCheck.record': '-----y',
    'vote.open': 'yy----',
    'vote.cast': '--o---',
    'vote.close': 'yy----',
    'directive.write': 'yy----',
    'directive.give': 'yy----',
    'directive.receive': '--o---',
    'directive.settle': 'yy----',
    'notice.issue': 'yy----',
  };
  /** One of each kind, all about p02 and its request; p01 is who asks where a point does. */
  const about = (request: string): Record<CommandType, Command> => ({
    'briefing.plan': { type: 'briefing.plan', plan: testPlan(2) },
    'briefing.replan': { type: 'briefing.replan', plan: testPlan(2) },
    'briefing.open': { type: 'briefing.open', startsAt: testPlan(2).startsAt },
    'phase.step': { type: 'phase.step', step: 'begin' },
    'seat.join': { type: 'seat.join', seat: 'p02', connection: 'c' },
    'seat.leave': { type: 'seat.leave', seat: 'p02', connection: 'c' },
    'seat.lose': { type: 'seat.lose', seat: 'p02', connection: 'c' },
    'seat.mute': { type: 'seat.mute', seat: 'p02' },
    'seat.unmute': { type: 'seat.unmute', seat: 'p02' },
    'floor.request': { type: 'floor.request', beneficiary: 'p02' },
    'floor.release': { type: 'floor.release', request },
    'floor.accept': { type: 'floor.accept', request },
    'floor.move': { type: 'floor.move', request, position: 1 },
    'floor.deny': { type: 'floor.deny', request },
    'floor.grant': { type: 'floor.grant', target: { request }, replace: false },
    'floor.revoke': { type: 'floor.revoke', request },
    'floor.expireGrace': { type: 'floor.expireGrace', seat: 'p02', lostAtVersion: 1 },
    'floor.setRules': { type: 'floor.setRules', maxFloorUsers: 3 },
    'presentation.start': { type: 'presentation.start', seat: 'p02' },
    'presentation.stop': { type: 'presentation.stop', seat: 'p02' },
    'seat.muteOthers': { type: 'seat.muteOthers' },
    'seat.unmuteAll': { type: 'seat.unmuteAll' },
    'floor.extend': { type: 'floor.extend', request, byMs: 1_000 },
    'floor.credit': { type: 'floor.credit', request, byMs: 1_000 },
    'floor.expire': { type: 'floor.expire', request, grantVersion: 1 },
    'layout.set': { type: 'layout.set', layout: 'chair' },
    'message.send': { type: 'message.send', to: ['p02'], text: 'x' },
    'message.acknowledge': { type: 'message.acknowledge', message: 'm1', seat: 'p02' },
    'message.withdraw': { type: 'message.withdraw', message: 'm1' },
    'agenda.enter': { type: 'agenda.enter', item: 'x' },
    'agenda.change': { type: 'agenda.change', agenda: [] },
    'rollCall.declare': { type: 'rollCall.declare', seat: 'p02', declaration: present },
    'lineCheck.start': { type: 'lineCheck.start', seats: 'all' },
    'lineCheck.record': { type: 'lineCheck.record', run: 'l1', seat: 'p02', result: null },
    'vote.open': { type: 'vote.open', question: 'x', options: ['a', 'b'], secret: true },
    'vote.cast': { type: 'vote.cast', vote: 'v1', seat: 'p02', option: 0 },
    'vote.close': { type: 'vote.close', vote: 'v1' },
    'directive.write': { type: 'directive.write', directive: directive(1) },
    'directive.give': { type: 'directive.give', numbers: [1] },
    'directive.receive': { type: 'directive.receive', number: 1, seat: 'p02' },
    'directive.settle': { type: 'directive.settle', number: 1, as: 'done' },
    'notice.issue': { type: 'notice.issue', reference: '1-TB' },
  });
  const seatOf = { chair: 'p00', point: 'p01' } as Partial<Record<Role, string>>;

  test.each(Object.keys(grid) as CommandType[])('%s', (type) => {
    roles.forEach((role, i) => {
      const play = started();
      const request = play.request('p02', 'pending');
      const refusal = (seat: string | null) => {
        const outcome = play.try(about(request)[type], { role, seat });
        return outcome === 'notPermitted' || outcome === 'foreignSeat' ? outcome : 'may';
      };
      const mark = grid[type][i];
      const expected = mark === 'y' ? 'may' : mark === 'o' ? 'foreignSeat' : 'notPermitted';
      expect({ role, it: refusal(seatOf[role] ?? null) }).toEqual({ role, it: expected });
      if (mark === 'o') expect({ role, own: refusal('p02') }).toEqual({ role, own: 'may' });
    });
  });
});

describe('the briefing’s phases', () => {
  const to: Record<Phase, Partial<Record<PhaseStep, Phase>>> = {
    scheduled: { open: 'gathering' },
    gathering: { begin: 'inSession', close: 'closed' },
    inSession: { recess: 'recess', close: 'closed' },
    recess: { resume: 'inSession', close: 'closed' },
    closed: {},
  };
  const steps: PhaseStep[] = ['open', 'begin', 'recess', 'resume', 'close'];
  test.each(Object.keys(to) as Phase[])('from %s', (phase) => {
    for (const step of steps) {
      const play = new Play();
      play.done({ type: 'briefing.plan', plan: testPlan(2) }, system);
      play.state = { ...play.state, phase };
      const outcome = play.try({ type: 'phase.step', step });
      const expected = to[phase][step];
      if (expected === undefined) expect(outcome).toBe('wrongPhase');
      else expect(play.state.phase).toBe(expected);
    }
    expect(phases[phase]).toEqual(to[phase]);
  });
});

test('a seat: joined, evicted by a newer socket, lost, returned, left', () => {
  const play = started();
  const seat = () => play.state.seats[seatId(1)];
  const how = () => play.events.at(-1)?.event;
  expect(how()).toMatchObject({ type: 'seat.joined', how: 'first' });
  const first = seat()?.firstJoinedAt;
  play.join('p01', 'newer');
  expect(how()).toMatchObject({ how: 'evicted', connection: 'newer' });
  play.lose('p01');
  expect(seat()).toMatchObject({
    status: 'lost',
    connection: 'newer',
    lostAtVersion: play.state.version,
  });
  play.join('p01', 'third');
  expect(how()).toMatchObject({ how: 'returned' });
  expect(seat()).toMatchObject({ status: 'connected', lostAtVersion: null, firstJoinedAt: first });
  play.done({ type: 'seat.leave', seat: 'p01', connection: 'third' }, system);
  expect(seat()).toMatchObject({ status: 'expected', connection: null });
});
