import { type LineResult, lineLimits } from '../../../server/domain/lineCheck.ts';
import { measure, type Snapshot, type Stat } from '../measure.ts';

interface Checked {
  readonly before: Snapshot;
  readonly after: Snapshot;
  /** The camera's own track; null without a camera. */
  readonly camera: string | null;
  /** The track on which it came back; null when it did not. */
  readonly loop: string | null;
  readonly sound: LineResult['sound'];
}

/** Less than this of what was sent has not come back because the line holds no more. */
const whole = 0.8;

/** Nothing could be measured, because this site's media did not come up. */
export const nothingMeasured: LineResult = {
  picture: null,
  sound: null,
  rttMs: null,
  lossUp: null,
  lossDown: null,
  upBps: null,
  downBps: null,
};

/** Whether every layer that is wanted of the camera flows, and the largest comes back and moves. */
export function isSettled(first: Snapshot, now: Snapshot, loop: string): boolean {
  const { send } = now;
  const layers = send.filter((s) => s.type === 'outbound-rtp' && s.kind === 'video' && s.active);
  const came = inbound(now, loop);
  if (!came || grown(came, inbound(first, loop), 'framesDecoded') === 0) return false;
  const largest = Math.max(0, ...layers.map((layer) => number(layer, 'frameHeight')));
  const flow = layers.every((layer) => number(layer, 'framesPerSecond') > 0);
  return flow && number(came, 'frameHeight') >= largest;
}

/** What two moments of the same leg say of the line between them. */
export function resultOf({ before, after, camera, loop, sound }: Checked): LineResult {
  // Made anew meanwhile, on another node perhaps: nothing can be compared.
  if (before.of !== after.of) return { ...nothingMeasured, sound };
  const found = measure(before, after, { camera, microphoneOpen: false, expected: [] });
  const seconds = Math.max(0.001, (after.at - before.at) / 1000);
  const came = inbound(after, loop);
  const frames = came ? grown(came, inbound(before, loop), 'framesDecoded') : 0;
  const { availableUp, sent } = found;
  // An estimate that nothing has pushed up is no bound.
  const bounded = sent.limitedBy === 'bandwidth' || (availableUp ?? 0) >= lineLimits.upBps;
  return {
    picture: came && {
      framesDecoded: frames,
      frameRate: frames / seconds,
      width: number(came, 'frameWidth'),
      height: number(came, 'frameHeight'),
    },
    sound,
    rttMs: found.roundTripMs,
    lossUp: worse(found.lossUp, resent({ before, after, side: 'send' })),
    lossDown: worse(found.lossDown, resent({ before, after, side: 'receive' })),
    upBps: bounded ? availableUp : null,
    downBps:
      found.bitrateDown >= lineLimits.downBps || isShort({ before, after, came, loop })
        ? found.bitrateDown
        : null,
  };
}

interface Side extends Pick<Checked, 'before' | 'after'> {
  readonly side: 'send' | 'receive';
}

/**
 * The share of packets that had to be sent once more. What was lost and repaired is no loss in the
 * reports of either end, but a line that needs it is a poor one.
 */
function resent({ before, after, side }: Side): number | null {
  const [again, all] =
    side === 'send'
      ? ['retransmittedPacketsSent', 'packetsSent']
      : ['retransmittedPacketsReceived', 'packetsReceived'];
  const streams = after[side].filter((s) => s.type === 'outbound-rtp' || s.type === 'inbound-rtp');
  const sum = (name: string) =>
    streams.reduce((total, s) => total + grown(s, same(before[side], s), name), 0);
  const whole = sum(all);
  return whole > 0 ? Math.min(1, sum(again) / whole) : null;
}

const worse = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.max(a, b);

interface Short extends Pick<Checked, 'before' | 'after' | 'loop'> {
  readonly came: Stat | null;
}

/**
 * Whether less of the camera came back than went out: a smaller layer, or a part of it. A layer that
 * had only just begun, at either end, says nothing: the node changes to it when it can.
 */
function isShort({ before, after, came, loop }: Short): boolean {
  const layers = after.send.filter((s) => s.type === 'outbound-rtp' && s.kind === 'video');
  const out = layers
    .map((layer) => ({ layer, bytes: grown(layer, same(before.send, layer), 'bytesSent') }))
    .filter(({ layer, bytes }) => bytes > 0 && flowed(same(before.send, layer)))
    .toSorted((a, b) => number(b.layer, 'frameHeight') - number(a.layer, 'frameHeight'))[0];
  if (!came || !out) return false;
  const first = inbound(before, loop);
  const height = number(came, 'frameHeight');
  if (height < number(out.layer, 'frameHeight')) return true;
  if (number(first, 'frameHeight') !== height) return false;
  return grown(came, first, 'bytesReceived') < whole * out.bytes;
}

const inbound = (snapshot: Snapshot, track: string | null): Stat | null =>
  snapshot.receive.find((s) => s.type === 'inbound-rtp' && s.trackIdentifier === track) ?? null;

const flowed = (layer: Stat | null): boolean => number(layer, 'bytesSent') > 0;

const same = (stats: readonly Stat[], { id }: Stat): Stat | null =>
  stats.find((s) => s.id === id) ?? null;

const number = (stat: Stat | null, name: string): number => {
  const value = stat?.[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
};

const grown = (now: Stat, before: Stat | null, name: string): number =>
  Math.max(0, number(now, name) - number(before, name));
