import { pino } from 'pino';
import { connectRedis } from '../../server/journal/connect.ts';
import { measureUsage, usageLine } from '../rehearse/processes.ts';
import { type Bench, type Figure, figure, optionOf, rounded } from './figures.ts';
import { acks, openRoom, throughput } from './floorRoom.ts';
import { measureJournal } from './journal.ts';
import { openSystem } from './system.ts';

/** A busy floor: the whole room presses its button within seconds. Commands a second. */
const steadyRate = 100;
const typicalEntry = JSON.stringify({
  at: 1_561_683_600_000,
  by: { role: 'point', seat: 'thanh-hoa' },
  command: '6f1d2a3e-0a51-4c52-9c0e-5b9d0a7f2f10',
  event: {
    type: 'floor.cancelled',
    request: 'r123456',
    beneficiary: 'thanh-hoa',
    was: 'pending',
  },
});

/**
 * `ack`: milliseconds from a command's leaving the page to its answer, 71 seats connected, at a
 * steady load. `oneServer`, `twoServers`: commands a second over sockets with one always under way
 * at each seat, beside `xadd`, bare XADDs with as many under way by the same client library.
 * The load comes from this process; the servers have their own.
 */
export const floor: Bench = async (context) => {
  const rounds = Number(optionOf(context.options, 'rounds') ?? 4);
  const seconds = Number(optionOf(context.options, 'seconds') ?? 5);
  const results: Figure[] = [];
  const ratios: Record<string, number> = {};
  const log = pino({ level: 'silent' });
  for (const servers of [1, 2]) {
    const name = servers === 1 ? 'oneServer' : 'twoServers';
    const suffix = servers === 1 ? '' : 'TwoServers';
    const system = await openSystem(context, { servers });
    const redis = await connectRedis({
      url: system.redisUrl,
      name: 'bench',
      log,
    });
    const room = await openRoom(system);
    context.note(`${room.seats.length} seats connected to ${servers} server(s)`);
    const waits = await acks(room, {
      rate: steadyRate,
      seconds: rounds * seconds,
    });
    results.push(figure(`ack${suffix}`, 'ms', waits));
    await throughput(room, 2);
    const rates: number[] = [];
    const bare: number[] = [];
    const loaded: number[] = [];
    for (let round = 0; round < rounds; round++) {
      bare.push(
        await bareXadd(redis, {
          seconds: seconds / 2,
          inFlight: room.seats.length,
        }),
      );
      const used = await measureUsage([process.pid]);
      const cpu = process.cpuUsage();
      const done = await throughput(room, seconds);
      const own = process.cpuUsage(cpu);
      rates.push(done.perSecond);
      loaded.push(...done.waits);
      const load = (own.user + own.system) / 1e6 / seconds;
      context.note(
        `${name}: ${Math.round(done.perSecond)} commands/s, XADD ${Math.round(bare.at(-1) ?? 0)}/s; load generator ${load.toFixed(2)} cores · ${usageLine(await used())}`,
      );
      bare.push(
        await bareXadd(redis, {
          seconds: seconds / 2,
          inFlight: room.seats.length,
        }),
      );
    }
    results.push(
      figure(name, 'commands/s', rates),
      figure(`${name}Ack`, 'ms', loaded),
      figure(`xadd${suffix}`, 'XADDs/s', bare),
    );
    ratios[`xadd${suffix}`] = rounded(mean(rates) / mean(bare));
    room.close();
    if (servers === 1) {
      const journal = await measureJournal({
        redisUrl: system.redisUrl,
        seconds,
      });
      context.note(`journal alone: ${JSON.stringify(journal)}`);
      ratios.xaddJournal = rounded(journal.ratioOne);
      ratios.xaddJournalTwoServers = rounded(journal.ratioTwo);
    }
    redis.destroy();
    await system.close();
  }
  return { results, ratios };
};

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

type Redis = Awaited<ReturnType<typeof connectRedis>>;

async function bareXadd(
  redis: Redis,
  { seconds, inFlight }: { seconds: number; inFlight: number },
): Promise<number> {
  const key = 'bench:xadd';
  const begin = performance.now();
  const end = begin + seconds * 1000;
  let count = 0;
  const one = async () => {
    while (performance.now() < end) {
      await redis.xAdd(key, '*', { e: typicalEntry });
      count++;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, one));
  const rate = count / ((performance.now() - begin) / 1000);
  await redis.del(key);
  return rate;
}
