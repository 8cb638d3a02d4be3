import { effect, type ReadonlySignal, signal } from '@preact/signals';
import type { LineResult } from '../../../server/domain/lineCheck.ts';
import type { CheckOrder } from '../../../server/protocol/lineCheck.ts';
import type { Link } from '../../link/link.ts';
import type { Devices } from '../devices.ts';
import type { Media } from '../media.ts';
import type { Sound } from '../sound.ts';
import { streamKey } from '../streamKey.ts';
import { playTestTone } from '../testTone.ts';
import { LoopLevel } from './loopLevel.ts';
import { isSettled, nothingMeasured, resultOf } from './result.ts';

interface Site {
  readonly link: Link;
  readonly media: Media;
  readonly sound: Sound;
  readonly devices: ReadonlySignal<Devices | null>;
}

/**
 * How long media may take to come up, its devices to be found, streams to come
 * back and the picture to reach its size, in milliseconds.
 */
const openWithin = 4_000;
const backWithin = 4_000;
const devicesWithin = 2_000;
const settlesWithin = 3_000;
/** How long is measured, and after which part of it the chime sounds, in milliseconds. */
const measured = 2_800;
const chimeAfter = 600;
const lookEvery = 100;

const underWay = signal<CheckOrder | null>(null);
/** The order by which this site's line is being measured now; null: none. */
export const checking: ReadonlySignal<CheckOrder | null> = underWay;

/**
 * Measures this site's line when the server says so. Camera and microphone come back from the media
 * node to this page alone, beside whatever the briefing has of them, and are played to nobody.
 */
export function obeyChecks(site: Site): () => void {
  let running: Promise<LineResult> | undefined;
  const onCheck = (order: CheckOrder, done: (result: LineResult) => void): void => {
    running ??= check(site, order)
      .catch(() => nothingMeasured)
      .finally(() => {
        running = undefined;
      });
    void running.then(done);
  };
  const { socket } = site.link;
  socket.on('check', onCheck);
  return () => void socket.off('check', onCheck);
}

async function check(site: Site, order: CheckOrder): Promise<LineResult> {
  const { link, media, devices } = site;
  underWay.value = order;
  let raw: MediaStreamTrack | null = null;
  let level: LoopLevel | null = null;
  try {
    await met(() => link.welcome.value !== null && media.status.value === 'open', openWithin);
    const seat = link.welcome.peek()?.seat;
    if (!seat || media.status.peek() !== 'open') return nothingMeasured;
    const own = (kind: 'camera' | 'microphone') => devices.value?.track(kind).value ?? null;
    const settled = (kind: 'camera' | 'microphone') =>
      own(kind) !== null || (devices.value?.trouble(kind).value ?? null) !== null;
    // Devices are asked for as the page begins, and may be a moment behind.
    await met(() => settled('camera') && settled('microphone'), devicesWithin);
    const camera = own('camera');
    raw = await unprocessed(own('microphone'));
    const back = (of: 'camera' | 'aside') => media.loop.value.get(streamKey(seat, of))?.track;
    const former = back('aside');
    media.speakAside(raw);
    const isBack = () => back('aside') !== undefined && back('aside') !== former;
    await met(() => (!camera || !!back('camera')) && (!raw || isBack()), backWithin);
    // An estimate of the line takes its time to grow, and a node changes to a larger layer after it.
    const loop = camera && (await settles(media, () => back('camera')));
    const voice = isBack() ? back('aside') : undefined;
    level = voice ? new LoopLevel(voice) : null;
    const before = await media.snapshot();
    await pause(chimeAfter);
    if (order.chime) void playTestTone(site.sound.loudspeaker.peek()).catch(() => undefined);
    await pause(measured - chimeAfter);
    const after = await media.snapshot();
    const sound = level?.found ?? null;
    if (!before || !after) return { ...nothingMeasured, sound };
    const ids = { camera: camera?.id ?? null, loop: loop?.id ?? null };
    return resultOf({ before, after, ...ids, sound });
  } finally {
    level?.close();
    // A whisper that has begun meanwhile has put its own sound there.
    if (link.whisper.peek() === null) media.speakAside(null);
    raw?.stop();
    underWay.value = null;
  }
}

/** The microphone as it is: with echo cancelling on, a chime in its own room could not be heard. */
async function unprocessed(microphone: MediaStreamTrack | null): Promise<MediaStreamTrack | null> {
  if (!microphone) return null;
  const { deviceId } = microphone.getSettings();
  const asIs = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
  try {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: { ...asIs, ...(deviceId ? { deviceId: { exact: deviceId } } : {}) },
    });
    return stream.getAudioTracks()[0] ?? null;
  } catch {
    const copy = microphone.clone();
    copy.enabled = true;
    return copy;
  }
}

/**
 * The track on which the picture comes back, once it moves and is as large as it is sent; or after a
 * while the one that there is. A former check's track may still be there for a moment, and stands.
 */
async function settles(
  media: Media,
  back: () => MediaStreamTrack | undefined,
): Promise<MediaStreamTrack | null> {
  const until = performance.now() + settlesWithin;
  const first = await media.snapshot();
  while (performance.now() < until) {
    const loop = back();
    const now = await media.snapshot();
    if (loop && first && now && isSettled(first, now, loop.id)) return loop;
    await pause(lookEvery);
  }
  return back() ?? null;
}

/** Until the signals say so, or that takes too long, in milliseconds. */
function met(condition: () => boolean, within: number): Promise<void> {
  return new Promise((resolve) => {
    let stop: (() => void) | undefined;
    const over = () => {
      clearTimeout(timer);
      // An effect that is met at once runs before there is anything to stop.
      queueMicrotask(() => stop?.());
      resolve();
    };
    const timer = setTimeout(over, within);
    stop = effect(() => {
      if (condition()) over();
    });
  });
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
