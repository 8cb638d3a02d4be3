import { describe, expect, it } from 'vitest';
import { withFaults } from '../../client/link/faults.ts';
import { nothingSeen, type Watch, watch } from '../../server/gateway/sites/watch.ts';
import { LevelMeter } from '../../server/media/levels.ts';
import { type FaultEntry, mostFaults } from '../../server/protocol/faults.ts';
import { notable, type SiteReading } from '../../server/protocol/measures.ts';
import { reading } from '../support/readings.ts';
import { until } from '../support/until.ts';

const everybody = () => true;

/** Feeds readings one after the other; answers what began and ended, by the number of the reading. */
function feed(readings: readonly SiteReading[], sends: (seat: string) => boolean = everybody) {
  let seen: Watch = nothingSeen;
  return readings.flatMap((r, index) => {
    const { watch: next, began, ended } = watch(seen, r, sends);
    seen = next;
    return [...began.map((t) => `${index} ${t} began`), ...ended.map((t) => `${index} ${t} ended`)];
  });
}

const loss = (share: number) => reading({ lossDown: share });

describe('hysteresis', () => {
  it('one bad reading is no fault; two in a row are, once', () => {
    expect(feed([loss(0.2), loss(0), loss(0.2), loss(0)])).toEqual([]);
    expect(feed([loss(0.2), loss(0.2), loss(0.2)])).toEqual(['1 loss began']);
  });

  it('it ends only with three readings in a row that are clearly better', () => {
    const bad = [loss(0.2), loss(0.2)];
    // Better than what began it, and not good again.
    expect(feed([...bad, loss(0.03), loss(0.03), loss(0.03), loss(0.03)])).toEqual([
      '1 loss began',
    ]);
    expect(feed([...bad, loss(0), loss(0), loss(0.03), loss(0), loss(0), loss(0)])).toEqual([
      '1 loss began',
      '7 loss ended',
    ]);
  });

  it('troubles are counted each for itself', () => {
    const both = reading({ lossUp: 0.3, roundTripMs: 2_000 });
    const slow = reading({ roundTripMs: 2_000 });
    expect(feed([both, both, slow, slow, slow])).toEqual([
      '1 loss began',
      '1 delay began',
      '4 loss ended',
    ]);
  });
});

describe('a picture that stands still', () => {
  const frozen = reading({
    pictures: [{ seat: 'other', source: 'camera', framesPerSecond: 0, size: null }],
  });

  it('is a fault here if its sender says that it sends, and else the sender’s own', () => {
    expect(feed([frozen, frozen])).toEqual(['1 picture began']);
    expect(feed([frozen, frozen], () => false)).toEqual([]);
  });

  it('is none if it is slides, or nobody can see it', () => {
    const slides = reading({
      pictures: [{ seat: 'other', source: 'presentation', framesPerSecond: 0, size: null }],
    });
    expect(feed([slides, slides])).toEqual([]);
    const hidden = { ...frozen, visible: false };
    expect(feed([hidden, hidden])).toEqual([]);
  });

  it('is the own camera’s if that is wanted, there, and sends nothing', () => {
    const sent = { ...reading().sent, framesPerSecond: 0 };
    const silent = reading({ sent });
    expect(feed([silent, silent])).toEqual(['1 camera began']);
    const unwanted = reading({ sent: { ...sent, wanted: 'off' } });
    expect(feed([unwanted, unwanted])).toEqual([]);
    // Without a camera the fault is the device's, and said as such.
    const none = reading({ sent, cameraLabel: null });
    expect(feed([none, none])).toEqual([]);
  });
});

it('figures alone are no notable change; a device, a node and a picture that stops are', () => {
  const before = notable(reading());
  expect(notable(reading({ roundTripMs: 99, lossUp: 0.5, bitrateUp: 1, uptimeMs: 1 }))).toBe(
    before,
  );
  expect(notable(reading({ node: 'sfu-2' }))).not.toBe(before);
  expect(notable(reading({ cameraLabel: null }))).not.toBe(before);
  const still = [{ seat: 'chair', source: 'camera' as const, framesPerSecond: 0, size: null }];
  expect(notable(reading({ pictures: still }))).not.toBe(before);
});

describe('the log on a page', () => {
  const entry = (id: string, at: number): FaultEntry => ({
    id,
    at,
    what: { is: 'seatLost', seat: 'x' },
  });

  it('is newest first, holds a fact once, and is bounded', () => {
    const log = withFaults([entry('b', 2), entry('a', 1)], [entry('c', 3), entry('a', 1)]);
    expect(log.map((e) => e.id)).toEqual(['c', 'b', 'a']);
    const many = Array.from({ length: mostFaults + 50 }, (_, i) => entry(`e${i}`, i));
    const full = withFaults([], many);
    expect(full).toHaveLength(mostFaults);
    expect(full[0]?.id).toBe(`e${mostFaults + 49}`);
  });
});

describe('levels of several nodes', () => {
  it('are put together by seat; a node that is gone takes its own away, and silence is told once', async () => {
    const told: Readonly<Record<string, number>>[] = [];
    const meter = new LevelMeter((_, levels) => told.push(levels));
    const next = async (levels: Record<string, number>) => {
      await until(() => told.length > 0, { what: 'a word about levels' });
      expect(told.splice(0)).toEqual([levels]);
    };
    meter.hear('b', 'n1', [
      { endpoint: 'east:a', level: -20 },
      { endpoint: 'west:b', level: -50 },
    ]);
    // A seat that moves sounds on both its legs: the louder one counts.
    meter.hear('b', 'n2', [{ endpoint: 'west:a', level: -30 }]);
    await next({ east: -20, west: -30 });
    meter.forget('n2');
    await next({ east: -20, west: -50 });
    meter.hear('b', 'n1', []);
    await next({});
    meter.hear('b', 'n1', []);
    meter.hear('b', 'n1', [{ endpoint: 'east:a', level: -10 }]);
    await next({ east: -10 });
    meter.close();
  });
});
