import { expect, test } from 'vitest';
import { api, makeBriefing, officePass, pageOf } from '../support/api.ts';
import { useCluster } from '../support/clusterTest.ts';
import { until } from '../support/until.ts';

/** Several briefings at the same time on two servers: apart from one another, and at both. */
const running = useCluster({
  servers: 2,
  nodes: 1,
  config: { limits: { commandsPerSecond: 1_000 } },
});

const stateOf = async (briefing: string, server = 0) => {
  const { cluster } = running;
  const pass = await officePass(cluster);
  const { status, json } = await api({ cluster, server, pass, path: `/api/briefings/${briefing}` });
  return status === 200 ? json.state : undefined;
};

const open = (briefing: string, server = 0) =>
  until(async () => (await stateOf(briefing, server))?.phase === 'gathering', {
    what: `${briefing} to open at server ${server}`,
  });

test('one made at the first server is served by the second, and opens there at its hour', async () => {
  const { cluster } = running;
  const briefing = await makeBriefing(cluster, { server: 0 });
  await open(briefing, 1);
  const chair = running.keep(await pageOf(cluster, { briefing, role: 'chair', server: 1 }));
  await chair.sees('itself', (s) => s.seats[cluster.chairSeat]?.status === 'connected');
  expect(chair.state.id).toBe(briefing);
});

test('a command to one changes nothing in the other', async () => {
  const { cluster } = running;
  const [seat = '', another = ''] = cluster.seats;
  const briefings = [await makeBriefing(cluster), await makeBriefing(cluster, { server: 1 })];
  const [first = '', second = ''] = briefings;
  for (const each of briefings) for (const server of [0, 1]) await open(each, server);
  const chairs = await Promise.all(
    briefings.map((briefing, server) => pageOf(cluster, { briefing, role: 'chair', server })),
  );
  const points = await Promise.all(
    briefings.map((briefing) => pageOf(cluster, { briefing, role: 'point', seat, server: 0 })),
  );
  for (const page of [...chairs, ...points]) running.keep(page);
  const [chair] = chairs;
  for (const each of chairs) {
    await each.sees('the point', (s) => s.seats[seat]?.status === 'connected');
  }
  const before = await stateOf(second);
  await chair?.done({ type: 'floor.grant', target: { seat }, replace: false });
  await chair?.done({ type: 'seat.mute', seat: another });
  await points[0]?.sees('the floor', (s) => s.floor.holders.length === 1);
  // Both servers have told what there was to tell when the second one's own event has come.
  await chairs[1]?.done({ type: 'layout.set', layout: 'chair' });
  await points[1]?.sees('the layout', (s) => s.layout === 'chair');
  const after = await stateOf(second);
  expect(after).toEqual({ ...before, layout: 'chair', version: before.version + 1 });
  expect(points[1]?.state.floor.holders).toEqual([]);
  expect((await stateOf(first)).floor.holders).toHaveLength(1);
});

test('the pass of one opens nothing of the other', async () => {
  const { cluster } = running;
  const briefing = await makeBriefing(cluster);
  const pass = await cluster.pass('secretary');
  const ask = (path: string, method = 'GET', body?: unknown) =>
    api({ cluster, pass, path: `/api/briefings/${briefing}${path}`, method, body });
  expect((await ask('')).status).toBe(403);
  expect((await ask('/events')).status).toBe(403);
  expect((await ask('/links')).status).toBe(403);
  expect((await ask('/minutes.docx')).status).toBe(403);
  const command = { id: 'a-command-of-this', command: { type: 'seat.muteOthers' } };
  expect((await ask('/commands', 'POST', command)).status).toBe(403);
  // Neither does it say whether there is another.
  const nowhere = await api({ cluster, pass, path: '/api/briefings/nowhere' });
  expect(nowhere.json).toEqual((await ask('')).json);
});

test('after the end of every server both are there again, with all that happened', {
  timeout: 60_000,
}, async () => {
  const { cluster } = running;
  const briefing = await makeBriefing(cluster, { server: 1 });
  await open(briefing);
  const body = {
    id: 'before-the-end',
    command: { type: 'message.send', to: 'all', text: 'Sắp bắt đầu.' },
  };
  const pass = await officePass(cluster);
  const path = `/api/briefings/${briefing}/commands`;
  expect((await api({ cluster, pass, path, method: 'POST', body })).status).toBe(200);
  await Promise.all([cluster.server(0).kill(), cluster.server(1).kill()]);
  await Promise.all([cluster.server(0).start(), cluster.server(1).start()]);
  for (const server of [0, 1]) {
    expect((await stateOf(briefing, server)).messages).toMatchObject([{ text: 'Sắp bắt đầu.' }]);
    expect((await stateOf(cluster.briefing, server)).phase).toBe('gathering');
    const { json } = await api({ cluster, server, pass, path: '/api/briefings' });
    const ids = json.briefings.map((each: { id: string }) => each.id);
    expect(ids).toEqual(expect.arrayContaining([briefing, cluster.briefing]));
  }
});

test('the hour comes by itself, and when the plan moves it, at the new one', async () => {
  const { cluster } = running;
  const hour = 3_600_000;
  const at = (inMs: number) => new Date(Date.now() + hour + inMs).toISOString();
  const soon = await makeBriefing(cluster, { changes: { startsAt: at(6_000) } });
  const moved = await makeBriefing(cluster, { changes: { startsAt: at(5_000) } });
  expect((await stateOf(soon)).phase).toBe('scheduled');
  const pass = await officePass(cluster);
  const path = `/api/briefings/${moved}/plan`;
  const { plan } = (await api({ cluster, pass, path })).json;
  const body = { request: 'moved-by-a-day', plan: { ...plan, startsAt: at(24 * hour) } };
  expect((await api({ cluster, server: 1, pass, path, method: 'PUT', body })).status).toBe(200);
  await open(soon, 1);
  // The one that was moved was to open a second before.
  expect((await stateOf(moved)).phase).toBe('scheduled');
});

test('a plan without a seat puts its page out, and the others see the new one', async () => {
  const { cluster } = running;
  const startsAt = '2041-07-03T14:00:00+07:00';
  const briefing = await makeBriefing(cluster, { changes: { startsAt } });
  const [stays = ''] = cluster.seats;
  const goes = cluster.seats.at(-1) ?? '';
  const page = (seat: string) => pageOf(cluster, { briefing, role: 'point', seat, server: 1 });
  const [first, last] = [running.keep(await page(stays)), running.keep(await page(goes))];
  const pass = await officePass(cluster);
  const path = `/api/briefings/${briefing}/plan`;
  const { plan } = (await api({ cluster, pass, path })).json;
  const points = plan.points.filter((point: { id: string }) => point.id !== goes);
  const body = { request: 'without-the-last', plan: { ...plan, points } };
  expect((await api({ cluster, pass, path, method: 'PUT', body })).status).toBe(200);
  await last.closed();
  expect(last.putOuts).toEqual(['passRevoked']);
  await first.sees('the plan', (s) => s.seats[goes] === undefined);
  expect(first.state.seats[stays]?.status).toBe('connected');
  expect(first.putOuts).toEqual([]);
  expect(first.gaps).toBe(0);
});
