import type { LineResult } from '../../../server/domain/lineCheck.ts';
import { arrivalStats } from '../arrivals.ts';

/** From one look at the level to the next, in milliseconds. */
const lookEvery = 100;
/** Samples of one look: 85 ms at 48 kHz. */
const window = 4_096;
/** The quietest that can be told, in dBov (RFC 6464). */
const silence = -127;

/**
 * Listens to a track that has come back from the node, without letting anybody hear it. A browser
 * decodes sound only for an element that plays it: one that is muted does, and a context without a
 * loudspeaker reads it.
 */
export class LoopLevel {
  readonly #track: MediaStreamTrack;
  readonly #element = new Audio();
  readonly #context = new AudioContext({ sinkId: { type: 'none' } } as AudioContextOptions);
  readonly #analyser = new AnalyserNode(this.#context, { fftSize: window });
  readonly #samples = new Float32Array(window);
  readonly #timer: ReturnType<typeof setInterval>;
  #loudest = silence;
  #arrived = false;

  constructor(track: MediaStreamTrack) {
    this.#track = track;
    const stream = new MediaStream([track]);
    this.#element.muted = true;
    this.#element.srcObject = stream;
    this.#element.play().catch(() => undefined);
    this.#context.createMediaStreamSource(stream).connect(this.#analyser);
    this.#timer = setInterval(() => void this.#look(), lookEvery);
  }

  /** The loudest so far; null while nothing has arrived at all. */
  get found(): LineResult['sound'] {
    return this.#arrived ? { levelDb: this.#loudest } : null;
  }

  close(): void {
    clearInterval(this.#timer);
    this.#element.srcObject = null;
    void this.#context.close();
  }

  async #look(): Promise<void> {
    this.#analyser.getFloatTimeDomainData(this.#samples);
    const power = this.#samples.reduce((sum, sample) => sum + sample * sample, 0) / window;
    const level = power > 0 ? 10 * Math.log10(power) : silence;
    this.#loudest = Math.min(0, Math.max(this.#loudest, level));
    if (this.#arrived) return;
    const stats = await arrivalStats(this.#track).catch(() => []);
    this.#arrived = stats.some((s) => Number(s.packetsReceived ?? 0) > 0);
  }
}
