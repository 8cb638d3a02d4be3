import type { Frame, Page } from 'playwright-core';
import type { EarCode } from './ear.ts';
import type { HeardSpan, Observed, SeenPicture } from './gaps.ts';
import type { PictureCode } from './picture.ts';

/** `window.observer`, on every painted page: idle until it is started, and cheap enough for nine. */
export interface PageObserver {
  /** From now on keeps what the large picture shows and what is played aloud. */
  start(): void;
  /** What was kept since it was last asked. */
  take(): Observed;
}

declare global {
  interface Window {
    readonly observer: PageObserver;
  }
}

export const startObserving = (page: Page | Frame): Promise<void> =>
  page.evaluate(() => window.observer.start());

export const takeObserved = (page: Page | Frame): Promise<Observed> =>
  page.evaluate(() => window.observer.take());

/**
 * Runs in the page, where it is sent as text: it may use nothing from outside its own braces.
 *
 * Pictures are counted as the browser presents them (`requestVideoFrameCallback`) in whatever
 * element is the large one at that moment; elements may be swapped under it. Those that it presented
 * while the page was busy count as come as early as a camera takes them: what they leave is the
 * longest time that may have been without one. Sound is cut into
 * slices by the audio clock from a memory of half a second, so that a busy page loses none of it.
 */
export function observing(picture: PictureCode, ear: EarCode, frameMs: number): void {
  const lookEvery = 100;
  const sampleRate = 16_000;
  const slice = sampleRate / 100;
  /** Power of two; half a second. */
  const memory = 8_192;
  let pictures: SeenPicture[] = [];
  let sounds: HeardSpan[] = [];
  let started = false;

  const now = () => performance.timeOrigin + performance.now();

  function isLarge(video: HTMLVideoElement): boolean {
    // A double that waits in the same place is not what people see.
    return (
      video.dataset.shown === 'main' &&
      video.checkVisibility({ opacityProperty: true, visibilityProperty: true })
    );
  }

  const watched = new WeakSet<HTMLVideoElement>();
  function watch(video: HTMLVideoElement): void {
    if (watched.has(video)) return;
    watched.add(video);
    /** The last one that this element showed as the large one. */
    let last: { at: number; site: number | null; count: number } | null = null;
    const next = () =>
      video.requestVideoFrameCallback((_, frame) => {
        if (isLarge(video)) {
          const seen = picture.read(video);
          const site = seen && !seen.presentation ? seen.site : null;
          const at = performance.timeOrigin + frame.presentationTime;
          const count = frame.presentedFrames;
          if (last && last.site === site) {
            for (let missed = last.count + 1; missed < count; missed++) {
              const then = last.at + (missed - last.count) * frameMs;
              if (then < at) pictures.push({ at: then, site });
            }
          }
          pictures.push({ at, site });
          last = { at, site, count };
        } else {
          last = null;
        }
        next();
      });
    next();
  }

  interface Tap {
    readonly source: MediaStreamAudioSourceNode;
    readonly analyser: AnalyserNode;
    aloud: boolean;
    /** Slices of the audio clock that have been told. */
    told: number;
    open: { site: number; from: number } | null;
  }
  const taps = new Map<MediaStreamTrack, Tap>();
  let context: AudioContext | undefined;
  /**
   * From the audio clock to the epoch, in milliseconds: the least of the last half second, since a
   * look comes late rather than early, and a machine that is out of breath stops the audio clock.
   */
  let offset = 0;
  const offsets: number[] = [];
  const samples = new Float32Array(memory);

  /** Media elements with a stream, in the page or not yet. */
  const elements = new Set<HTMLMediaElement>();

  /** Every track that a media element has, and whether one of them plays it aloud. */
  function attached(): Map<MediaStreamTrack, boolean> {
    const tracks = new Map<MediaStreamTrack, boolean>();
    for (const e of elements) {
      if (!(e.srcObject instanceof MediaStream)) {
        elements.delete(e);
        continue;
      }
      const aloud = !e.paused && !e.muted && e.volume > 0;
      for (const track of e.srcObject.getAudioTracks()) {
        tracks.set(track, aloud || tracks.get(track) === true);
      }
    }
    return tracks;
  }

  /** Tells the slices that are complete, then follows what is played aloud from now on. */
  function listen(): void {
    if (!context) return;
    const end = Math.floor(context.currentTime * 100);
    offsets.push(now() - context.currentTime * 1000);
    if (offsets.length > 5) offsets.shift();
    offset = Math.min(...offsets);
    for (const tap of taps.values()) tell(tap, end);
    const tracks = attached();
    for (const [track, tap] of taps) {
      tap.aloud = tracks.get(track) ?? false;
      if (!tap.aloud) close(tap, end);
      if (tracks.has(track)) continue;
      tap.source.disconnect();
      taps.delete(track);
    }
    for (const [track, aloud] of tracks) {
      if (taps.has(track)) continue;
      const analyser = new AnalyserNode(context, { fftSize: memory });
      const source = context.createMediaStreamSource(new MediaStream([track]));
      source.connect(analyser);
      taps.set(track, { source, analyser, aloud, told: end, open: null });
    }
  }

  function tell(tap: Tap, end: number): void {
    const count = Math.min(end - tap.told, Math.floor(memory / slice));
    if (count <= 0) return;
    if (!tap.aloud) {
      tap.told = end;
      return;
    }
    // The newest sample is the newest of the present instant; what is after `end` waits.
    tap.analyser.getFloatTimeDomainData(samples);
    const beyond = context ? Math.floor(context.currentTime * sampleRate) - end * slice : 0;
    const last = memory - Math.max(0, beyond);
    const whose = ear.slices(samples.subarray(Math.max(0, last - count * slice), last), sampleRate);
    for (const [i, site] of whose.entries()) heard(tap, site, end - whose.length + i);
    if (tap.open) {
      sounds.push({ ...tap.open, to: msOf(end) });
      tap.open = { ...tap.open, from: msOf(end) };
    }
    tap.told = end;
  }

  const msOf = (at: number) => Math.round(offset + at * 10);

  function heard(tap: Tap, site: number | null, at: number): void {
    // Within a sound, a slice that cannot be told (a splice, a concealed loss) is still sound.
    if (site === -1 || site === tap.open?.site) return;
    close(tap, at);
    if (site !== null) tap.open = { site, from: msOf(at) };
  }

  function close(tap: Tap, at: number): void {
    if (tap.open && msOf(at) > tap.open.from) sounds.push({ ...tap.open, to: msOf(at) });
    tap.open = null;
  }

  /** What is played aloud changes by these; what was heard before belongs to how it was before. */
  function listenAround(): void {
    const media = HTMLMediaElement.prototype;
    for (const name of ['srcObject', 'muted', 'volume'] as const) {
      const native = Object.getOwnPropertyDescriptor(media, name);
      Object.defineProperty(media, name, {
        ...native,
        set(this: HTMLMediaElement, value: unknown) {
          listen();
          native?.set?.call(this, value);
          elements.add(this);
          listen();
        },
      });
    }
    const { play, pause } = media;
    media.play = function () {
      listen();
      const playing = play.call(this);
      listen();
      return playing;
    };
    media.pause = function () {
      listen();
      pause.call(this);
      listen();
    };
  }

  const page: PageObserver = {
    start() {
      if (started) return;
      started = true;
      const options = { sampleRate, sinkId: { type: 'none' } } as AudioContextOptions;
      context = new AudioContext(options);
      void context.resume();
      listenAround();
      for (const e of document.querySelectorAll<HTMLMediaElement>('audio, video')) elements.add(e);
      const lookAround = () => {
        for (const video of document.querySelectorAll('video')) watch(video);
      };
      new MutationObserver(lookAround).observe(document, { subtree: true, childList: true });
      lookAround();
      listen();
      setInterval(listen, lookEvery);
    },
    take() {
      listen();
      const taken = { pictures, sounds };
      pictures = [];
      sounds = [];
      return taken;
    },
  };
  Object.defineProperty(window, 'observer', { value: page });
}
