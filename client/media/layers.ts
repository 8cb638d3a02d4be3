import type { Demand, VideoProfile } from '../../server/protocol/wire.ts';

/** One simulcast layer as RTCRtpSender takes it (webrtc-pc §5.2, RTCRtpEncodingParameters). */
interface Encoding {
  readonly maxBitrate: number;
  readonly maxFramerate: number;
  readonly scaleResolutionDownBy: number;
}

/**
 * The simulcast layers worth sending for a picture of `height` lines, lowest first. A small
 * picture gets fewer: a quarter of 90 lines helps nobody, and libwebrtc drops such layers anyway.
 */
export function encodingsFor(profile: VideoProfile, height: number | undefined): Encoding[] {
  const lines = height ?? profile.height;
  const most = lines < 180 ? 1 : lines < 360 ? 2 : profile.layers.length;
  const layers = profile.layers.slice(0, most);
  // The best layer that is left is the picture as it is; the others keep their proportion to it.
  const best = layers.at(-1)?.scaleDownBy ?? 1;
  return layers.map(({ maxBitrate, scaleDownBy, maxFrameRate }) => ({
    maxBitrate,
    maxFramerate: maxFrameRate,
    scaleResolutionDownBy: scaleDownBy / best,
  }));
}

/** How many of `count` layers, from the lowest, a demand asks for. */
const layersFor: Record<Demand, number> = { off: 0, low: 1, medium: 2, high: Number.MAX_VALUE };

/** From the least to the most. */
export const demandOrder = ['off', 'low', 'medium', 'high'] as const satisfies readonly Demand[];
export type { Demand };

/** What is left of a demand under a limit. */
export const capped = (demand: Demand, cap: Demand | null): Demand =>
  cap !== null && demandOrder.indexOf(cap) < demandOrder.indexOf(demand) ? cap : demand;

/** Which layers to encode, lowest first: none that nobody wants. */
export const activeLayers = (demand: Demand, count: number): boolean[] =>
  Array.from({ length: count }, (_, layer) => layer < layersFor[demand]);

/** Chrome's own first estimate of a line, bits per second. */
const chromeStart = 300_000;

/**
 * From which estimate of the line a sender starts, bits per second. Chrome encodes a layer only
 * where the estimate covers those below it and about half of its own (measured at 720 lines: from
 * its own start the best layer is missing for over 6 s, from half of all layers for 4.6 s, from
 * this for 0.1 s). A line that cannot carry it is soon found out. `uplink`: what is known of it.
 */
export function startBitrate(encodings: readonly Encoding[], uplink?: number): number {
  const all = encodings.reduce((sum, { maxBitrate }) => sum + maxBitrate, 0);
  const enough = Math.max(chromeStart, all - (encodings.at(-1)?.maxBitrate ?? 0) / 2);
  return Math.min(enough, Math.max(uplink ?? enough, encodings[0]?.maxBitrate ?? 0));
}
