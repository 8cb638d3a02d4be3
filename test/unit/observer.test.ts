import type { Frame } from 'playwright-core';
import { afterEach, expect, test, vi } from 'vitest';
import { earCode } from '../../scripts/rehearse/ear.ts';
import { joined, pictureGap, soundGap, steadySince } from '../../scripts/rehearse/gaps.ts';
import type { PageObserver } from '../../scripts/rehearse/observing.ts';
import { toneCode } from '../../scripts/rehearse/tone.ts';
import { observe } from '../support/observer.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

const pictures = (site: number | null, ...times: number[]) => times.map((at) => ({ at, site }));
const whole = { from: 0, to: 1_000 };

test('a gap in pictures is the longest time between two in a row of that site', () => {
  const seen = pictures(3, 0, 100, 200, 650, 700, 800, 900, 1_000);
  expect(pictureGap(seen, 3, whole)).toBe(450);
  // Black, or somebody else's picture, does not fill it.
  const filled = [...seen, ...pictures(null, 300, 400), ...pictures(4, 500)];
  expect(pictureGap(filled, 3, whole)).toBe(450);
  expect(pictureGap([...seen, ...pictures(3, 300, 400)], 3, whole)).toBe(250);
});

test('a gap that reaches into the window counts whole, one beyond it not at all', () => {
  const seen = pictures(3, 0, 400, 500, 600, 1_400);
  expect(pictureGap(seen, 3, { from: 300, to: 600 })).toBe(400);
  expect(pictureGap(seen, 3, { from: 450, to: 600 })).toBe(100);
});

test('a gap that has not ended counts up to the end of the window', () => {
  expect(pictureGap(pictures(3, 0, 100), 3, whole)).toBe(900);
  expect(pictureGap(pictures(3, 0, 100), 3, { from: 500, to: 1_000 })).toBe(900);
  expect(pictureGap([], 3, whole)).toBe(1_000);
  expect(pictureGap(pictures(3, 300, 400, 1_000), 3, whole)).toBe(600);
});

test('sound without a break still has the length of a slice', () => {
  expect(soundGap([{ site: 3, from: -50, to: 2_000 }], 3, whole)).toBe(10);
});

test('a gap in sound is measured for each site by itself', () => {
  const sounds = [
    { site: 3, from: 0, to: 200 },
    { site: 3, from: 520, to: 1_000 },
    { site: 0, from: 0, to: 1_000 },
  ];
  expect(soundGap(sounds, 3, whole)).toBe(330);
  expect(soundGap(sounds, 0, whole)).toBe(10);
  expect(soundGap(sounds, 5, whole)).toBe(1_010);
  expect(soundGap(sounds, 3, { from: 600, to: 900 })).toBe(10);
});

test('a sound that is told in parts is one sound', () => {
  const part = (from: number, to: number) => ({ pictures: [], sounds: [{ site: 3, from, to }] });
  expect(joined([part(0, 100), part(100, 200), part(230, 300)]).sounds).toEqual([
    { site: 3, from: 0, to: 200 },
    { site: 3, from: 230, to: 300 },
  ]);
});

test('what has come back is steady from its last long break on', () => {
  const at = (...times: number[]) => times.map((t) => ({ from: t, to: t }));
  expect(steadySince(at(0, 100, 900, 1_000), 300, 1_100)).toBe(900);
  expect(steadySince(at(0, 100, 900, 1_000), 300, 1_500)).toBeNull();
  expect(steadySince([], 300, 1_000)).toBeNull();
});

/** Whose tone a slice is, of 30 ms of this frequency and loudness at 16 kHz. */
function whose(hertz: number, loudness = 0.15): (number | null)[] {
  const samples = Float32Array.from(
    { length: 480 },
    (_, i) => loudness * Math.sin((2 * Math.PI * hertz * i) / 16_000 + 0.3),
  );
  return earCode(toneCode().siteAt).slices(samples, 16_000);
}

test('every site is told by ten milliseconds of its tone', () => {
  for (let site = 0; site <= 71; site++) {
    expect(whose(400 + site * 50)).toEqual([site, site, site]);
  }
});

test('silence is nobody, and what lies between two tones is nobody of them', () => {
  expect(whose(600, 0)).toEqual([null, null, null]);
  // What is left of a tone once it has faded by half.
  expect(whose(600, 0.07)).toEqual([null, null, null]);
  expect(whose(625)).toEqual([-1, -1, -1]);
  expect(whose(100)).toEqual([-1, -1, -1]);
});

/** A page whose code runs here, with this observer in its window. */
function pageWith(observer: PageObserver): Frame {
  vi.stubGlobal('window', { observer });
  return { evaluate: async (code: () => unknown) => code() } as unknown as Frame;
}

test('an observation adds up what it reads, and tells the longest gaps of what is expected', async () => {
  let started = 0;
  const parts = [
    { pictures: pictures(3, 1_000, 1_100), sounds: [{ site: 0, from: 1_000, to: 1_100 }] },
    { pictures: pictures(3, 1_600, 1_700), sounds: [{ site: 0, from: 1_100, to: 2_000 }] },
  ];
  const page = pageWith({
    start: () => {
      started += 1;
    },
    take: () => parts.shift() ?? { pictures: [], sounds: [] },
  });
  const observation = await observe(page);
  expect(started).toBe(1);
  expect((await observation.read()).pictures).toHaveLength(2);
  const window = { from: 1_000, to: 1_750 };
  expect(await observation.longestGap({ main: 3, heard: [0] }, window)).toEqual({
    picture: 500,
    sound: 10,
  });
  expect(await observation.longestGap({ heard: [0, 3] }, window)).toEqual({
    picture: null,
    sound: 760,
  });
  expect((await observation.read()).sounds).toEqual([{ site: 0, from: 1_000, to: 2_000 }]);
});
