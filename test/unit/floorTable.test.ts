import { describe, expect, test } from 'vitest';
import type { Command } from '../../server/domain/command.ts';
import {
  afterVerb,
  type FloorVerb,
  type LiveStatus,
  requestById,
} from '../../server/domain/floor.ts';
import type { RequestId } from '../../server/domain/ids.ts';
import type { Actor } from '../../server/domain/permits.ts';
import { floorFaults } from '../support/journals.ts';
import { chair, point, secretary, system } from '../support/plan.ts';
import { Play } from '../support/play.ts';

/** RFC 8855's life cycle, written down a second time: what each verb makes of each status. */
const expected = {
  none: {
    accept: 'unknownRequest',
    move: 'unknownRequest',
    grant: 'unknownRequest',
    deny: 'unknownRequest',
    release: 'unknownRequest',
    revoke: 'unknownRequest',
  },
  pending: {
    accept: 'accepted',
    move: 'wrongStatus',
    grant: 'granted',
    deny: 'denied',
    release: 'cancelled',
    revoke: 'wrongStatus',
  },
  accepted: {
    accept: 'wrongStatus',
    move: 'accepted',
    grant: 'granted',
    deny: 'denied',
    release: 'cancelled',
    revoke: 'wrongStatus',
  },
  granted: {
    accept: 'wrongStatus',
    move: 'wrongStatus',
    grant: 'wrongStatus',
    deny: 'wrongStatus',
    release: 'released',
    revoke: 'revoked',
  },
} as const satisfies Record<LiveStatus | 'none', Record<FloorVerb, string>>;

const verbs = Object.keys(expected.none) as FloorVerb[];
const statuses = Object.keys(expected) as (keyof typeof expected)[];

/** Who may use a verb on another's request, and on their own. */
const mayUse: Record<string, { actor: Actor; may: (verb: FloorVerb) => string }> = {
  chair: { actor: chair, may: () => 'yes' },
  secretary: { actor: secretary, may: () => 'yes' },
  'the point itself': {
    actor: point('p01'),
    may: (verb) => (verb === 'release' ? 'yes' : 'notPermitted'),
  },
  'another point': {
    actor: point('p02'),
    may: (verb) => (verb === 'release' ? 'foreignSeat' : 'notPermitted'),
  },
  technician: { actor: { role: 'technician', seat: null }, may: () => 'notPermitted' },
  wall: { actor: { role: 'wall', seat: null }, may: () => 'notPermitted' },
  system: { actor: system, may: () => 'notPermitted' },
};

const commandOf = (verb: FloorVerb, request: RequestId): Command => {
  switch (verb) {
    case 'grant':
      return { type: 'floor.grant', target: { request }, replace: false };
    case 'move':
      return { type: 'floor.move', request, position: 2 };
    default:
      return { type: `floor.${verb}`, request };
  }
};

/** p01's request in that status; another one queued, so that there is somewhere to move. */
function briefingWith(status: LiveStatus | 'none') {
  const play = Play.gathering(4);
  if (status !== 'none') play.request('p01', status);
  play.request('p03', 'accepted');
  return play;
}

describe.each(statuses)('a request that is %s', (status) => {
  describe.each(verbs)('%s', (verb) => {
    test.each(Object.keys(mayUse))('by %s', (who) => {
      const play = briefingWith(status);
      const { actor, may } = mayUse[who] as (typeof mayUse)[string];
      const before = play.state;
      const request = play.requestIdOf('p01');
      const permitted = may(verb);
      const asExpected =
        permitted === 'yes' || (permitted === 'foreignSeat' && status === 'none')
          ? expected[status][verb]
          : permitted;
      const outcome = play.try(commandOf(verb, request), actor);
      if (typeof outcome === 'string') {
        expect(outcome).toBe(asExpected);
        expect(play.state).toBe(before);
        return;
      }
      const event = outcome[0]?.event;
      const became =
        event?.type === 'floor.moved' ? 'accepted' : event?.type.slice('floor.'.length);
      expect(became).toBe(asExpected);
      const live = requestById(play.state.floor, request)?.status;
      expect(live).toBe(['accepted', 'granted'].includes(asExpected) ? asExpected : undefined);
      expect(floorFaults(play.state)).toEqual([]);
    });
  });
});

test('the rules’ own table says the same', () => {
  for (const status of ['pending', 'accepted', 'granted'] as const) {
    for (const verb of verbs) {
      const becomes = expected[status][verb];
      expect(afterVerb(verb, status)).toBe(becomes === 'wrongStatus' ? undefined : becomes);
    }
  }
});

test('terminal requests are gone: nothing can be done to them any more', () => {
  for (const end of ['deny', 'release', 'revoke'] as const) {
    const play = Play.gathering(4);
    const request = play.request('p01', end === 'revoke' ? 'granted' : 'accepted');
    play.done(commandOf(end, request));
    for (const verb of verbs) expect(play.try(commandOf(verb, request))).toBe('unknownRequest');
  }
});
