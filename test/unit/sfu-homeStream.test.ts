import { expect, test } from 'vitest';
import { HomeStream } from '../../sfu/media/homeStream.ts';

/** A producer whose worker answers only when it is told to; its flag follows the answer. */
class SlowProducer {
  readonly kind = 'audio';
  readonly closed = false;
  paused: boolean;
  readonly #answers: (() => void)[] = [];

  constructor(paused: boolean) {
    this.paused = paused;
  }

  pause = (): Promise<void> => this.#asked(true);
  resume = (): Promise<void> => this.#asked(false);

  /** Lets the worker answer until nothing is asked any more. */
  async settle(): Promise<void> {
    const turn = () => new Promise(setImmediate);
    for (await turn(); this.#answers.length > 0; await turn()) this.#answers.shift()?.();
  }

  #asked(paused: boolean): Promise<void> {
    return new Promise((resolve) => {
      this.#answers.push(() => {
        this.paused = paused;
        resolve();
      });
    });
  }
}

for (const words of [
  [true, false],
  [false, true],
  [true, false, true],
  [false, true, false],
  [true, true, false, false, true],
]) {
  test(`opened and shut as ${words.join(', ')} while the worker is busy: the last word counts`, async () => {
    for (const before of [true, false]) {
      const producer = new SlowProducer(!before);
      const stream = await HomeStream.create({
        transport: { produce: async () => producer as never },
        ref: { endpoint: 'a', source: 'microphone' },
        rtpParameters: { codecs: [], encodings: [] },
        open: before,
        clock: { now: () => 0, after: () => () => {} },
      });
      const said = words.map((open) => stream.setOpen(open));
      await producer.settle();
      await Promise.all(said);
      expect(producer.paused).toBe(!words.at(-1));
    }
  });
}
