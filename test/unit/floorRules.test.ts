import { expect, test } from 'vitest';
import type { Priority } from '../../server/domain/floor.ts';
import { floorFaults } from '../support/journals.ts';
import { chair, point, secretary, system } from '../support/plan.ts';
import { Play } from '../support/play.ts';

const types = (outcome: ReturnType<Play['try']>) =>
  typeof outcome === 'string' ? outcome : outcome.map((r) => r.event.type);

test('a higher priority enters before a lower one, and behind its equals', () => {
  const play = Play.gathering(9);
  const ask = (seat: string, priority: Priority) =>
    play.done({ type: 'floor.request', beneficiary: seat, priority }, secretary);
  ask('p01', 2);
  ask('p02', 2);
  ask('p03', 4);
  ask('p04', 0);
  ask('p05', 2);
  ask('p06', 4);
  ask('p07', 1);
  expect(play.queue).toEqual(['p03', 'p06', 'p01', 'p02', 'p05', 'p07', 'p04']);
  expect(play.try({ type: 'floor.request', beneficiary: 'p08', priority: 3 }, point('p08'))).toBe(
    'priorityNotAllowed',
  );
  expect(
    types(play.try({ type: 'floor.request', beneficiary: 'p08', priority: 1 }, point('p08'))),
  ).toEqual(['floor.requested']);
});

test('the chair sets any place in the queue; one outside it is refused', () => {
  const play = Play.gathering(6);
  const ids = ['p01', 'p02', 'p03', 'p04'].map((seat) => play.request(seat, 'accepted'));
  const move = (i: number, position: number) =>
    play.try({ type: 'floor.move', request: ids[i] ?? '', position });
  move(3, 1);
  expect(play.queue).toEqual(['p04', 'p01', 'p02', 'p03']);
  move(3, 3);
  expect(play.queue).toEqual(['p01', 'p02', 'p04', 'p03']);
  move(0, 4);
  expect(play.queue).toEqual(['p02', 'p04', 'p03', 'p01']);
  expect(move(0, 4)).toBe('nothingToChange');
  expect(move(0, 5)).toBe('positionOutOfRange');
  expect(move(0, 0)).toBe('positionOutOfRange');
  const late = play.request('p05', 'pending');
  const accept = (position: number) => play.try({ type: 'floor.accept', request: late, position });
  expect(accept(6)).toBe('positionOutOfRange');
  expect(accept(0)).toBe('positionOutOfRange');
  accept(5);
  expect(play.queue).toEqual(['p02', 'p04', 'p03', 'p01', 'p05']);
});

test('the floor has room for as many as the briefing allows; the longest holder gives way', () => {
  const play = Play.gathering(6, { maxFloorUsers: 2 });
  const grant = (seat: string, replace: boolean) =>
    play.try({ type: 'floor.grant', target: { seat }, replace });
  grant('p01', false);
  grant('p02', false);
  expect(grant('p03', false)).toBe('floorFull');
  expect(types(grant('p03', true))).toEqual(['floor.revoked', 'floor.granted']);
  expect(play.holders).toEqual(['p02', 'p03']);
  expect(play.events.at(-2)?.event).toMatchObject({ beneficiary: 'p01', reason: 'replaced' });
  expect(types(play.try({ type: 'floor.setRules', maxFloorUsers: 1 }))).toEqual([
    'floor.revoked',
    'floor.rulesChanged',
  ]);
  expect(play.holders).toEqual(['p02']);
});

test('granting by name takes the seat’s own request out of the queue', () => {
  const play = Play.gathering(4);
  const id = play.request('p01', 'accepted');
  play.done({ type: 'floor.grant', target: { seat: 'p01' }, replace: false });
  expect(play.queue).toEqual([]);
  expect(play.state.floor.holders).toEqual([id]);
  const granted = play.state.floor.requests.find((r) => r.id === id);
  expect(granted?.requestedBy).toEqual(point('p01'));
  expect(granted?.grantVersion).toBe(play.state.version);
});

test('the office registers a point by phone: who asked and who speaks are both kept', () => {
  const play = Play.gathering(4);
  play.done({ type: 'floor.request', beneficiary: 'p01' }, secretary);
  expect(play.state.floor.requests[0]).toMatchObject({
    beneficiary: 'p01',
    requestedBy: secretary,
    status: 'accepted',
  });
  expect(
    types(play.try({ type: 'floor.release', request: play.requestIdOf('p01') }, point('p01'))),
  ).toEqual(['floor.cancelled']);
});

test('first come, first served: free places go by themselves to whoever is next and here', () => {
  const play = Play.gathering(6, { mode: 'firstComeFirstServed', maxFloorUsers: 2 });
  const ask = (seat: string) =>
    types(play.try({ type: 'floor.request', beneficiary: seat }, point(seat)));
  expect(ask('p01')).toEqual(['floor.accepted', 'floor.granted']);
  expect(ask('p02')).toEqual(['floor.accepted', 'floor.granted']);
  expect(ask('p03')).toEqual(['floor.accepted']);
  expect(ask('p04')).toEqual(['floor.accepted']);
  play.lose('p03');
  const first = play.requestIdOf('p01');
  expect(types(play.try({ type: 'floor.release', request: first }, point('p01')))).toEqual([
    'floor.released',
    'floor.granted',
  ]);
  expect(play.holders).toEqual(['p02', 'p04']);
  play.done({ type: 'floor.release', request: play.requestIdOf('p02') }, point('p02'));
  expect(play.holders).toEqual(['p04']);
  // Its place was kept, and it is served the moment it is back.
  play.join('p03');
  expect(play.holders).toEqual(['p04', 'p03']);
});

test('changing to first come, first served serves those who had asked, the earliest first', () => {
  const play = Play.gathering(6, { maxFloorUsers: 1 });
  for (const seat of ['p03', 'p01', 'p02']) play.request(seat, 'pending');
  play.done({ type: 'floor.setRules', mode: 'firstComeFirstServed' });
  expect(play.holders).toEqual(['p03']);
  expect(play.queue).toEqual(['p01', 'p02']);
});

test('a lost holder keeps the floor until its grace is over; only the timer of that loss counts', () => {
  const play = Play.gathering(4);
  play.request('p01', 'granted');
  play.lose('p01');
  const lostAtVersion = play.state.version;
  expect(play.holders).toEqual(['p01']);
  const expire = (version: number) =>
    play.try({ type: 'floor.expireGrace', seat: 'p01', lostAtVersion: version }, system);
  expect(expire(lostAtVersion - 1)).toBe('staleTimer');
  play.join('p01', 'p01-again');
  expect(expire(lostAtVersion)).toBe('staleTimer');
  play.lose('p01');
  const again = play.state.version;
  expect(expire(lostAtVersion)).toBe('staleTimer');
  expect(types(expire(again))).toEqual(['floor.revoked']);
  expect(play.events.at(-1)?.event).toMatchObject({ reason: 'graceExpired' });
  expect(expire(again)).toBe('staleTimer');
});

test('a queue place outlives a loss and a return; leaving for good gives up the floor', () => {
  const play = Play.gathering(5);
  play.request('p01', 'accepted');
  play.request('p02', 'accepted');
  play.lose('p01');
  play.join('p01', 'p01-again');
  expect(play.queue).toEqual(['p01', 'p02']);
  play.request('p03', 'granted');
  play.done({ type: 'seat.leave', seat: 'p03', connection: 'p03-socket' }, system);
  expect(play.holders).toEqual([]);
});

test('nobody stays on air through a recess; the queue does', () => {
  const play = Play.gathering(5);
  play.done({ type: 'phase.step', step: 'begin' });
  play.request('p01', 'granted');
  play.request('p02', 'accepted');
  play.request('p03', 'pending');
  play.done({ type: 'presentation.start', seat: 'p01' }, point('p01'));
  expect(types(play.try({ type: 'phase.step', step: 'recess' }))).toEqual([
    'presentation.stopped',
    'floor.revoked',
    'phase.changed',
  ]);
  expect(play.queue).toEqual(['p02']);
  expect(play.try({ type: 'floor.grant', target: { seat: 'p02' }, replace: false })).toBe(
    'wrongPhase',
  );
  play.done({ type: 'phase.step', step: 'resume' });
  play.done({ type: 'floor.grant', target: { seat: 'p02' }, replace: false });
  play.done({ type: 'phase.step', step: 'close' });
  expect(play.state.floor).toMatchObject({ holders: [], queue: [], requests: [] });
  expect(floorFaults(play.state)).toEqual([]);
});

test('the holder presents; the chair may take the place of a presentation, nobody else', () => {
  const play = Play.gathering(5, { maxFloorUsers: 2 });
  play.request('p01', 'granted');
  play.request('p02', 'granted');
  const start = (seat: string) =>
    play.try({ type: 'presentation.start', seat }, seat === 'p00' ? chair : point(seat));
  expect(start('p03')).toBe('notHolder');
  start('p01');
  expect(start('p02')).toBe('presentationTaken');
  expect(types(start('p00'))).toEqual(['presentation.stopped', 'presentation.started']);
  expect(play.state.presentation?.seat).toBe('p00');
  // The chair's presentation does not hang on anybody's floor.
  play.done({ type: 'floor.revoke', request: play.requestIdOf('p01') });
  expect(play.state.presentation?.seat).toBe('p00');
  play.done({ type: 'presentation.stop', seat: 'p00' });
  start('p02');
  expect(types(play.try({ type: 'floor.revoke', request: play.requestIdOf('p02') }))).toEqual([
    'floor.revoked',
    'presentation.stopped',
  ]);
});

test('ids that every object inherits name no seat and no request', () => {
  const play = Play.gathering(3);
  for (const id of ['constructor', 'toString', 'hasOwnProperty']) {
    expect(play.try({ type: 'floor.request', beneficiary: id }, secretary)).toBe('unknownSeat');
    expect(play.try({ type: 'seat.mute', seat: id })).toBe('unknownSeat');
    expect(play.try({ type: 'floor.grant', target: { seat: id }, replace: true })).toBe(
      'unknownSeat',
    );
    expect(play.try({ type: 'floor.release', request: id })).toBe('unknownRequest');
    expect(play.try({ type: 'presentation.stop', seat: id })).toBe('unknownSeat');
    expect(play.try({ type: 'seat.join', seat: id, connection: 'c' }, system)).toBe('unknownSeat');
  }
});
