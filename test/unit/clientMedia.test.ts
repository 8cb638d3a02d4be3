import { describe, expect, it } from 'vitest';
import { activeLayers, encodingsFor, startBitrate } from '../../client/media/layers.ts';
import { splitKey, streamKey } from '../../client/media/streamKey.ts';
import type { VideoProfile } from '../../server/protocol/wire.ts';

const profile: VideoProfile = {
  width: 1280,
  height: 720,
  frameRate: 25,
  layers: [
    { maxBitrate: 120_000, scaleDownBy: 4, maxFrameRate: 15 },
    { maxBitrate: 450_000, scaleDownBy: 2, maxFrameRate: 25 },
    { maxBitrate: 1_500_000, scaleDownBy: 1, maxFrameRate: 25 },
  ],
};

describe('encodingsFor', () => {
  it('sends every layer of a full picture, lowest first', () => {
    expect(encodingsFor(profile, 720)).toEqual([
      { maxBitrate: 120_000, maxFramerate: 15, scaleResolutionDownBy: 4 },
      { maxBitrate: 450_000, maxFramerate: 25, scaleResolutionDownBy: 2 },
      { maxBitrate: 1_500_000, maxFramerate: 25, scaleResolutionDownBy: 1 },
    ]);
  });

  it('sends two layers below 360 lines and one below 180, the best of them unscaled', () => {
    const scales = (height: number) =>
      encodingsFor(profile, height).map((e) => e.scaleResolutionDownBy);
    expect(scales(359)).toEqual([2, 1]);
    expect(scales(180)).toEqual([2, 1]);
    expect(scales(179)).toEqual([1]);
    expect(scales(54)).toEqual([1]);
  });

  it('spends no more on a small picture than its layers may have', () => {
    expect(encodingsFor(profile, 90)[0]?.maxBitrate).toBe(120_000);
  });

  it('trusts the profile where the browser does not say how large the picture is', () => {
    expect(encodingsFor(profile, undefined)).toHaveLength(3);
  });
});

describe('activeLayers', () => {
  it('encodes nothing that nobody wants', () => {
    expect(activeLayers('off', 3)).toEqual([false, false, false]);
    expect(activeLayers('low', 3)).toEqual([true, false, false]);
    expect(activeLayers('medium', 3)).toEqual([true, true, false]);
    expect(activeLayers('high', 3)).toEqual([true, true, true]);
  });

  it('gives all it has where there are fewer layers than asked for', () => {
    expect(activeLayers('high', 1)).toEqual([true]);
    expect(activeLayers('medium', 1)).toEqual([true]);
    expect(activeLayers('off', 1)).toEqual([false]);
  });
});

describe('startBitrate', () => {
  const encodings = encodingsFor(profile, 720);

  it('starts where the best layer is encoded at once, or where the line is known to end', () => {
    expect(startBitrate(encodings)).toBe(1_320_000);
    expect(startBitrate(encodings, 5_000_000)).toBe(1_320_000);
    expect(startBitrate(encodings, 400_000)).toBe(400_000);
  });

  it('never starts below the lowest layer, nor below what browsers start with by themselves', () => {
    expect(startBitrate(encodings, 10_000)).toBe(120_000);
    expect(startBitrate(encodingsFor(profile, 90))).toBe(300_000);
    expect(startBitrate(encodingsFor(profile, 90), 200_000)).toBe(200_000);
  });
});

describe('streamKey', () => {
  it('can be taken apart again', () => {
    expect(splitKey(streamKey('lao-cai', 'camera'))).toEqual({ seat: 'lao-cai', source: 'camera' });
  });
});
