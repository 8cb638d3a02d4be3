import { effect, type ReadonlySignal, signal } from '@preact/signals';
import { lastArrival } from './arrivals.ts';
import type { Received } from './receiver.ts';
import { type StreamKey, splitKey } from './streamKey.ts';

/** How long the former way of a voice may sound on while nothing comes by the new one, in milliseconds. */
const overlap = 1_000;
/** How loud the programme stays behind a private word, 0 … 1. */
const behind = 0.2;
/** How often it is looked whether the new one has begun, in milliseconds: the longest doubling. */
const lookEvery = 50;

interface Voice {
  readonly key: StreamKey;
  readonly element: HTMLAudioElement;
}

/**
 * Plays every received microphone. A voice that comes by another way from now on has two audio
 * elements for a moment, so that it has no gap. Where the browser wants a person's gesture first,
 * `blocked` says so, and the first tap or key anywhere is that gesture.
 */
export class Sound {
  readonly #voices = new Map<MediaStreamTrack, Voice>();
  readonly #changing = new Map<StreamKey, ReturnType<typeof setInterval>>();
  readonly #blocked = signal(false);
  readonly blocked: ReadonlySignal<boolean> = this.#blocked;
  /** The loudspeaker switch of this page; no business of the briefing's. */
  readonly silenced = signal(false);
  /** The browser's id of the loudspeaker that voices come from; empty: the machine's own choice. */
  readonly loudspeaker = signal('');
  /** A private word is to be heard over the programme, which goes on more quietly. */
  readonly hushed = signal(false);
  readonly #stop: () => void;

  constructor(chosen: ReadonlySignal<ReadonlyMap<StreamKey, Received>>) {
    const stopStreams = effect(() => this.#attach(chosen.value));
    const stopSilence = effect(() => {
      for (const { element } of this.#voices.values()) element.muted = this.silenced.value;
    });
    const stopHush = effect(() => {
      const hushed = this.hushed.value;
      for (const voice of this.#voices.values()) balance(voice, hushed);
    });
    const stopSpeaker = effect(() => {
      const id = this.loudspeaker.value;
      for (const { element } of this.#voices.values()) playThrough(element, id);
    });
    this.#stop = () => {
      stopStreams();
      stopSilence();
      stopHush();
      stopSpeaker();
    };
    for (const gesture of ['pointerdown', 'keydown']) addEventListener(gesture, this.#onGesture);
  }

  close(): void {
    this.#stop();
    for (const gesture of ['pointerdown', 'keydown']) removeEventListener(gesture, this.#onGesture);
    this.#attach(new Map());
  }

  #attach(chosen: ReadonlyMap<StreamKey, Received>): void {
    for (const { key } of this.#voices.values()) {
      if (!chosen.has(key)) this.#silence(key, null);
    }
    for (const [key, received] of chosen) {
      if (!isVoice(key) || this.#voices.has(received.track)) continue;
      const changes = [...this.#voices.values()].some((v) => v.key === key);
      this.#begin(key, received.track);
      if (changes) this.#change(received);
    }
  }

  #begin(key: StreamKey, track: MediaStreamTrack): void {
    const element = document.createElement('audio');
    element.dataset.stream = key;
    element.autoplay = true;
    element.muted = this.silenced.peek();
    element.srcObject = new MediaStream([track]);
    playThrough(element, this.loudspeaker.peek());
    document.body.append(element);
    balance({ key, element }, this.hushed.peek());
    this.#voices.set(track, { key, element });
    this.#play(element);
  }

  /** Silences the former ways of a voice as soon as the new one sounds. */
  #change({ key, track }: Received): void {
    clearInterval(this.#changing.get(key));
    const before = lastArrival(track);
    const until = performance.now() + overlap;
    const look = setInterval(() => {
      if (lastArrival(track) !== before || performance.now() >= until) this.#silence(key, track);
    }, lookEvery);
    this.#changing.set(key, look);
  }

  /** Ends a voice, but for the one way of it that goes on. */
  #silence(key: StreamKey, except: MediaStreamTrack | null): void {
    clearInterval(this.#changing.get(key));
    this.#changing.delete(key);
    for (const [track, voice] of this.#voices) {
      if (voice.key !== key || track === except) continue;
      voice.element.srcObject = null;
      voice.element.remove();
      this.#voices.delete(track);
    }
  }

  #play(element: HTMLAudioElement): void {
    element.play().then(
      () => {
        this.#blocked.value = false;
      },
      (why: unknown) => {
        // Any other reason (a source replaced meanwhile) mends itself with the next one.
        if (why instanceof DOMException && why.name === 'NotAllowedError')
          this.#blocked.value = true;
      },
    );
  }

  readonly #onGesture = (): void => {
    if (!this.#blocked.peek()) return;
    for (const { element } of this.#voices.values()) this.#play(element);
  };
}

const isVoice = (key: StreamKey): boolean => {
  const { source } = splitKey(key);
  return source === 'microphone' || source === 'aside';
};

const balance = ({ key, element }: Voice, hushed: boolean): void => {
  element.volume = hushed && splitKey(key).source !== 'aside' ? behind : 1;
};

/** A loudspeaker that is gone, or a browser that lets nobody choose, leaves the machine's own. */
export function playThrough(element: HTMLMediaElement, id: string): void {
  if ((element.sinkId ?? '') === id) return;
  element.setSinkId?.(id).catch(() => undefined);
}
