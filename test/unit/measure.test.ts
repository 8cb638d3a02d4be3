import { describe, expect, it } from 'vitest';
import { isDark } from '../../client/media/dark.ts';
import { activeLayers, capped } from '../../client/media/layers.ts';
import { machineOf } from '../../client/media/machine.ts';
import { type About, measure, type Snapshot, type Stat } from '../../client/media/measure.ts';

const about: About = {
  camera: 'own-track',
  microphoneOpen: false,
  expected: [{ seat: 'chair', source: 'camera', track: 'their-track' }],
};

const snapshot = (at: number, send: Stat[], receive: Stat[] = [], of = 'leg'): Snapshot => ({
  at,
  of,
  send,
  receive,
});

const camera = { id: 'S', type: 'media-source', kind: 'video', trackIdentifier: 'own-track' };
const layer = (id: string, stat: object) => ({
  id,
  type: 'outbound-rtp',
  kind: 'video',
  mediaSourceId: 'S',
  qualityLimitationReason: 'none',
  ...stat,
});
const picture = (stat: object) => ({
  id: 'I',
  type: 'inbound-rtp',
  kind: 'video',
  trackIdentifier: 'their-track',
  ...stat,
});

describe('what is sent', () => {
  it('is the rate of the fastest layer and the size of the largest that flows', () => {
    const before = snapshot(0, [
      camera,
      layer('l', { framesEncoded: 10, bytesSent: 1_000, packetsSent: 10 }),
      layer('m', { framesEncoded: 5, bytesSent: 2_000, packetsSent: 20 }),
      layer('h', { framesEncoded: 99, bytesSent: 9_000, packetsSent: 90 }),
    ]);
    const after = snapshot(2_000, [
      camera,
      layer('l', {
        framesEncoded: 40,
        bytesSent: 26_000,
        packetsSent: 60,
        frameWidth: 320,
        frameHeight: 180,
      }),
      layer('m', {
        framesEncoded: 55,
        bytesSent: 77_000,
        packetsSent: 70,
        frameWidth: 640,
        frameHeight: 360,
        qualityLimitationReason: 'cpu',
      }),
      // Switched off: its last size is no longer sent.
      layer('h', {
        framesEncoded: 99,
        bytesSent: 9_000,
        packetsSent: 90,
        frameWidth: 1280,
        frameHeight: 720,
        qualityLimitationReason: 'bandwidth',
      }),
      { id: 'R', type: 'remote-inbound-rtp', packetsLost: 5 },
    ]);
    const { sent, bitrateUp, lossUp } = measure(before, after, about);
    expect(sent).toEqual({
      framesPerSecond: 25,
      size: { width: 640, height: 360 },
      limitedBy: 'cpu',
    });
    expect(bitrateUp).toBe((25_000 + 75_000) * 4);
    // All that was lost since then, of all that was sent since then.
    expect(lossUp).toBeCloseTo(5 / 100);
  });

  it('is nothing without a camera, and a presentation is not taken for one', () => {
    const slides = { ...camera, id: 'P', trackIdentifier: 'slides' };
    const of = (framesEncoded: number) => [
      slides,
      layer('p', { framesEncoded, mediaSourceId: 'P' }),
    ];
    const { sent } = measure(snapshot(0, of(0)), snapshot(1_000, of(30)), {
      ...about,
      camera: null,
    });
    expect(sent).toEqual({ framesPerSecond: 0, size: null, limitedBy: 'none' });
  });
});

describe('what is received', () => {
  it('is measured for each expected picture by its own track', () => {
    const before = snapshot(0, [], [picture({ framesDecoded: 100, packetsReceived: 10 })]);
    const after = snapshot(
      2_000,
      [],
      [
        picture({
          framesDecoded: 150,
          frameWidth: 640,
          frameHeight: 360,
          packetsReceived: 100,
          packetsLost: 10,
          freezeCount: 2,
          totalFreezesDuration: 0.75,
        }),
        { id: 'X', type: 'inbound-rtp', kind: 'video', trackIdentifier: 'another' },
      ],
    );
    const { pictures, lossDown, freezes, frozenMs } = measure(before, after, about);
    expect(pictures).toEqual([
      {
        seat: 'chair',
        source: 'camera',
        framesPerSecond: 25,
        size: { width: 640, height: 360 },
      },
    ]);
    expect(lossDown).toBeCloseTo(10 / 100);
    expect({ freezes, frozenMs }).toEqual({ freezes: 2, frozenMs: 750 });
  });

  it('stands still where it should move: none decoded, or no stream at all', () => {
    const still = [picture({ framesDecoded: 100 })];
    const rate = (receive: Stat[]) =>
      measure(snapshot(0, [], still), snapshot(2_000, [], receive), about).pictures[0]
        ?.framesPerSecond;
    expect(rate(still)).toBe(0);
    expect(rate([])).toBe(0);
  });

  it('counts the sound that was made up, and not the silence', () => {
    const sound = (total: number, concealed: number, silent: number) => ({
      id: 'A',
      type: 'inbound-rtp',
      kind: 'audio',
      jitter: 0.012,
      totalSamplesReceived: total,
      concealedSamples: concealed,
      silentConcealedSamples: silent,
    });
    const { concealed, jitterMs } = measure(
      snapshot(0, [], [sound(0, 0, 0)]),
      snapshot(2_000, [], [sound(96_000, 30_000, 20_400)]),
      about,
    );
    expect(concealed).toBeCloseTo(0.1);
    expect(jitterMs).toBeCloseTo(12);
  });
});

it('packets that only try out the line are not missed', () => {
  const tried = (packetsReceived: number, packetsLost: number) => [
    { id: 'P', type: 'inbound-rtp', kind: 'video', mid: 'probator', packetsReceived, packetsLost },
    picture({ packetsReceived }),
  ];
  const { lossDown } = measure(
    snapshot(0, [], tried(0, 0)),
    snapshot(2_000, [], tried(30, 20)),
    about,
  );
  expect(lossDown).toBe(0);
});

it('the line is read from the pairs that are in use', () => {
  const pair = (id: string, stat: object) => ({ id, type: 'candidate-pair', ...stat });
  const { roundTripMs, availableUp } = measure(
    undefined,
    snapshot(0, [
      pair('used', {
        nominated: true,
        state: 'succeeded',
        currentRoundTripTime: 0.042,
        availableOutgoingBitrate: 1_500_000,
      }),
      pair('unused', { nominated: false, state: 'succeeded', currentRoundTripTime: 9 }),
      pair('failed', { nominated: true, state: 'failed', currentRoundTripTime: 9 }),
    ]),
    about,
  );
  expect(roundTripMs).toBeCloseTo(42);
  expect(availableUp).toBe(1_500_000);
});

it('figures of two legs are never compared: a new leg starts from nothing', () => {
  const before = snapshot(0, [layer('l', { bytesSent: 1_000 })], [], 'former');
  const after = snapshot(1_000, [layer('l', { bytesSent: 900_000, packetsSent: 9 })]);
  expect(measure(before, after, about)).toMatchObject({ bitrateUp: 0, lossUp: null });
});

it('the own level is told only while the microphone is open', () => {
  const source = { id: 'M', type: 'media-source', kind: 'audio', audioLevel: 0.5 };
  const level = (microphoneOpen: boolean) =>
    measure(undefined, snapshot(0, [source]), { ...about, microphoneOpen }).level;
  expect(level(true)).toBe(0.5);
  expect(level(false)).toBeNull();
});

it('a limit takes layers away from a demand, and never adds any', () => {
  expect(capped('high', 'low')).toBe('low');
  expect(capped('low', 'high')).toBe('low');
  expect(capped('off', 'low')).toBe('off');
  expect(capped('high', null)).toBe('high');
  expect(activeLayers(capped('high', 'medium'), 3)).toEqual([true, true, false]);
});

it('black is told from dim and from a dark room with a lamp', () => {
  const pixels = (luma: (pixel: number) => number) =>
    Array.from({ length: 144 * 4 }, (_, i) => (i % 4 === 3 ? 255 : luma(Math.floor(i / 4))));
  expect(isDark(pixels(() => 3))).toBe(true);
  expect(isDark(pixels((p) => (p % 7 === 0 ? 14 : 4)))).toBe(true);
  expect(isDark(pixels(() => 30))).toBe(false);
  expect(isDark(pixels((p) => (p === 70 ? 220 : 4)))).toBe(false);
  expect(isDark([])).toBe(false);
});

it('browsers and systems are named as people name them', () => {
  const mozilla = 'Mozilla/5.0';
  const chrome = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36';
  expect(machineOf(`${mozilla} (Windows NT 10.0; Win64; x64) ${chrome}`)).toEqual({
    browser: 'Chrome 138',
    system: 'Windows',
  });
  expect(machineOf(`${mozilla} (Windows NT 10.0) ${chrome} Edg/137.0.0.0`).browser).toBe(
    'Edge 137',
  );
  expect(
    machineOf(`${mozilla} (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0`),
  ).toEqual({
    browser: 'Firefox 140',
    system: 'Linux',
  });
  expect(machineOf('curl/8')).toEqual({ browser: '', system: '' });
});
