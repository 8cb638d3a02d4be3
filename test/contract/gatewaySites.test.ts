import { beforeAll, expect, test } from 'vitest';
import { expectUnharmed, pidsOf, useCluster } from '../support/clusterTest.ts';
import { reading } from '../support/readings.ts';

/** The part of the wire that is about measuring and looking: who may, and what is no such thing. */
const running = useCluster({ nodes: 1, config: { limits: { commandsPerSecond: 5_000 } } });
let pids: readonly (number | undefined)[] = [];
beforeAll(() => {
  pids = pidsOf(running.cluster);
});

const view = { tiles: 'all', closer: null };

test('office pages say what they look at; a point has no say in what it receives', async () => {
  const { cluster } = running;
  for (const role of ['chair', 'secretary', 'wall', 'technician'] as const) {
    const page = await running.connect({ role });
    expect(await page.ask('media.view', view), role).toEqual({ ok: true });
    const closer = { tiles: cluster.seats.slice(0, 3), closer: cluster.seats[5] };
    expect(await page.ask('media.view', closer), role).toEqual({ ok: true });
    // A seat that is not there is looked at in vain, and no harm done.
    expect(await page.ask('media.view', { tiles: ['nowhere'], closer: 'nobody' })).toEqual({
      ok: true,
    });
  }
  const point = await running.connect({ role: 'point', seat: cluster.seats[0] ?? '' });
  expect(await point.ask('media.view', view)).toMatchObject({ ok: false, refusal: 'notPermitted' });
  await expectUnharmed(cluster, pids);
});

test('what is no view is malformed', async () => {
  const wall = await running.connect({ role: 'wall' });
  const bad = [
    {},
    { tiles: 'all' },
    { tiles: 'some', closer: null },
    { tiles: [7], closer: null },
    { tiles: [''], closer: null },
    { tiles: Array(257).fill('x'), closer: null },
    { tiles: ['x'.repeat(65)], closer: null },
    { ...view, closer: 3 },
    { ...view, more: 1 },
  ];
  for (const body of bad) {
    expect(await wall.ask('media.view', body), JSON.stringify(body).slice(0, 80)).toMatchObject({
      ok: false,
      refusal: 'malformed',
    });
  }
  await expectUnharmed(running.cluster, pids);
});

test('only sites report, within bounds', async () => {
  const site = await running.connect({ role: 'point', seat: running.cluster.seats[1] ?? '' });
  const wall = await running.connect({ role: 'wall' });
  expect(await site.ask('site.report', reading())).toEqual({ ok: true });
  expect(await wall.ask('site.report', reading())).toMatchObject({
    ok: false,
    refusal: 'notPermitted',
  });
  const { pictures } = reading();
  const bad = [
    {},
    { ...reading(), more: 1 },
    { ...reading(), lossUp: 1.5 },
    { ...reading(), lossDown: -0.1 },
    { ...reading(), roundTripMs: Number.MAX_VALUE },
    { ...reading(), bitrateUp: '900' },
    { ...reading(), browser: 'x'.repeat(200) },
    { ...reading(), cameraLabel: 'x'.repeat(5_000) },
    { ...reading(), cap: 'off' },
    { ...reading(), pictures: Array(17).fill(pictures[0]) },
    { ...reading(), sent: { ...reading().sent, limitedBy: 'mood' } },
  ];
  for (const body of bad) {
    expect(await site.ask('site.report', body), JSON.stringify(body).slice(0, 80)).toMatchObject({
      ok: false,
      refusal: 'malformed',
    });
  }
  await expectUnharmed(running.cluster, pids);
});

test('what is no remote action is malformed, whoever asks', async () => {
  const desk = await running.connect({ role: 'technician' });
  const seat = running.cluster.seats[2] ?? '';
  const bad = [
    undefined,
    'reload',
    {},
    { do: 'explode' },
    { do: 'capLayer' },
    { do: 'capLayer', layer: 'off' },
    { do: 'reload', more: 1 },
  ];
  for (const action of bad) {
    expect(await desk.ask('site.act', { seat, action }), JSON.stringify(action)).toMatchObject({
      ok: false,
      refusal: 'malformed',
    });
  }
  await expectUnharmed(running.cluster, pids);
});

test('a page that has no media, or no other node to go to, is told so', async () => {
  const site = await running.connect({ role: 'point', seat: running.cluster.seats[3] ?? '' });
  const none = { ok: false, refusal: 'mediaUnavailable' };
  expect(await site.ask('media.move', {})).toMatchObject(none);
  expect(await site.ask('media.open', { standby: false })).toMatchObject({ ok: true });
  expect(await site.ask('media.move', {})).toMatchObject(none);
});
