import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { createAdapter } from '@socket.io/redis-streams-adapter';
import { pino } from 'pino';
import { listBriefings, loadBriefing } from '../config/briefing.ts';
import { loadConfig } from '../config/load.ts';
import { loadRecords } from '../config/records.ts';
import { briefingClock } from './clock.ts';
import type { Actor } from './domain/permits.ts';
import { timersDue } from './domain/timers.ts';
import { followEach } from './following.ts';
import { draftOf, iceServers, mediaProfile, primaryRelay } from './fromConfig.ts';
import { callerOf } from './gateway/api/callers.ts';
import { createHttp } from './gateway/http.ts';
import { Gateway } from './gateway/sockets.ts';
import { createJobs } from './jobs/jobs.ts';
import { isAway } from './journal/away.ts';
import { Briefings } from './journal/briefings.ts';
import { writtenToReplicas } from './journal/confirm.ts';
import { connectRedis } from './journal/connect.ts';
import { FaultStore } from './journal/faultStore.ts';
import { Journal } from './journal/journal.ts';
import { Leases } from './journal/leases.ts';
import { Registry } from './journal/registry.ts';
import { Tail } from './journal/tail.ts';
import { MediaPlane } from './media/plane.ts';
import { createNotifying } from './notifying.ts';
import { Planner } from './planning/planner.ts';
import { noticeDue } from './records/conclusionNotice.ts';
import { startOfDate } from './records/localTime.ts';
import { Records } from './records/records.ts';
import { tableKinds } from './records/tables.ts';

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
const clock = briefingClock(config.rehearsal);
const { now, real } = clock;
if (config.rehearsal) log.warn(config.rehearsal, 'a rehearsal: briefings go by its clock');
const briefings = await Briefings.create({
  registry: new Registry({ redis, replicas }),
  openJournal: (briefing) => Journal.create({ redis, tail, briefing, now, log, replicas }),
  now,
  log,
});
const planner = new Planner({
  briefings,
  templates: new Map(
    listBriefings().map((name) => [name, draftOf(loadBriefing(name), config.floor)]),
  ),
  now,
});

const jobs = await createJobs({
  redisUrl,
  prefix: 'diemcau',
  submit: async (id, command, commandId) => {
    if (command.type === 'briefing.open') await planner.refresh(id);
    const journal = await briefings.open(id);
    return journal?.submit(command, system, commandId) ?? { ok: false, refusal: 'unknownBriefing' };
  },
  log,
});

await planConfigured();

const leases = await Leases.create({
  redis,
  ttlMs: config.leases.ttlMs,
  renewMs: config.leases.renewMs,
  onLapsed: async ({ briefing: id, seat, connection }) => {
    const journal = await briefings.open(id);
    return journal?.submit({ type: 'seat.lose', seat, connection }, system, `${connection}-lapsed`);
  },
  log,
});

const plane = new MediaPlane({
  nodes: new Map(config.nodes.map(({ id, url }) => [id, url])),
  secret: new TextDecoder().decode(secret).trim(),
  briefings,
  // Its credentials end by the machine's clock, whatever briefings go by.
  iceServers: iceServers(config.rtc, Date.now),
  onToken: (space, version) => briefings.get(space)?.witness(version),
  holdMs,
  patienceMs,
  log,
});

const recordsSettings = loadRecords();
const records = Records.create({
  redis,
  replicated: () => writtenToReplicas(redis, replicas),
  readJournal: async (id) => (await briefings.open(id))?.read(0, Infinity) ?? [],
  settings: recordsSettings,
  now,
});

const notifying = await createNotifying({
  config,
  redisUrl,
  redis,
  secret,
  briefings,
  jobs,
  calendar: {
    startOfDate,
    conclusionDue: (closedAt, timeZone) =>
      noticeDue(closedAt, { timeZone, holidays: recordsSettings.holidays }).date,
  },
  documents: async (id) => {
    const made = [
      ['minutes.docx', await records.docx(id)],
      ['attendance.xlsx', await records.xlsx(id)],
      ['archive.zip', await records.archiveZip(id)],
    ] as const;
    return new Map(made.flatMap(([name, bytes]) => (bytes ? [[name, bytes] as const] : [])));
  },
  mayEnter: async (pass) => {
    const caller = await callerOf(pass, secret);
    return caller?.role === 'technician' || caller?.role === 'office';
  },
  now,
  real,
  log,
});

const http = createServer(
  createHttp({
    client: join(root, 'client', 'dist'),
    board: notifying.board,
    waitingFor: () => (plane.ready ? [] : ['media nodes']),
    api: {
      secret,
      briefings,
      planner,
      records,
      recordTables: tableKinds,
      nodes: plane,
      webhooks: notifying.webhooks,
      contacts: notifying.contacts,
      now,
      publicUrl: config.publicUrl,
      perSecond: config.limits.commandsPerSecond,
      isAway,
      log,
    },
  }),
);

const faults = new FaultStore({ redis, log });

const gateway = new Gateway({
  http,
  adapter: createAdapter(socketsRedis, {
    streamName: 'diemcau:sockets',
    channelPrefix: 'diemcau:sockets',
    // Shorter than the silence after which a connection is taken for dead.
    blockTimeInMs: 1_000,
    // Sites' measurements go this way once a second: a few minutes of them are more than enough.
    maxLen: 1_000,
  }),
  secret,
  briefings,
  presence: leases,
  media: plane,
  faults,
  profile: mediaProfile(config.media),
  checkAtJoin: config.lineCheck.atJoin,
  limits: config.limits,
  now,
  speed: clock.speed,
  log,
});

followEach({ briefings, jobs, leases, now, real, log, onResumed: () => void end(1) });
notifying.follow();

http.listen({ port: config.port, host: config.host }, () => {
  log.info({ port: config.port, briefings: [...briefings.keys()] }, 'server listening');
});

/** Plans the configured briefing once, whichever server comes first; a start in the past opens it. */
async function planConfigured(): Promise<void> {
  const { briefing } = config;
  const draft = planner.templates.get(briefing);
  if (!draft) throw new Error(`config/briefings has no ${briefing}`);
  if (!(await briefings.open(briefing))) {
    const planned = await planner.create(briefing, draft);
    if (!planned.ok) throw new Error(`${briefing} cannot be planned: ${planned.refusal}`);
  }
  const journal = await briefings.open(briefing);
  // The same timer as jobs would set: whoever comes first, it opens once.
  for (const { id, at, command } of journal ? timersDue(journal.state) : []) {
    const due = command.type === 'briefing.open' && at <= now();
    if (due) await journal?.submit(command, system, id);
  }
}

async function end(code = 0): Promise<void> {
  log.info('server ends');
  await gateway.close();
  faults.close();
  http.closeAllConnections();
  plane.close();
  await leases.close();
  await notifying.close();
  await jobs.close();
  await briefings.close();
  await records.close();
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
