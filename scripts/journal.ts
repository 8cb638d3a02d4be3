import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { loadConfig } from '../config/load.ts';
import { primaryRelay } from '../server/fromConfig.ts';
import { connectRedis } from '../server/journal/connect.ts';
import { acceptLoss, standOf } from '../server/journal/resume.ts';
import { ownRedisUrl } from './redis.ts';

/**
 * npm run journal: what an operator does when Redis has lost accepted events. Servers have halted
 * then, since all that they know tells of things that are no more.
 */
const usage = `npm run journal -- show [briefing]
    How far the journal reaches, and whether servers have halted it.
npm run journal -- accept <briefing> [--above <version>]
    Lets it go on from where it is, above the highest version that was seen. Servers then end
    themselves, to be started again by whatever runs them.`;

const log = pino({ level: 'warn' }, pino.destination(2));
const root = join(import.meta.dirname, '..');
const config = loadConfig({ root });
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { above: { type: 'string' } },
});
const [what, briefing = config.briefing] = positionals;
const { replicas } = config.redis;
const relay = await primaryRelay(config, log);
const url = relay?.url ?? config.redisUrl?.reveal() ?? (await ownRedisUrl(config.dataDir));
const redis = await connectRedis({ url, name: 'diemcau-operator', log });
process.exitCode = await run();
redis.destroy();
relay?.close();

async function run(): Promise<number> {
  if (what === 'show') {
    const { head, seen } = await standOf(redis, briefing);
    const halted = `halted: it ends at version ${head}, but version ${seen} was seen before`;
    console.log(`${briefing}: ${seen === 0 ? `goes on, at version ${head}` : halted}`);
    return 0;
  }
  if (what !== 'accept' || positionals.length !== 2) {
    console.error(usage);
    return 2;
  }
  const above = Number(values.above ?? 0);
  if (!Number.isSafeInteger(above) || above < 0) {
    console.error(`--above ${values.above}: expected a version`);
    return 2;
  }
  const result = await acceptLoss({ redis, briefing, above, replicas, now: Date.now() });
  if (result.kind === 'nothingLost') console.error(`${briefing} is not halted.`);
  else if (result.kind === 'conflict') console.error(`${briefing} has just been written to.`);
  else console.log(`${briefing} goes on at version ${result.head}.`);
  return result.kind === 'resumed' ? 0 : 1;
}
