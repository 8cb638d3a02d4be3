import { afterEach, expect, test } from 'vitest';
import type { LineResult } from '../../server/domain/lineCheck.ts';
import type { CheckOrder } from '../../server/protocol/lineCheck.ts';
import type { Whisper, WhisperAtSite } from '../../server/protocol/whisper.ts';
import type { ClusterClient } from '../support/clusterClient.ts';
import { useCluster } from '../support/clusterTest.ts';
import { until } from '../support/until.ts';

/** Line checks and whispers over two servers: each does its part for its own pages, once. */
const running = useCluster({
  servers: 2,
  nodes: 1,
  config: { limits: { commandsPerSecond: 1_000 } },
});
const open: ClusterClient[] = [];
afterEach(() => {
  for (const client of open.splice(0)) client.close();
});

const seat = (place: number): string => running.cluster.seats[place] ?? '';
const point = async (
  place: number,
  server: number,
  prepare: (site: ClusterClient) => void = () => {},
) => {
  const site = await running.connect({ role: 'point', seat: seat(place), server, prepare });
  open.push(site);
  return site;
};
const office = async (role: 'technician' | 'secretary', server: number) => {
  const page = await running.connect({ role, server });
  open.push(page);
  return page;
};

const good: LineResult = {
  picture: { framesDecoded: 75, frameRate: 25, width: 640, height: 360 },
  sound: { levelDb: -20 },
  rttMs: 30,
  lossUp: 0,
  lossDown: 0,
  upBps: 900_000,
  downBps: null,
};

/** A page that answers when it is let to; keeps the orders that it got. */
function answering(site: ClusterClient, result: unknown = good) {
  const orders: CheckOrder[] = [];
  let may: () => void = () => {};
  const let_ = new Promise<void>((resolve) => {
    may = resolve;
  });
  site.socket.on('check', (order, done) => {
    orders.push(order);
    void let_.then(() => done(result as LineResult));
  });
  return { orders, may };
}

test('an order reaches each site at whichever server, a few at once; who is away has no answer', async () => {
  const desk = await office('technician', 0);
  const places = Array.from({ length: 20 }, (_, place) => place);
  const sites = await Promise.all(places.map((place) => point(place, 0)));
  const elsewhere = await point(20, 1);
  const pages = sites.map((site) => answering(site));
  const far = answering(elsewhere, { ...good, lossUp: 7 });
  await desk.sees('all', (s) => s.seats[seat(20)]?.status === 'connected');
  const seats = [...places, 20, 30].map(seat);
  expect(await desk.command({ type: 'lineCheck.start', seats })).toMatchObject({ ok: true });
  const asked = () => pages.filter((p) => p.orders.length > 0).length;
  await until(() => asked() === 16 && far.orders.length === 1, { what: 'the first sixteen' });
  expect(far.orders).toEqual([{ chime: true }]);
  await desk.sees('who is away', (s) => s.lineChecks[seat(30)]?.verdict === 'failed');
  // Nobody more is asked before somebody has answered.
  expect(asked()).toBe(16);
  for (const page of pages) page.may();
  far.may();
  await desk.sees('all results', (s) => seats.every((id) => s.lineChecks[id] !== undefined));
  expect(pages.every((p) => p.orders.length === 1)).toBe(true);
  const { lineChecks, lineCheckRun } = desk.state;
  expect(lineChecks[seat(0)]).toMatchObject({ verdict: 'good', run: lineCheckRun?.run });
  // What is no result counts as none.
  expect(lineChecks[seat(20)]).toMatchObject({ result: null, faults: ['noAnswer'] });
});

test('a site that comes after the order is asked as well; one on the floor is left alone', async () => {
  const desk = await office('technician', 0);
  const secretary = await office('secretary', 0);
  const speaker = answering(await point(40, 0));
  await desk.sees('it', (s) => s.seats[seat(40)]?.status === 'connected');
  await secretary.done({ type: 'floor.grant', target: { seat: seat(40) }, replace: true });
  const seats = [seat(40), seat(41)];
  expect(await desk.command({ type: 'lineCheck.start', seats })).toMatchObject({ ok: true });
  await desk.sees('the absent one', (s) => s.lineChecks[seat(41)]?.result === null);
  // It is asked as soon as it is in.
  await point(41, 1, (late) => answering(late).may());
  await desk.sees('its answer', (s) => s.lineChecks[seat(41)]?.verdict === 'good');
  expect(speaker.orders).toEqual([]);
  expect(desk.state.lineChecks[seat(40)]).toBeUndefined();
  const request = desk.state.floor.holders[0] ?? '';
  await secretary.done({ type: 'floor.revoke', request });
});

test('a whisper over two servers: told to the site and to the office, one at a time', async () => {
  const desk = await office('technician', 0);
  const told: (readonly Whisper[])[] = [];
  const secretary = await office('secretary', 1);
  secretary.socket.on('whispers', (all) => told.push(all));
  const site = await point(50, 1);
  const heard: (WhisperAtSite | null)[] = [];
  site.socket.on('whisper', (whisper) => heard.push(whisper));
  await desk.sees('it', (s) => s.seats[seat(50)]?.status === 'connected');
  const start = (by: ClusterClient, of: string) => by.ask('whisper.start', { seat: of });
  expect(await start(desk, seat(50))).toMatchObject({ ok: true });
  await until(() => heard.at(-1)?.by === 'technician', { what: 'the site to be told' });
  await until(() => told.at(-1)?.[0]?.seat === seat(50), { what: 'the office to be told' });
  expect(await start(secretary, seat(50))).toMatchObject({ refusal: 'whisperUnderWay' });
  expect(await start(secretary, seat(60))).toMatchObject({ refusal: 'seatNotConnected' });
  expect(await start(secretary, 'nowhere')).toMatchObject({ refusal: 'unknownSeat' });
  expect(await start(site, seat(50))).toMatchObject({ refusal: 'notPermitted' });
  expect(await desk.ask('whisper.stop', {})).toEqual({ ok: true });
  await until(() => heard.at(-1) === null && told.at(-1)?.length === 0, { what: 'its end' });
  // It goes with either's socket.
  await start(desk, seat(50));
  await until(() => told.at(-1)?.length === 1, { what: 'the next one' });
  site.drop();
  await until(() => told.at(-1)?.length === 0, { what: 'its end with the site' });
  await point(50, 0);
  await desk.sees('it again', (s) => s.seats[seat(50)]?.status === 'connected');
  await start(desk, seat(50));
  await until(() => told.at(-1)?.length === 1, { what: 'another' });
  desk.drop();
  await until(() => told.at(-1)?.length === 0, { what: 'its end with the office page' });
});
