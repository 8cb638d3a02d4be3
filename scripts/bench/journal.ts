import { pino } from 'pino';
import type { BriefingPlan } from '../../server/domain/briefing.ts';
import type { Actor } from '../../server/domain/permits.ts';
import { connectRedis, type RedisLink } from '../../server/journal/connect.ts';
import { Journal } from '../../server/journal/journal.ts';
import { briefingKeys } from '../../server/journal/keys.ts';
import { Tail } from '../../server/journal/tail.ts';

/** Rates are commands (or XADDs) per second; acks in milliseconds from submit to answer. */
export interface Rate {
  readonly perSecond: number;
  readonly ackP50Ms: number;
  readonly ackP99Ms: number;
  /** CPU time of this process for each, in microseconds: holds on a busy machine too. */
  readonly cpuUs: number;
}

export interface JournalFigures {
  readonly seats: number;
  /** Bare XADD through the same client, with as many in flight. */
  readonly xadd: Rate;
  readonly oneServer: Rate;
  readonly twoServers: Rate;
  /** One server's commands per second over bare XADD's. */
  readonly ratioOne: number;
  readonly ratioTwo: number;
  /** Commands whose seat they were for refused them: 0, or the figures say nothing. */
  readonly refused: number;
}

const seats = 71;
const log = pino({ level: 'silent' });

/**
 * How many floor requests and releases a second the journal does with 71 seats that each always
 * have one command under way, beside bare XADD with 71 in flight on the same connection.
 */
export async function measureJournal(options: {
  readonly redisUrl: string;
  /** For each of the three. */
  readonly seconds: number;
}): Promise<JournalFigures> {
  const { redisUrl, seconds } = options;
  const prefix = `bench-${process.pid}-${Date.now()}`;
  const first = await openServer(redisUrl, prefix);
  const second = await openServer(redisUrl, prefix);
  try {
    const briefing = await openBriefing([first], 'one');
    const shared = await openBriefing([first, second], 'two');
    const text = JSON.stringify({
      at: Date.now(),
      by: { role: 'point', seat: 'p01' },
      command: `${prefix}-000000`,
      event: { type: 'floor.released', request: 'r100000', beneficiary: 'p01' },
    });
    const xadd = () => first.redis.xAdd(`${prefix}:xadd`, '*', { e: text }).then(() => true);
    await load(seats, seconds / 4, xadd);
    const bare = await load(seats, seconds, xadd);
    const one = await load(seats, seconds, speakers(briefing));
    const two = await load(seats, seconds, speakers(shared));
    await Promise.all([...briefing, ...shared].map((j) => j.close()));
    return {
      seats,
      xadd: bare.rate,
      oneServer: one.rate,
      twoServers: two.rate,
      ratioOne: one.rate.perSecond / bare.rate.perSecond,
      ratioTwo: two.rate.perSecond / bare.rate.perSecond,
      refused: one.refused + two.refused,
    };
  } finally {
    await first.redis.del([
      `${prefix}:xadd`,
      ...['one', 'two'].flatMap((id) => Object.values(briefingKeys(id, prefix))),
    ]);
    await Promise.all([first, second].map(({ close }) => close()));
  }
}

interface BenchServer {
  readonly redis: RedisLink;
  readonly open: (briefing: string) => Promise<Journal>;
  readonly close: () => Promise<void>;
}

async function openServer(url: string, prefix: string): Promise<BenchServer> {
  const redis = await connectRedis({ url, name: 'bench', log });
  const tailLink = await connectRedis({ url, name: 'bench-tail', log, blocking: true });
  const tail = new Tail({ redis: tailLink, log });
  return {
    redis,
    open: (briefing) => Journal.create({ redis, tail, briefing, prefix, now: Date.now, log }),
    close: async () => {
      await tail.close();
      redis.destroy();
    },
  };
}

async function openBriefing(servers: readonly BenchServer[], id: string): Promise<Journal[]> {
  const journals = await Promise.all(servers.map((s) => s.open(id)));
  const system: Actor = { role: 'system', seat: null };
  await journals[0]?.submit({ type: 'briefing.plan', plan: plan(id) }, system, 'plan');
  await journals[0]?.submit({ type: 'phase.step', step: 'open' }, system, 'open');
  return journals;
}

const seatId = (i: number) => `p${String(i).padStart(2, '0')}`;

const plan = (id: string): BriefingPlan => ({
  id,
  title: { vi: id, en: id },
  sector: { vi: '', en: '' },
  startsAt: '2019-06-28T08:00',
  chairPoint: seatId(0),
  points: Array.from({ length: seats + 1 }, (_, order) => ({
    id: seatId(order),
    name: { vi: `Điểm ${order}`, en: `Point ${order}` },
    shortName: { vi: `Đ${order}`, en: `P${order}` },
    region: 'north',
    kind: 'province',
    order,
  })),
  timeZone: 'Asia/Ho_Chi_Minh',
  classification: 'internal',
  agenda: [],
  reports: [],
  directives: [],
  series: null,
  quorum: null,
  carriedOver: [],
  floor: {
    mode: 'moderated',
    maxFloorUsers: 1,
    graceMs: 30_000,
    speech: { allottedMs: null, warningsMs: [], atEnd: 'warn' },
    replyMs: null,
    interrupt: 'none',
  },
});

/** Each seat asks for the floor and takes its hand down again, for ever; true when accepted. */
function speakers(journals: readonly Journal[]) {
  const requested = new Map<number, string>();
  return async (seat: number, turn: number): Promise<boolean> => {
    const journal = journals[seat % journals.length];
    if (!journal) throw new Error('no journal');
    const by: Actor = { role: 'point', seat: seatId(seat + 1) };
    const request = requested.get(seat);
    const answer = await journal.submit(
      request === undefined
        ? { type: 'floor.request', beneficiary: seatId(seat + 1) }
        : { type: 'floor.release', request },
      by,
      `${seat}-${turn}`,
    );
    if (!answer.ok) return false;
    if (request === undefined) requested.set(seat, `r${answer.version}`);
    else requested.delete(seat);
    return true;
  };
}

/** Runs `workers` loops for so many seconds, each with one call under way at a time. */
async function load(
  workers: number,
  seconds: number,
  call: (worker: number, turn: number) => Promise<boolean>,
): Promise<{ readonly rate: Rate; readonly refused: number }> {
  const acks: number[] = [];
  let refused = 0;
  const cpu = process.cpuUsage();
  const begin = performance.now();
  const end = begin + seconds * 1_000;
  await Promise.all(
    Array.from({ length: workers }, async (_, worker) => {
      for (let turn = 0; performance.now() < end; turn++) {
        const asked = performance.now();
        if (!(await call(worker, turn))) refused++;
        acks.push(performance.now() - asked);
      }
    }),
  );
  const { user, system } = process.cpuUsage(cpu);
  const perSecond = acks.length / ((performance.now() - begin) / 1_000);
  acks.sort((a, b) => a - b);
  const at = (part: number) => acks[Math.floor(acks.length * part)] ?? Number.NaN;
  return {
    rate: {
      perSecond,
      ackP50Ms: at(0.5),
      ackP99Ms: at(0.99),
      cpuUs: (user + system) / acks.length,
    },
    refused,
  };
}
