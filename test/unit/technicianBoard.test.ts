import { describe, expect, it } from 'vitest';
import { withFresh } from '../../client/technician/board/history.ts';
import {
  isTrouble,
  type Known,
  standings,
  standOf,
  worstFirst,
} from '../../client/technician/board/standing.ts';
import type { Seat } from '../../server/domain/roster.ts';
import type { SiteReading } from '../../server/protocol/measures.ts';
import { measured, reading } from '../support/readings.ts';

const seat = (id: string, change: Partial<Seat> = {}): Seat => ({
  id,
  name: { vi: id, en: id },
  shortName: { vi: id, en: id },
  region: 'north',
  kind: 'province',
  order: 1,
  status: 'connected',
  since: 0,
  connection: 'socket',
  lostAtVersion: null,
  firstJoinedAt: 0,
  muted: false,
  ...change,
});

const now = 100_000;
/** Three measures of the same kind, two seconds apart. */
const three = (change: Partial<SiteReading> = {}) =>
  [4_000, 2_000, 0].map((ago) => measured('x', now - ago, change));
const known = (change: Partial<Known> = {}): Known => ({
  seat: seat('x'),
  report: { seat: 'x', camera: 'live', microphone: 'live' },
  recent: three(),
  sends: () => true,
  now,
  hearingSince: 0,
  ...change,
});

const frozen: Partial<SiteReading> = {
  pictures: [{ seat: 'chair', source: 'camera', framesPerSecond: 0, size: null }],
};

describe('standing', () => {
  it.each([
    ['lost', { seat: seat('x', { status: 'lost' }) }],
    ['device', { report: { seat: 'x', camera: 'missing', microphone: 'live' } }],
    ['device', { report: { seat: 'x', camera: 'live', microphone: 'denied' } }],
    ['picture', { recent: three(frozen) }],
    ['picture', { recent: three({ sent: { ...reading().sent, dark: true } }) }],
    ['picture', { recent: three({ sent: { ...reading().sent, framesPerSecond: 0 } }) }],
    ['unmeasured', { recent: [measured('x', now - 20_000)] }],
    ['unmeasured', { recent: [] }],
    ['bad', { recent: three({ lossUp: 0.2 }) }],
    ['bad', { recent: three({ roundTripMs: 1_500 }) }],
    ['fair', { recent: three({ lossDown: 0.02 }) }],
    ['good', {}],
    // It has just come: nothing can have been measured yet.
    ['good', { seat: seat('x', { since: now - 3_000 }), recent: [] }],
    ['expected', { seat: seat('x', { status: 'expected' }) }],
    ['excused', { seat: seat('x', { status: 'excused' }) }],
  ] as const)('is %s', (standing, change) => {
    expect(standOf(known(change as Partial<Known>)).standing).toBe(standing);
  });

  it('takes the gravest of several, and names them all, the gravest first', () => {
    const stand = standOf(
      known({
        report: { seat: 'x', camera: 'live', microphone: 'busy' },
        recent: three({ ...frozen, lossUp: 0.3 }),
      }),
    );
    expect(stand.standing).toBe('device');
    expect(stand.reasons.map((r) => r.is)).toEqual(['microphone', 'frozen', 'lossUp']);
  });

  it('one bad moment moves no row', () => {
    const once = [...three().slice(0, 2), measured('x', now, { ...frozen, lossUp: 0.1 })];
    expect(standOf(known({ recent: once })).standing).toBe('fair');
  });

  it('nobody is silent because this page itself heard nothing', () => {
    const recent = [measured('x', now - 20_000)];
    expect(standOf(known({ recent, hearingSince: null })).standing).toBe('good');
    expect(standOf(known({ recent, hearingSince: now - 3_000 })).standing).toBe('good');
    expect(standOf(known({ recent, hearingSince: now - 9_000 })).standing).toBe('unmeasured');
  });

  it('a picture whose sender sends none is not held against those who do not see it', () => {
    expect(standOf(known({ recent: three(frozen), sends: () => false })).standing).toBe('good');
  });
});

it('the worst come first, and those that stand alike in protocol order', () => {
  const seats = standings
    .toReversed()
    .flatMap((standing, place) => [
      seat(`${standing}-b`, { order: 50 + place }),
      seat(`${standing}-a`, { order: place }),
    ]);
  const stands = new Map(
    seats.map((s) => {
      const standing = standings.find((name) => s.id.startsWith(name)) ?? 'good';
      return [s.id, { standing, reasons: [] }] as const;
    }),
  );
  expect(worstFirst(stands, seats).map((s) => s.id)).toEqual(
    standings.flatMap((standing) => [`${standing}-a`, `${standing}-b`]),
  );
});

it('faults are what something should be done about', () => {
  expect(standings.filter(isTrouble)).toEqual(['lost', 'device', 'picture', 'unmeasured', 'bad']);
});

it('the history keeps each measure once, the newest last, and only so many', () => {
  let rows: ReturnType<typeof withFresh> = new Map();
  for (let at = 1; at <= 200; at++) {
    const told = new Map([['x', measured('x', at)]]);
    rows = withFresh(withFresh(rows, told), told);
  }
  const kept = rows.get('x') ?? [];
  expect(kept.at(-1)?.at).toBe(200);
  expect(kept).toHaveLength(90);
  expect(kept[0]?.at).toBe(111);
});
