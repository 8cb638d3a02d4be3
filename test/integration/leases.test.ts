import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { connectRedis, type RedisLink } from '../../server/journal/connect.ts';
import { type Claim, Leases } from '../../server/journal/leases.ts';
import { quiet } from '../support/journals.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';

let redis: TestRedis;
let prefix = '';
let made: { link: RedisLink; leases: Leases }[] = [];

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());
beforeEach(({ task }) => {
  prefix = task.id;
  made = [];
});
afterEach(async () => {
  for (const { leases, link } of made) {
    await leases.close();
    if (link.isOpen) link.destroy();
  }
});

const ttlMs = 300;
const claim = (seat: string, connection = `${seat}-socket`): Claim => ({
  briefing: 'b',
  seat,
  connection,
});

/** A server's leases; with `clock`, its turns come only when the test calls `renew` and `sweep`. */
async function server(
  onLapsed: (
    claim: Claim,
  ) => Promise<{ ok: true; version: number } | { ok: false; refusal: 'controlPaused' } | undefined>,
  clock?: { now: number },
) {
  const link = await connectRedis({ url: redis.url, name: 'leases', log: quiet });
  const leases = await Leases.create({
    redis: link,
    ttlMs,
    renewMs: 60,
    onLapsed,
    log: quiet,
    prefix,
    ...(clock ? { now: () => clock.now, every: () => () => {} } : {}),
  });
  const all = { link, leases };
  made.push(all);
  return all;
}

const nobody = async (lapsed: Claim): Promise<undefined> => {
  throw new Error(`lapsed: ${JSON.stringify(lapsed)}`);
};
const members = (link: RedisLink) => link.zRange(`${prefix}:{b}:leases`, 0, -1);
const lapsesAt = (link: RedisLink, member: string) => link.zScore(`${prefix}:{b}:leases`, member);

test('a living server keeps its seats; when it dies another takes them over, and only its', async () => {
  const lapsed: Claim[] = [];
  const dying = await server(nobody);
  const living = await server(async (c) => {
    lapsed.push(c);
    return { ok: true, version: 1 };
  });
  dying.leases.claim(claim('p01'));
  dying.leases.claim(claim('p02'));
  living.leases.claim(claim('p03'));
  const before = await until(() => lapsesAt(dying.link, 'p01 p01-socket'), { what: 'claimed' });
  await until(async () => ((await lapsesAt(dying.link, 'p01 p01-socket')) ?? 0) > before + ttlMs, {
    what: 'renewed past its first end',
  });
  expect(lapsed).toEqual([]);
  // It dies: nothing of it renews any more.
  await dying.leases.close();
  dying.link.destroy();
  await until(() => lapsed.length === 2, { what: 'both seats handed over' });
  expect(lapsed.map((c) => c.seat).sort()).toEqual(['p01', 'p02']);
  expect(lapsed).toContainEqual(claim('p01'));
  await until(async () => (await members(living.link)).join() === 'p03 p03-socket', {
    what: 'forgotten',
  });
});

test('of several servers one gets each lapsed seat', async () => {
  const clock = { now: 0 };
  const got: string[] = [];
  const take = async (c: Claim) => {
    got.push(c.seat);
    return { ok: true, version: 1 } as const;
  };
  const gone = await server(nobody, clock);
  const others = await Promise.all([server(take, clock), server(take, clock), server(take, clock)]);
  for (let i = 10; i < 40; i++) gone.leases.claim(claim(`p${i}`));
  const last = await until(() => lapsesAt(gone.link, 'p39 p39-socket'), { what: 'claimed' });
  clock.now += ttlMs;
  await until(async () => redisNow(gone.link).then((now) => now > last), { what: 'all lapsed' });
  await Promise.all(others.map((o) => o.leases.sweep()));
  expect(got.sort()).toEqual(Array.from({ length: 30 }, (_, i) => `p${i + 10}`));
  expect(await gone.link.exists(`${prefix}:{b}:leases`)).toBe(0);
  expect(await gone.link.sMembers(`${prefix}:leased`)).toEqual([]);
});

test('a seat is handed out again while control is paused or its taker fails', async () => {
  const clock = { now: 0 };
  let turn = 0;
  const gone = await server(nobody, clock);
  const { leases, link } = await server(async () => {
    turn++;
    if (turn === 1) return { ok: false, refusal: 'controlPaused' };
    if (turn === 2) throw new Error('cut off');
    return { ok: true, version: 1 };
  }, clock);
  gone.leases.claim(claim('p01'));
  clock.now += ttlMs;
  for (const expected of [1, 2, 3]) {
    await until(
      async () => {
        clock.now += ttlMs;
        await leases.renew();
        await leases.sweep();
        return turn === expected;
      },
      { what: `handed out ${expected} times` },
    );
  }
  expect(await members(link)).toEqual([]);
});

test('after Redis was away nobody is swept before all had time to renew', async () => {
  const clock = { now: 0 };
  const lapsed: string[] = [];
  const { leases, link } = await server(async (c) => {
    lapsed.push(c.seat);
    return undefined;
  }, clock);
  clock.now += ttlMs;
  // A claim of another server, which could not renew it while Redis was away.
  await link.sAdd(`${prefix}:leased`, 'b');
  await link.zAdd(`${prefix}:{b}:leases`, { score: 1, value: 'p01 there' });
  await redis.kill();
  await until(() => !link.isReady, { what: 'redis is gone' });
  await leases.renew();
  await redis.restart();
  await until(() => link.isReady, { what: 'redis is back' });
  await leases.renew();
  await leases.sweep();
  clock.now += ttlMs - 1;
  await leases.sweep();
  expect(lapsed).toEqual([]);
  clock.now += 1;
  await leases.sweep();
  expect(lapsed).toEqual(['p01']);
});

test('dropped claims do not lapse; expected ones do, unless their server renews them', async () => {
  const clock = { now: 0 };
  const lapsed: string[] = [];
  const { leases, link } = await server(async (c) => {
    lapsed.push(c.seat);
    return undefined;
  }, clock);
  leases.claim(claim('p01'));
  leases.drop(claim('p01'));
  leases.claim(claim('p02'));
  const own = await until(() => lapsesAt(link, 'p02 p02-socket'), { what: 'claimed' });
  await leases.expect('b', [claim('p02'), claim('p03')]);
  expect(await lapsesAt(link, 'p02 p02-socket')).toBe(own);
  const last = (await lapsesAt(link, 'p03 p03-socket')) ?? 0;
  await until(async () => (await redisNow(link)) > last, { what: 'all lapsed' });
  clock.now += ttlMs;
  await leases.renew();
  await leases.sweep();
  expect(lapsed).toEqual(['p03']);
});

async function redisNow(link: RedisLink): Promise<number> {
  const [seconds, micros] = (await link.sendCommand(['TIME'])) as unknown as [string, string];
  return Number(seconds) * 1_000 + Math.floor(Number(micros) / 1_000);
}
