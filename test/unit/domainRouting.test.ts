import { describe, expect, test } from 'vitest';
import { type Layout, layouts } from '../../server/domain/briefing.ts';
import type { Role } from '../../server/domain/permits.ts';
import { routing, type View, wholeView } from '../../server/domain/routing.ts';
import { point } from '../support/plan.ts';
import { Play } from '../support/play.ts';

/** A viewer's routing in one line each way: `seat.source/layer`. */
function lines(play: Play, role: Role, seat: string | null, view: View = wholeView) {
  const { open, receive } = routing(play.state, { role, seat, view });
  return {
    open: open.join(' '),
    receive: receive.map((w) => `${w.seat}.${w.source}/${w.hold ? 'held' : w.layer}`),
  };
}
const of = (play: Play, seat: string) => lines(play, seat === 'p00' ? 'chair' : 'point', seat);

/** p01 speaks and presents, p02 is next. */
function inSession(): Play {
  const play = Play.gathering(4);
  play.done({ type: 'phase.step', step: 'begin' });
  play.request('p01', 'granted');
  play.request('p02', 'accepted');
  return play;
}

test('the programme: the speaker large, the chair beside, the next one ready and unseen', () => {
  const play = inSession();
  expect(of(play, 'p03')).toEqual({
    open: 'camera',
    receive: [
      'p00.camera/medium',
      'p00.microphone/high',
      'p01.camera/high',
      'p01.microphone/high',
      'p02.camera/low',
      'p02.microphone/high',
    ],
  });
  expect(of(play, 'p00').open).toBe('camera microphone');
  expect(of(play, 'p01').open).toBe('camera microphone');
  expect(of(play, 'p02').open).toBe('camera');
  expect(lines(play, 'secretary', null)).toEqual({ open: '', receive: of(play, 'p03').receive });
  expect(lines(play, 'technician', null)).toEqual({ open: '', receive: [] });
});

test('nobody receives themselves', () => {
  const play = inSession();
  play.done({ type: 'presentation.start', seat: 'p01' }, point('p01'));
  for (const seat of ['p00', 'p01', 'p02', 'p03']) {
    expect(of(play, seat).receive.filter((line) => line.startsWith(seat))).toEqual([]);
  }
});

test('a presentation takes the large place; only the presenter sends one', () => {
  const play = inSession();
  play.done({ type: 'presentation.start', seat: 'p01' }, point('p01'));
  expect(of(play, 'p01').open).toBe('camera microphone presentation');
  expect(of(play, 'p03').receive).toContain('p01.presentation/high');
  expect(of(play, 'p03').receive).toContain('p01.camera/medium');
  expect(of(play, 'p00').open).toBe('camera microphone');
});

test('a muted seat’s microphone stays shut, floor or not, and opens when the mute is lifted', () => {
  const play = inSession();
  play.done({ type: 'seat.mute', seat: 'p01' });
  play.done({ type: 'seat.mute', seat: 'p00' });
  expect(of(play, 'p01').open).toBe('camera');
  expect(of(play, 'p00').open).toBe('camera');
  play.done({ type: 'seat.unmute', seat: 'p01' });
  expect(of(play, 'p01').open).toBe('camera microphone');
});

test('the next to speak is the first in the queue who is here', () => {
  const play = inSession();
  play.request('p03', 'accepted');
  play.lose('p02');
  const { receive } = of(play, 'p00');
  expect(receive).toContain('p03.camera/low');
  expect(receive.filter((line) => line.startsWith('p02'))).toEqual([]);
});

test('who may be called out of turn is made ready, and flows to nobody', () => {
  const play = inSession();
  play.request('p03', 'pending');
  // Nobody is at p04: it cannot be called.
  play.request('p04', 'pending');
  const held = () => of(play, 'p02').receive.filter((line) => line.endsWith('/held'));
  expect(held()).toEqual(['p03.camera/held', 'p03.microphone/held']);
  expect(of(play, 'p03').receive.filter((line) => line.endsWith('/held'))).toEqual([]);
  play.lose('p03');
  expect(held()).toEqual([]);
});

test.each(['scheduled', 'recess', 'closed'] as const)('nothing goes out while %s', (phase) => {
  const play = inSession();
  play.done({ type: 'presentation.start', seat: 'p01' }, point('p01'));
  // Whatever else the state says.
  play.state = { ...play.state, phase };
  for (const seat of ['p00', 'p01', 'p03']) {
    expect(of(play, seat)).toEqual({ open: 'camera', receive: [] });
  }
});

test('the wall gets the lowest layer of every point, in any phase', () => {
  const play = inSession();
  play.done({ type: 'phase.step', step: 'recess' });
  expect(lines(play, 'wall', null)).toEqual({
    open: '',
    receive: ['p01', 'p02', 'p03', 'p04'].map((seat) => `${seat}.camera/low`),
  });
});

test('the wall gets only the tiles that it shows, and one of them large', () => {
  const view = { tiles: ['p02', 'p03', 'nobody'], closer: 'p03' };
  expect(lines(inSession(), 'wall', null, view).receive).toEqual([
    'p02.camera/low',
    'p03.camera/high',
  ]);
});

test('whoever looks closer at a site has its camera, once and not small', () => {
  const closer = (seat: string) => ({ tiles: 'all' as const, closer: seat });
  const cameras = (receive: readonly string[], seat: string) =>
    receive.filter((line) => line.startsWith(`${seat}.camera`));
  const play = inSession();
  for (const [seat, layer] of [
    ['p01', 'high'],
    ['p02', 'medium'],
    ['p03', 'medium'],
  ] as const) {
    const { receive } = lines(play, 'chair', 'p00', closer(seat));
    expect(cameras(receive, seat)).toEqual([`${seat}.camera/${layer}`]);
  }
  expect(cameras(lines(play, 'chair', 'p00', closer('p00')).receive, 'p00')).toEqual([]);
  expect(lines(play, 'technician', null, closer('p01')).receive).toEqual(['p01.camera/medium']);
  // A point looks at the programme, whatever it asks for.
  expect(lines(play, 'point', 'p03', closer('p01'))).toEqual(of(play, 'p03'));
});

describe('layouts', () => {
  const shown = (layout: Layout) => {
    const play = inSession();
    play.done({ type: 'presentation.start', seat: 'p01' }, point('p01'));
    if (layout !== 'presentation') play.done({ type: 'layout.set', layout });
    return of(play, 'p03').receive.filter((line) => !line.includes('microphone'));
  };

  test.each<[Layout, string[]]>([
    ['presentation', ['p00.camera/medium', 'p01.camera/medium', 'p01.presentation/high']],
    ['speaker', ['p00.camera/medium', 'p01.camera/high', 'p01.presentation/held']],
    ['sideBySide', ['p00.camera/medium', 'p01.camera/medium', 'p01.presentation/held']],
    ['chair', ['p00.camera/high', 'p01.camera/held', 'p01.presentation/held']],
  ])('%s: what is not shown is kept ready, and does not flow', (layout, pictures) => {
    expect(shown(layout)).toEqual([...pictures, 'p02.camera/low']);
  });

  test('none of them takes the sound of a speaker away', () => {
    for (const layout of layouts) {
      const play = inSession();
      if (layout !== 'presentation') play.done({ type: 'layout.set', layout });
      const { receive } = of(play, 'p03');
      expect(receive).toContain('p01.microphone/high');
      expect(receive).toContain('p00.microphone/high');
    }
  });
});
