import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { onLines } from './lines.ts';
import { countEmitters, keepEmitters } from './probeEmitters.ts';
import { keepMedia } from './probeMedia.ts';
import { countProcess, forceGc } from './probeProcess.ts';

/**
 * Loaded into each server and media node of a soak before its own code (`NODE_OPTIONS=--import`),
 * and nowhere else: counts what lives in the process, and tells it over a socket in the folder
 * that DIEMCAU_PROBE names. The product knows nothing of it.
 */

export interface ProbeAnswer {
  readonly pid: number;
  /** By name; bytes for what ends in `Bytes`, else a number of things. */
  readonly counts: Readonly<Record<string, number>>;
  /** The emitters with most listeners, for whoever looks for a leak: `Socket 'data' 12`. */
  readonly busiest: readonly string[];
}

/** What a soak may ask. `count` collects garbage first; `look` is cheap. */
export type ProbeQuestion = 'look' | 'count' | `snapshot ${string}`;

const folder = process.env.DIEMCAU_PROBE;
const main = process.argv[1] ?? '';
const kind = /\b(server|sfu)\/main\.ts$/.exec(main)?.[1];

if (folder !== undefined && kind !== undefined) {
  const name = kind === 'sfu' ? process.env.SFU_NODE_ID : `server:${process.env.PORT}`;
  keepEmitters();
  const media = kind === 'sfu' ? await keepMedia() : undefined;

  const answer = async (question: string): Promise<ProbeAnswer> => {
    const [what, file] = question.split(' ');
    if (what === 'snapshot' && file) (await import('node:v8')).writeHeapSnapshot(file);
    if (what === 'count') await forceGc();
    const { counts, busiest } = countEmitters();
    const live = { ...(await countProcess(what === 'count')), ...counts };
    return { pid: process.pid, counts: { ...live, ...(await media?.()) }, busiest };
  };

  const serve = (socket: Socket) => {
    socket.unref();
    socket.on('error', () => socket.destroy());
    onLines(socket, async (question) => {
      const told = await answer(question).catch((error) => ({ error: String(error) }));
      if (socket.writable) socket.write(`${JSON.stringify(told)}\n`);
    });
  };
  // Named after its process, so that a life that was killed leaves no name in the next one's way.
  createServer(serve)
    .listen(join(folder, `${name}@${process.pid}`))
    .unref();
}
