import type { Logger } from 'pino';
import type { Version } from '../domain/ids.ts';
import type { JournalStream } from './stream.ts';

/** How often a journal that has gone back is looked at again, in milliseconds. */
const lookMs = 500;

/**
 * A journal that has lost events halts for every server, those too that never saw what was lost:
 * the word of it is kept in Redis, until people accept the loss.
 */
export class Halt {
  readonly #stream: JournalStream;
  readonly #log: Logger;
  readonly #resumed = Promise.withResolvers<void>();
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(stream: JournalStream, log: Logger) {
    this.#stream = stream;
    this.#log = log;
  }

  /** Resolves when people have accepted the loss. */
  get resumed(): Promise<void> {
    return this.#resumed.promise;
  }

  /** Sees to it that no server goes on; `seen`: the highest version known to have been there. */
  begin(seen: Version): void {
    void this.#look(seen);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  async #look(seen: Version): Promise<void> {
    try {
      if ((await this.#stream.halt(seen)) === 'resumed') {
        this.#log.warn({ seen }, 'the loss of events was accepted');
        this.#resumed.resolve();
        return;
      }
    } catch (error) {
      this.#log.debug({ err: error }, 'halt not written');
    }
    if (!this.#closed) this.#timer = setTimeout(() => void this.#look(seen), lookMs);
  }
}
