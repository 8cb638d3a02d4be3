import { effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Tracks } from './receiver.ts';
import { type StreamKey, splitKey } from './streamKey.ts';

/**
 * Plays every received microphone, one audio element each. Where the browser wants a person's
 * gesture first, `blocked` says so, and the first tap or key anywhere is that gesture.
 */
export class Sound {
  readonly #elements = new Map<StreamKey, HTMLAudioElement>();
  readonly #blocked = signal(false);
  readonly blocked: ReadonlySignal<boolean> = this.#blocked;
  /** The loudspeaker switch of this page; no business of the briefing's. */
  readonly silenced = signal(false);
  readonly #stop: () => void;

  constructor(streams: ReadonlySignal<Tracks>) {
    const stopStreams = effect(() => this.#attach(streams.value));
    const stopSilence = effect(() => {
      for (const element of this.#elements.values()) element.muted = this.silenced.value;
    });
    this.#stop = () => {
      stopStreams();
      stopSilence();
    };
    for (const gesture of ['pointerdown', 'keydown']) addEventListener(gesture, this.#onGesture);
  }

  close(): void {
    this.#stop();
    for (const gesture of ['pointerdown', 'keydown']) removeEventListener(gesture, this.#onGesture);
    this.#attach(new Map());
  }

  #attach(tracks: Tracks): void {
    for (const [key, element] of this.#elements) {
      if (tracks.has(key)) continue;
      element.srcObject = null;
      element.remove();
      this.#elements.delete(key);
    }
    for (const [key, track] of tracks) {
      if (splitKey(key).source !== 'microphone') continue;
      let element = this.#elements.get(key);
      if (!element) {
        element = document.createElement('audio');
        element.dataset.stream = key;
        element.autoplay = true;
        element.muted = this.silenced.peek();
        document.body.append(element);
        this.#elements.set(key, element);
      }
      const present = element.srcObject instanceof MediaStream && element.srcObject;
      if (present && present.getTracks()[0] === track) continue;
      element.srcObject = new MediaStream([track]);
      this.#play(element);
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
    for (const element of this.#elements.values()) this.#play(element);
  };
}
