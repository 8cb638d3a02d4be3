import { describe, expect, it } from 'vitest';
import { addressOf, searchOf } from '../../client/wall/address.ts';
import { cycleFrom } from '../../client/wall/cycle.ts';
import { boardGrid } from '../../client/wall/grid.ts';
import { regions, seatsIn, slotsOf } from '../../client/wall/slots.ts';
import {
  floorMark,
  isFault,
  loudness,
  unacknowledgedSince,
  type WhyNot,
  whyNot,
} from '../../client/wall/stand.ts';
import { tileName } from '../../client/wall/tileName.ts';
import { neighbour } from '../../client/wall/walk.ts';
import { loadBriefing } from '../../config/briefing.ts';
import { nothing } from '../../server/domain/evolve.ts';
import type { FloorRequest } from '../../server/domain/floor.ts';
import type { Message } from '../../server/domain/message.ts';
import type { Seat } from '../../server/domain/roster.ts';

const roster = loadBriefing('2019-06').points.points.map(
  (p, i): Seat => ({
    id: p.id,
    name: p.name,
    shortName: p.shortName ?? p.name,
    region: p.region,
    kind: p.kind,
    order: i + 1,
    status: 'connected',
    since: 1,
    connection: 'c',
    lostAtVersion: null,
    firstJoinedAt: 1,
    muted: false,
  }),
);

describe('the address of a display', () => {
  it('says order, display and cyclic view, and is written as it was read', () => {
    const search = '?order=region&page=2&of=3&cycle=10';
    const address = { order: 'region', page: 2, of: 3, cycle: 10 } as const;
    expect(addressOf(search)).toEqual(address);
    expect(addressOf(searchOf('', address))).toEqual(address);
  });

  it('leaves out what is usual and leaves in what is not its own', () => {
    const usual = addressOf('');
    expect(usual).toEqual({ order: 'protocol', page: 1, of: 1, cycle: null });
    expect(searchOf('?order=region&page=2&of=2&cycle=5', usual)).toBe('');
    expect(searchOf('?lang=en&cycle=5', usual)).toBe('?lang=en');
  });

  it('mistrusts what people type', () => {
    expect(addressOf('?order=x&cycle=-3').cycle).toBeNull();
    expect(addressOf('?order=x').order).toBe('protocol');
    expect(addressOf('?cycle=soon').cycle).toBeNull();
    expect(addressOf('?cycle=0.1').cycle).toBe(3);
    expect(addressOf('?cycle=99999').cycle).toBe(600);
  });
});

describe('the places on the board', () => {
  const whole = { page: 1, of: 1 };

  it('are those of the protocol, whatever state the sites are in', () => {
    const slots = slotsOf(roster, { ...whole, order: 'protocol' });
    expect(seatsIn(slots)).toEqual(roster.map((s) => s.id));
    const lost = roster.map((s): Seat => ({ ...s, status: 'lost' }));
    expect(slotsOf(lost, { ...whole, order: 'protocol' })).toEqual(slots);
  });

  it('by region have each region once, from north to south, with all of its sites behind it', () => {
    const slots = slotsOf(roster, { ...whole, order: 'region' });
    const heads = slots.flatMap((s) => (s.is === 'region' ? [s.region] : []));
    expect(heads).toEqual(regions);
    expect(seatsIn(slots).toSorted()).toEqual(roster.map((s) => s.id).toSorted());
    const regionOf = new Map(roster.map((s) => [s.id, s.region]));
    let head: string | undefined;
    for (const slot of slots) {
      if (slot.is === 'region') head = slot.region;
      else expect(regionOf.get(slot.seat)).toBe(head);
    }
  });

  it('are shared among displays without losing any, and a shared region is counted whole', () => {
    for (const order of ['protocol', 'region'] as const) {
      for (const of of [2, 3, 4]) {
        const pages = Array.from({ length: of }, (_, i) =>
          slotsOf(roster, { order, page: i + 1, of }),
        );
        const once = slotsOf(roster, { ...whole, order });
        expect(pages.flatMap(seatsIn)).toEqual(seatsIn(once));
        for (const slot of pages.flat()) {
          if (slot.is !== 'region') continue;
          const all = roster.filter((s) => s.region === slot.region);
          expect(slot.seats).toHaveLength(all.length);
        }
      }
    }
  });

  it('put a region that nobody knows behind the others', () => {
    const strange = { ...roster[0], id: 'x', region: 'atlantis' } as Seat;
    expect(seatsIn(slotsOf([strange, ...roster], { ...whole, order: 'region' })).at(-1)).toBe('x');
  });
});

describe('the grid of the board', () => {
  it('has room for all, for the large place, and for its own tile, and is full to the end', () => {
    for (const tiles of [1, 2, 5, 18, 24, 36, 71, 79]) {
      for (const withLarge of [false, true]) {
        for (const [width, height] of [
          [1920, 1080],
          [1366, 768],
          [1080, 1920],
          [3840, 800],
        ] as const) {
          const grid = boardGrid({ tiles, withLarge, width, height });
          const used = tiles + grid.large ** 2 + grid.own;
          expect(used).toBeLessThanOrEqual(grid.columns * grid.rows);
          expect(grid.large).toBeLessThanOrEqual(Math.min(grid.columns, grid.rows));
          expect(grid.large > 0).toBe(withLarge);
          expect(grid.own).toBeGreaterThanOrEqual(1);
        }
      }
    }
  });

  it('gives the cyclic view about a quarter of 71 sites, whose tiles then are 16:9', () => {
    const size = { width: 1920, height: 1080 };
    expect(boardGrid({ tiles: 71, withLarge: true, ...size })).toEqual({
      columns: 10,
      rows: 10,
      large: 5,
      own: 4,
    });
  });
});

describe('what a tile says', () => {
  const look = (status: Seat['status'], camera?: 'live' | 'busy', picture?: 'live' | 'still') =>
    whyNot({ seat: { status }, camera, picture: picture ?? 'none' });

  it('names the first cause of a missing picture, and never shows that of a lost site', () => {
    expect(look('lost', 'live', 'live')).toBe('lost');
    expect(look('expected')).toBe('expected');
    expect(look('connected', 'busy', 'live')).toBe('busy');
    expect(look('connected', 'live', 'still')).toBe('still');
    expect(look('connected', undefined, 'live')).toBeNull();
    expect(look('connected', 'live')).toBe('waiting');
  });

  it('takes for a fault what is wrong, and not what is only to come', () => {
    const calm: WhyNot[] = ['expected', 'excused', 'waiting'];
    const faults: WhyNot[] = ['lost', 'missing', 'busy', 'denied', 'insecure', 'still'];
    expect(calm.map(isFault)).toEqual([false, false, false]);
    expect(faults.every(isFault)).toBe(true);
  });

  it('marks who is on air, who waits at which place, and who asks', () => {
    const request = (id: string, beneficiary: string, status: FloorRequest['status']) => ({
      id,
      kind: (id === 'r5' ? 'reply' : 'speech') as FloorRequest['kind'],
      beneficiary,
      requestedBy: { role: 'point', seat: beneficiary } as const,
      priority: 2 as const,
      status,
      requestedAt: 1,
      grantedAt: null,
      grantVersion: null,
      time: null,
    });
    const floor = {
      ...nothing.floor,
      requests: [
        request('r1', 'a', 'accepted'),
        request('r2', 'b', 'accepted'),
        request('r3', 'c', 'pending'),
        request('r4', 'd', 'granted'),
        request('r5', 'f', 'accepted'),
      ],
      queue: ['r2', 'r1'],
      replies: ['r5'],
      holders: ['r4'],
    };
    expect(['a', 'b', 'c', 'd', 'e', 'f'].map((seat) => floorMark(floor, seat))).toEqual([
      { is: 'queued', kind: 'speech', place: 2 },
      { is: 'queued', kind: 'speech', place: 1 },
      { is: 'pending' },
      { is: 'onAir' },
      null,
      { is: 'queued', kind: 'reply', place: 1 },
    ]);
  });

  it('marks a message until the site has acknowledged it', () => {
    const message = (id: string, to: Message['to'], acknowledged: Message['acknowledged']) => ({
      id,
      to,
      text: 'x',
      by: { role: 'chair', seat: 'z' } as const,
      sentAt: Number(id),
      sentVersion: 1,
      acknowledged,
    });
    const messages = [message('10', 'all', { a: 11 }), message('20', ['a', 'b'], { b: 21 })];
    expect(unacknowledgedSince(messages, 'a')).toBe(20);
    expect(unacknowledgedSince(messages, 'b')).toBe(10);
    expect(unacknowledgedSince(messages, 'c')).toBe(10);
    expect(unacknowledgedSince(messages.slice(1), 'c')).toBeNull();
  });

  it('shows a louder sound as louder, and silence as nothing', () => {
    expect([undefined, -127, -60].map(loudness)).toEqual([0, 0, 0]);
    expect(loudness(-50)).toBeGreaterThan(0);
    expect(loudness(-30)).toBeGreaterThan(loudness(-45));
    expect(loudness(0)).toBe(1);
  });

  it('uses the short name where the whole one has no room', () => {
    const seat = {
      name: { vi: 'Đảng ủy Khối các cơ quan Trung ương', en: 'Central Agencies' },
      shortName: { vi: 'Khối các cơ quan TW', en: 'Agencies' },
    };
    const vi = (name: { vi: string }) => name.vi;
    expect(tileName(seat, { width: 213, local: vi })).toBe(seat.shortName.vi);
    expect(tileName(seat, { width: 213, local: (name) => name.en })).toBe(seat.name.en);
    expect(tileName(seat, { width: 90, local: (name) => name.en })).toBe(seat.shortName.en);
  });
});

describe('the cyclic view', () => {
  const order = ['a', 'b', 'c', 'd'];
  const shows = (seat: string) => seat !== 'b';

  it('goes round the sites that show anything, both ways', () => {
    expect(cycleFrom({ order, shows, at: 'a', by: 1 })).toBe('c');
    expect(cycleFrom({ order, shows, at: 'd', by: 1 })).toBe('a');
    expect(cycleFrom({ order, shows, at: 'c', by: -1 })).toBe('a');
    expect(cycleFrom({ order, shows, at: 'a', by: -1 })).toBe('d');
  });

  it('begins at the beginning, goes on from where one left, and stays where there is but one', () => {
    expect(cycleFrom({ order, shows, at: null, by: 1 })).toBe('a');
    expect(cycleFrom({ order, shows, at: null, by: -1 })).toBe('d');
    expect(cycleFrom({ order, shows, at: 'b', by: 1 })).toBe('c');
    expect(cycleFrom({ order, shows: (s) => s === 'c', at: 'c', by: 1 })).toBe('c');
    expect(cycleFrom({ order, shows: () => false, at: 'c', by: 1 })).toBeNull();
    expect(cycleFrom({ order: [], shows, at: null, by: 1 })).toBeNull();
  });
});

describe('walking over the board', () => {
  // Three by two, with a hole where the head of a region stands.
  const spots = [
    { x: 0, y: 0 },
    { x: 10, y: 0 },
    { x: 20, y: 0 },
    { x: 0, y: 10 },
    { x: 20, y: 10 },
  ];

  it('goes to the next in the row or the column, over what is no tile', () => {
    expect(neighbour(spots, 0, 'ArrowRight')).toBe(1);
    expect(neighbour(spots, 3, 'ArrowRight')).toBe(4);
    expect(neighbour(spots, 4, 'ArrowUp')).toBe(2);
    expect(neighbour(spots, 4, 'ArrowLeft')).toBe(3);
    expect(neighbour(spots, 0, 'ArrowDown')).toBe(3);
  });

  it('stays at the edge, and for other keys', () => {
    expect(neighbour(spots, 2, 'ArrowRight')).toBe(-1);
    expect(neighbour(spots, 0, 'ArrowUp')).toBe(-1);
    expect(neighbour(spots, 0, 'Enter')).toBe(-1);
    expect(neighbour([], 0, 'ArrowUp')).toBe(-1);
  });
});
