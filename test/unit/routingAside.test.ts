import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Role } from '../../server/domain/permits.ts';
import { type Aside, isApart, routing, wholeView } from '../../server/domain/routing.ts';
import { planFor } from '../../server/media/plan.ts';
import { legEndpoint } from '../../server/protocol/legs.ts';
import { point } from '../support/plan.ts';
import { Play } from '../support/play.ts';

/** What pages do apart from the programme: who gets what, and that nobody else gets anything of it. */

const desk = 'technician-page1';
const of = (play: Play, seat: string | null, aside?: Aside, role: Role = 'point') => {
  const { open, receive } = routing(play.state, { role, seat, view: wholeView, aside });
  return { open, aside: receive.filter((w) => w.source === 'aside').map((w) => w.seat), receive };
};

function inSession(): Play {
  const play = Play.gathering(5);
  play.done({ type: 'phase.step', step: 'begin' });
  play.request('p01', 'granted');
  play.request('p02', 'accepted');
  return play;
}

test('a site under check receives its own camera in the middle layer, and its own sound', () => {
  const play = Play.gathering(3);
  const { open, receive } = of(play, 'p01', { is: 'check' });
  expect(open).toEqual(['camera', 'aside']);
  expect(receive.filter((w) => w.seat === 'p01')).toEqual([
    { seat: 'p01', source: 'camera', layer: 'medium', hold: false },
    { seat: 'p01', source: 'aside', layer: 'high', hold: false },
  ]);
  expect(of(play, 'p01').open).toEqual(['camera']);
});

test('a whisper goes between these two alone', () => {
  const play = inSession();
  expect(of(play, 'p03', { is: 'whisper', with: desk })).toMatchObject({
    open: ['camera', 'aside'],
    aside: [desk],
  });
  const office = of(play, null, { is: 'whisper', with: 'p03' }, 'technician');
  expect(office).toMatchObject({ open: ['aside'], aside: ['p03'] });
  // The site's microphone proper stays shut.
  expect(of(play, 'p03', { is: 'whisper', with: desk }).open).not.toContain('microphone');
});

test('who speaks, is next or presents is not apart, and nothing flows', () => {
  const play = inSession();
  play.done({ type: 'presentation.start', seat: 'p01' }, point('p01'));
  for (const seat of ['p00', 'p01', 'p02']) {
    expect(isApart(play.state, seat), seat).toBe(false);
    for (const aside of [{ is: 'check' }, { is: 'whisper', with: desk }] as const) {
      expect(of(play, seat, aside), seat).toMatchObject({ aside: [] });
      expect(of(play, seat, aside).open).not.toContain('aside');
    }
    const office = of(play, null, { is: 'whisper', with: seat }, 'secretary');
    expect(office).toMatchObject({ open: [], aside: [] });
  }
  expect(isApart(play.state, 'p03')).toBe(true);
});

test('the wall, the chair and a stranger get nothing of it, whatever they are told to do', () => {
  const play = inSession();
  for (const role of ['wall', 'chair', 'system'] as const) {
    const seat = role === 'chair' ? 'p00' : null;
    expect(of(play, seat, { is: 'whisper', with: 'p03' }, role).aside).toEqual([]);
  }
  expect(of(play, null, { is: 'whisper', with: 'nowhere' }, 'technician').aside).toEqual([]);
});

test('without an aside of one’s own, no routing ever names anybody’s', () => {
  const seats = ['p00', 'p01', 'p02', 'p03', 'p04'];
  const roles = ['point', 'chair', 'secretary', 'technician', 'wall'] as const;
  fc.assert(
    fc.property(
      fc.constantFrom(...roles),
      fc.constantFrom(...seats),
      fc.option(fc.constantFrom(...seats), { nil: null }),
      (role, seat, closer) => {
        const play = inSession();
        const sits = role === 'point' || role === 'chair';
        const viewer = { role, seat: sits ? seat : null, view: { tiles: 'all', closer } } as const;
        const { open, receive } = routing(play.state, viewer);
        expect(open).not.toContain('aside');
        expect(receive.some((w) => w.source === 'aside')).toBe(false);
      },
    ),
  );
});

test('what comes back to its own sender is made on the active leg only', () => {
  const play = Play.gathering(3);
  const wanted = routing(play.state, {
    role: 'point',
    seat: 'p01',
    view: wholeView,
    aside: { is: 'check' },
  });
  const plan = (standby: boolean) =>
    planFor({
      routing: wanted,
      token: 1,
      endpoint: {
        id: legEndpoint('p01', standby ? 'b' : 'a'),
        standby,
        leaving: false,
        receiving: new Map(),
      },
      here: standby ? 'n2' : 'n1',
      activeNode: 'n1',
      whereIs: () => ({ active: { leg: 'a', node: 'n1' }, standby: { leg: 'b', node: 'n2' } }),
      exists: () => true,
      prepare: true,
    });
  const own = (standby: boolean) =>
    plan(standby).receive.filter(({ stream }) => stream.endpoint.startsWith('p01:'));
  expect(own(false).map((r) => r.stream.source)).toEqual(['camera', 'aside']);
  expect(own(true)).toEqual([]);
});
