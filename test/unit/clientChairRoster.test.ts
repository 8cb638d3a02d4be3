import { describe, expect, it } from 'vitest';
import { senseLine } from '../../client/chair/roster/lineSense.ts';
import { listed } from '../../client/chair/roster/listing.ts';
import { lineTroubleOf, troublesOf } from '../../client/chair/roster/troubles.ts';
import { inOrder } from '../../client/ui/roster.ts';
import type { Seat } from '../../server/domain/roster.ts';
import type { SiteMeasure } from '../../server/protocol/wire.ts';
import { seatId } from '../support/plan.ts';
import { Play } from '../support/play.ts';

const play = Play.gathering(6);
play.lose(seatId(4));
play.done({ type: 'seat.mute', seat: seatId(2) });
const seats = inOrder(play.state.seats);
const at = (n: number) => play.state.seats[seatId(n)] as Seat;

describe('roster', () => {
  const ails = (seat: Seat) => seat.id === seatId(3) || seat.status === 'lost';
  const list = (o: Partial<Parameters<typeof listed>[0]>) =>
    listed({ seats, query: '', filter: 'all', order: 'protocol', ails, ...o }).map((s) => s.order);

  it('stays in protocol order, filtered or not', () => {
    expect(list({})).toEqual([1, 2, 3, 4, 5, 6]);
    expect(list({ filter: 'connected' })).toEqual([1, 2, 3, 5]);
    expect(list({ filter: 'absent' })).toEqual([6]);
    expect(list({ filter: 'faults' })).toEqual([3, 4]);
    expect(list({ filter: 'muted' })).toEqual([2]);
  });

  it('puts the absent or the ailing first, each part in protocol order', () => {
    expect(list({ order: 'absent' })).toEqual([6, 1, 2, 3, 4, 5]);
    expect(list({ order: 'faults' })).toEqual([3, 4, 1, 2, 5, 6]);
  });

  it('finds by either language and by the short name', () => {
    expect(list({ query: 'diem 5' })).toEqual([5]);
    expect(list({ query: 'Point 5' })).toEqual([5]);
    expect(list({ query: 'p5' })).toEqual([5]);
  });
});

const measure = (o: Partial<SiteMeasure> = {}): SiteMeasure => ({
  seat: seatId(1),
  at: 1,
  since: 1,
  roundTripMs: 40,
  lossUp: 0,
  lossDown: 0.01,
  jitterMs: 3,
  bitrateUp: 500_000,
  bitrateDown: 900_000,
  availableUp: null,
  sent: { wanted: 'low', framesPerSecond: 10, size: null, limitedBy: 'none', dark: false },
  pictures: [],
  freezes: 0,
  frozenMs: 0,
  concealed: 0,
  level: null,
  cameraLabel: null,
  microphoneLabel: null,
  browser: 'Chromium',
  system: 'Linux',
  node: 'sfu-1',
  leg: 'a',
  standbyNode: null,
  cap: null,
  visible: true,
  uptimeMs: 1_000,
  ...o,
});

describe('troubles', () => {
  const of = (seat: Seat, o: Partial<Parameters<typeof troublesOf>[0]> = {}) =>
    troublesOf({ seat, report: undefined, measure: undefined, line: null, ...o });

  it('are none where nothing is known, or where nobody has come yet', () => {
    expect(of(at(1))).toEqual([]);
    expect(of(at(6))).toEqual([]);
    expect(of(at(1), { measure: measure() })).toEqual([]);
  });

  it('of a lost site are only that it is lost', () => {
    const report = { seat: seatId(4), camera: 'missing', microphone: 'live' } as const;
    expect(of(at(4), { report })).toEqual([{ is: 'lost' }]);
  });

  it('name the devices, the microphone first', () => {
    const report = { seat: seatId(1), camera: 'busy', microphone: 'missing' } as const;
    expect(of(at(1), { report })).toEqual([
      { is: 'microphone', why: 'missing' },
      { is: 'camera', why: 'busy' },
    ]);
  });

  it('tell a camera that sends nothing from one that nobody wants', () => {
    const sent = { ...measure().sent, framesPerSecond: 0 };
    expect(of(at(1), { measure: measure({ sent }) })).toEqual([{ is: 'noPicture' }]);
    const unwanted = measure({ sent: { ...sent, wanted: 'off' } });
    expect(of(at(1), { measure: unwanted })).toEqual([]);
    expect(of(at(1), { measure: measure({ sent, visible: false }) })).toEqual([]);
  });
});

describe('line', () => {
  const bad = { lossUp: 0.3 };

  it('is ill by loss either way, or by delay', () => {
    expect(lineTroubleOf(measure())).toBeNull();
    expect(lineTroubleOf(measure({ lossUp: 0.02, lossDown: 0.3 }))).toEqual({
      is: 'loss',
      share: 0.3,
    });
    expect(lineTroubleOf(measure({ roundTripMs: 900 }))).toEqual({ is: 'delay', ms: 900 });
    expect(lineTroubleOf(measure({ roundTripMs: null, lossUp: null, lossDown: null }))).toBeNull();
  });

  it('is said to be ill, and to be well again, only when three readings in a row say so', () => {
    const readings = [bad, {}, bad, bad, bad, {}, {}, bad, {}, {}, {}];
    let sense = senseLine(undefined, measure({ at: 0 }));
    const said = readings.map((reading, i) => {
      sense = senseLine(sense, measure({ at: i + 1, ...reading }));
      return sense.trouble !== null;
    });
    expect(said).toEqual([false, false, false, false, true, true, true, true, true, true, false]);
  });

  it('is not judged twice by one reading', () => {
    const one = measure({ at: 7, ...bad });
    let sense = senseLine(undefined, one);
    for (let i = 0; i < 5; i++) sense = senseLine(sense, one);
    expect(sense).toMatchObject({ against: 1, trouble: null });
  });
});
