import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { createAdapter } from '@socket.io/redis-streams-adapter';
import { pino } from 'pino';
import { loadBriefing } from '../config/briefing.ts';
import { loadConfig } from '../config/load.ts';
import type { Recorded } from './domain/event.ts';
import type { Actor } from './domain/permits.ts';
import { briefingPlan, iceServers, mediaProfile, primaryRelay } from './fromConfig.ts';
import { createHttp } from './gateway/http.ts';
import { Gateway } from './gateway/sockets.ts';
import { createJobs } from './jobs/jobs.ts';
import { Timers } from './jobs/timers.ts';
import { connectRedis } from './journal/connect.ts';
import { Journal } from './journal/journal.ts';
import { Leases } from './journal/leases.ts';
import { Tail } from './journal/tail.ts';
import { MediaPlane } from './media/plane.ts';

/**
 * One server: puts the parts together, and is the only place where they meet. Nothing that matters
 * lives only here: kill it, and its pages carry on at another.
 */

const root = join(import.meta.dirname, '..');
const config = loadConfig({ root });
const log = pino({ level: config.logLevel });
const system: Actor = { role: 'system', seat: null };
/** How long an endpoint waits for its page's socket to come back, milliseconds. */
const holdMs = 20_000;
/** How long a node's closed link may take to come back before its seats move, milliseconds. */
const patienceMs = 400;
/** A briefing gathers from an hour before its start: technicians come then (T−60). */
const gatherBeforeMs = 60 * 60_000;

const { replicas } = config.redis;
const relay = await primaryRelay(config, log);
const redisUrl = relay?.url ?? config.redisUrl?.reveal();
if (!redisUrl) throw new Error('REDIS_URL is not set, and a server brings no Redis itself');
const secret = new Uint8Array(await readFile(config.secretFile));

const redis = await connectRedis({ url: redisUrl, name: 'diemcau-journal', log });
const tail = new Tail({
  redis: await connectRedis({ url: redisUrl, name: 'diemcau-tail', log, blocking: true }),
  log,
  replicas,
});
const socketsRedis = await connectRedis({
  url: redisUrl,
  name: 'diemcau-sockets',
  log,
  patient: true,
});
const now = Date.now;
const loaded = loadBriefing(config.briefing);
const briefing = loaded.name;
const journal = await Journal.create({ redis, tail, briefing, now, log, replicas });
const journals = new Map([[briefing, journal]]);

const jobs = await createJobs({
  redisUrl,
  prefix: 'diemcau',
  submit: async (id, command, commandId) =>
    (await journals.get(id)?.submit(command, system, commandId)) ?? {
      ok: false,
      refusal: 'unknownBriefing',
    },
  log,
});

const timers = new Timers({ jobs, now });

await planBriefing();

const leases = await Leases.create({
  redis,
  ttlMs: config.leases.ttlMs,
  renewMs: config.leases.renewMs,
  onLapsed: async ({ briefing: id, seat, connection }) =>
    journals
      .get(id)
      ?.submit({ type: 'seat.lose', seat, connection }, system, `${connection}-lapsed`),
  log,
});
await resumePresence();

const plane = new MediaPlane({
  nodes: new Map(config.nodes.map(({ id, url }) => [id, url])),
  secret: new TextDecoder().decode(secret).trim(),
  briefings: journals,
  iceServers: iceServers(config.rtc, now),
  onToken: (space, version) => journals.get(space)?.witness(version),
  holdMs,
  patienceMs,
  log,
});

const http = createServer(
  createHttp({
    client: join(root, 'client', 'dist'),
    secret,
    briefings: journals,
    waitingFor: () => (plane.ready ? [] : ['media nodes']),
    publicUrl: config.publicUrl,
    nodes: plane,
  }),
);

const gateway = new Gateway({
  http,
  adapter: createAdapter(socketsRedis, {
    streamName: 'diemcau:sockets',
    channelPrefix: 'diemcau:sockets',
    // Shorter than the silence after which a connection is taken for dead.
    blockTimeInMs: 1_000,
  }),
  secret,
  briefings: journals,
  presence: leases,
  media: plane,
  profile: mediaProfile(config.media),
  limits: config.limits,
  now,
  log,
});

timers.follow(journal.state);
journal.subscribe((events, state) => {
  timers.follow(state);
  for (const event of events) expectLease(event);
});

// What Redis lost with a replaced primary was in no journal: timers and leases, set anew.
journal.onCondition((condition) => {
  if (condition !== 'running') return;
  timers.again(journal.state);
  resumePresence().catch((err: unknown) => log.debug({ err }, 'presence not set anew'));
});
// All that this server knows tells of events that are no more: another begins in its place.
void journal.resumed.then(() => end(1));

http.listen({ port: config.port, host: config.host }, () => {
  log.info({ port: config.port, briefing }, 'server listening');
});

/** Plans the configured briefing once, whichever server comes first. */
async function planBriefing(): Promise<void> {
  const plan = briefingPlan(loaded, config.floor);
  if (journal.state.version === 0) {
    await journal.submit({ type: 'briefing.plan', plan }, system, `plan-${briefing}`);
  }
  const soon = Date.parse(plan.startsAt) - now() <= gatherBeforeMs;
  if (soon && journal.state.phase === 'scheduled') {
    await journal.submit({ type: 'phase.step', step: 'open' }, system, `open-${briefing}`);
  }
}

/**
 * After the death of every server at once nobody is left to say who was lost: seats that the
 * journal has connected get a lease to lapse. Harmless to repeat.
 */
async function resumePresence(): Promise<void> {
  const connected = Object.values(journal.state.seats).flatMap(
    ({ id: seat, status, connection }) =>
      status === 'connected' && connection !== null ? [{ seat, connection }] : [],
  );
  await leases.expect(briefing, connected);
}

/**
 * Every server sees to it that a joined seat has a lease: the one that it joined at may die before
 * its own claim has reached Redis, and the seat would count as connected for ever.
 */
function expectLease({ event }: Recorded): void {
  if (event.type !== 'seat.joined') return;
  const { seat, connection } = event;
  leases.expect(briefing, [{ seat, connection }]).catch((err: unknown) => {
    log.debug({ err, briefing, seat }, 'lease not written');
  });
}

async function end(code = 0): Promise<void> {
  log.info('server ends');
  await gateway.close();
  http.closeAllConnections();
  plane.close();
  await leases.close();
  await jobs.close();
  for (const each of journals.values()) await each.close();
  await tail.close();
  socketsRedis.destroy();
  redis.destroy();
  relay?.close();
  process.exit(code);
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void end());
process.on('uncaughtException', (err) => {
  log.fatal({ err }, 'a bug ended this server');
  process.exit(1);
});
