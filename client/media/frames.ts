import { type ReadonlySignal, signal } from '@preact/signals';
import type { StreamKey } from './streamKey.ts';

/** When a stream's present track showed its first decoded picture on this page. */
interface FirstFrame {
  readonly track: string;
  /** Milliseconds since the epoch, by this machine's monotonic clock. */
  readonly at: number;
}

/** Which of the received pictures have really arrived: told by the video elements themselves. */
export class Frames {
  readonly #first = signal<ReadonlyMap<StreamKey, FirstFrame>>(new Map());
  readonly first: ReadonlySignal<ReadonlyMap<StreamKey, FirstFrame>> = this.#first;

  arrived(key: StreamKey, track: string): void {
    if (this.#first.peek().get(key)?.track === track) return;
    const at = performance.timeOrigin + performance.now();
    this.#first.value = new Map(this.#first.peek()).set(key, { track, at });
  }

  /**
   * Whether a picture of the stream can be seen: of `track`, or, while that one has none yet, the
   * last of the track before it.
   */
  has(key: StreamKey, track: MediaStreamTrack | undefined): boolean {
    return track !== undefined && this.#first.value.has(key);
  }

  /** When the first picture of this very track was decoded; null while none has been. */
  firstOf(key: StreamKey, track: MediaStreamTrack): number | null {
    const first = this.#first.peek().get(key);
    return first?.track === track.id ? first.at : null;
  }

  gone(key: StreamKey, track: string): void {
    if (this.#first.peek().get(key)?.track !== track) return;
    const first = new Map(this.#first.peek());
    first.delete(key);
    this.#first.value = first;
  }
}
