import type { types } from 'mediasoup';
import type { HomeStream } from './homeStream.ts';

/** How loud an endpoint's microphone is, in dBov (RFC 6464): −127 … 0. */
export interface EndpointLevel {
  readonly endpoint: string;
  readonly level: number;
}

/** From one measurement to the next, in ms. */
const interval = 200;
/** Quieter than this is silence, in dBov. */
const threshold = -70;
/** More than one briefing ever has microphones open. */
const maxEntries = 128;

interface LevelsOptions {
  readonly router: types.Router;
  readonly onLevels: (levels: readonly EndpointLevel[]) => void;
  readonly onTrouble: (error: unknown) => void;
}

/**
 * Listens to the microphones at home on this node, each once: what comes by a pipe is measured
 * where it comes from. The worker reads the level that the browser writes into each packet
 * (RFC 6464), so that nothing is decoded; one that is paused costs nothing and is not heard.
 */
export class SpaceLevels {
  readonly #options: LevelsOptions;
  #observer: Promise<types.AudioLevelObserver> | undefined;
  #endpointOf = new Map<string, string>();

  constructor(options: LevelsOptions) {
    this.#options = options;
  }

  /** The worker forgets it by itself when its producer closes. */
  add({ producer, ref, source }: HomeStream): void {
    if (source !== 'microphone') return;
    this.#endpointOf.set(producer.id, ref.endpoint);
    producer.observer.once('close', () => this.#endpointOf.delete(producer.id));
    this.#observer ??= this.#listen();
    this.#observer
      .then((observer) => observer.addProducer({ producerId: producer.id }))
      .catch((error: unknown) => {
        if (!producer.closed) this.#options.onTrouble(error);
      });
  }

  async #listen(): Promise<types.AudioLevelObserver> {
    const { router, onLevels } = this.#options;
    const observer = await router.createAudioLevelObserver({ maxEntries, threshold, interval });
    observer.on('volumes', (volumes) => {
      onLevels(
        volumes.flatMap(({ producer, volume }) => {
          const endpoint = this.#endpointOf.get(producer.id);
          return endpoint === undefined ? [] : [{ endpoint, level: volume }];
        }),
      );
    });
    observer.on('silence', () => onLevels([]));
    return observer;
  }
}
