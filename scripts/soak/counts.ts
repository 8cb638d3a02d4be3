import type { ProbeQuestion } from './probe.ts';
import type { Probes } from './probes.ts';
import { countRedis } from './redisCounts.ts';

/** A whole system's counts at one moment. */
export interface Counts {
  /** `<process>.<count>`, as in `sfu-1.transports`. */
  readonly counts: Readonly<Record<string, number>>;
  /** The life of each process: another pid is another life. */
  readonly pids: Readonly<Record<string, number>>;
  readonly busiest: Readonly<Record<string, readonly string[]>>;
  /** Keys in Redis that nobody can account for. */
  readonly unexpected: readonly string[];
}

export interface CountedSystem {
  readonly probes: Probes;
  /** What a probe is called, by the name that people know the process by. */
  readonly processes: Readonly<Record<string, string>>;
  readonly redisUrl: string;
}

/** @throws Error while one of the processes is not there. */
export async function countAll(system: CountedSystem, question: ProbeQuestion): Promise<Counts> {
  const counts: Record<string, number> = {};
  const pids: Record<string, number> = {};
  const busiest: Record<string, readonly string[]> = {};
  for (const [name, probe] of Object.entries(system.processes)) {
    const answer = await system.probes.ask(probe, question);
    for (const [what, value] of Object.entries(answer.counts)) counts[`${name}.${what}`] = value;
    pids[name] = answer.pid;
    busiest[name] = answer.busiest;
  }
  if (question === 'look') return { counts, pids, busiest, unexpected: [] };
  const redis = await countRedis(system.redisUrl);
  for (const [what, value] of Object.entries(redis.counts)) counts[`redis.${what}`] = value;
  return { counts, pids, busiest, unexpected: redis.unexpected };
}
