import { readFile } from 'node:fs/promises';
import { createClient } from 'redis';
import type { BenchSystem } from '../bench/system.ts';
import type { Probes } from './probes.ts';

/** What goes wrong in a soak. What is killed is started again by the system's own supervisor. */
export interface Mishap {
  readonly name: string;
  readonly strike: () => Promise<void>;
}

export interface MishapOptions {
  readonly system: BenchSystem;
  readonly probes: Probes;
  readonly processes: Readonly<Record<string, string>>;
}

/**
 * In turn. Only the second server and the second node die: the first of each lives through it all,
 * so that what piles up with every death of the others shows.
 */
export function mishapsOf({ system, probes, processes }: MishapOptions): readonly Mishap[] {
  const pidOf = (name: string) => probes.pid(processes[name] ?? name);
  const kill = async (name: string) => {
    process.kill(await pidOf(name), 'SIGKILL');
  };
  return [
    { name: 'node killed', strike: () => kill('sfu-2') },
    { name: 'server killed', strike: () => kill('server-2') },
    { name: 'node drained', strike: () => drain(system, 'sfu-2') },
    {
      name: 'media worker killed',
      strike: async () => {
        for (const pid of await childrenOf(await pidOf('sfu-1'))) process.kill(pid, 'SIGKILL');
      },
    },
    { name: 'Redis restarted', strike: () => endRedis(system.redisUrl) },
  ];
}

async function drain({ urls, pass }: BenchSystem, node: string): Promise<void> {
  const authorization = `Bearer ${await pass('technician')}`;
  const answer = await fetch(`${urls[0]}/api/nodes/${node}/drain`, {
    method: 'POST',
    headers: { authorization },
  });
  if (!answer.ok) throw new Error(`drain: ${answer.status}`);
}

/** proc(5). */
async function childrenOf(pid: number): Promise<number[]> {
  const list = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return list.split(' ').filter(Boolean).map(Number);
}

/** In good order: what it accepted is on the disk, so that nothing is lost that was confirmed. */
async function endRedis(url: string): Promise<void> {
  const redis = createClient({ url, socket: { reconnectStrategy: false } });
  redis.on('error', () => {});
  await redis.connect();
  const pid = Number(/^process_id:(\d+)/m.exec(await redis.info('server'))?.[1]);
  redis.destroy();
  process.kill(pid, 'SIGTERM');
}
