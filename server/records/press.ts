import { Piscina } from 'piscina';
import type { RecordSource } from './exports.ts';
import type { Order, Wanted } from './pressThread.ts';
import type { Files } from './zip.ts';

/** How long the thread stays when nothing is asked of it, in milliseconds. */
const idleMs = 60_000;

/**
 * Makes documents in a thread of its own: an archive takes some hundred milliseconds of a core, and
 * commands must not wait for it. One after another, so that a second core stays with the briefing.
 */
export class Press {
  readonly #pool = new Piscina<Order, Files>({
    filename: new URL('./pressThread.ts', import.meta.url).href,
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: idleMs,
  });

  archive(source: RecordSource): Promise<Files> {
    return this.#pool.run({ source, wanted: { is: 'archive' } });
  }

  /** @throws Error when what was ordered did not come, which only a defect here can bring about. */
  async document(
    source: RecordSource,
    wanted: Exclude<Wanted, { readonly is: 'archive' }>,
  ): Promise<Uint8Array> {
    const made = (await this.#pool.run({ source, wanted })).get(wanted.is);
    if (!made) throw new Error(`no ${wanted.is} was made`);
    return made;
  }

  close(): Promise<void> {
    return this.#pool.destroy();
  }
}
