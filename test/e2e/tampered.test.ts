import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { ClusterClient } from '../support/clusterClient.ts';
import { deedsOf } from '../support/clusterJournal.ts';
import type { SurfacePage } from '../support/pagesSurface.ts';
import { tamper } from '../support/pagesTampered.ts';
import { farApart, usePages } from '../support/pagesTest.ts';
import { until } from '../support/until.ts';

/**
 * A site whose browser sends picture and sound whatever it is told: the floor is kept at the media
 * node, so nobody sees it on the programme or hears it unless it has the floor.
 */
const running = usePages({ config: { limits: { commandsPerSecond: 1_000 } } });
let chair: SurfacePage;
let honest: SurfacePage[] = [];
let tampered: SurfacePage;
let seat = '';
let secretary: ClusterClient;

beforeAll(async () => {
  const { cluster, pages } = running;
  const [first = '', second = '', third = ''] = farApart(cluster.seats);
  seat = first;
  secretary = await ClusterClient.connect({ cluster, role: 'secretary' });
  [chair, tampered, ...honest] = await Promise.all([
    pages.open({ role: 'chair' }),
    pages.open({ role: 'point', seat, before: tamper }),
    pages.open({ role: 'point', seat: second }),
    pages.open({ role: 'point', seat: third }),
  ]);
  for (const page of honest) await page.sees({ main: [0] });
  await secretary.sees('it', (s) => s.seats[seat]?.status === 'connected');
  return () => secretary.close();
});

beforeEach(async () => {
  for (const { id, status } of secretary.state.floor.requests) {
    const type = status === 'granted' ? 'floor.revoke' : 'floor.deny';
    await secretary.done({ type, request: id });
  }
});

const sent = () => tampered.page.evaluate(() => window.tampered.sent());
const own = () => tampered.site ?? -1;

/** Sound and pictures that have to leave the tampered browser for a "never" to be worth something. */
const enough = { sound: 150, pictures: 15 };

/** Looks at every other page again and again, for as long as it takes the tampered one to send that. */
async function whileItSends(look: (page: SurfacePage) => Promise<void>): Promise<void> {
  const start = await sent();
  await until(
    async () => {
      for (const page of [chair, ...honest]) await look(page);
      const now = await sent();
      return (
        now.confirmed &&
        now.sound - start.sound >= enough.sound &&
        now.pictures - start.pictures >= enough.pictures
      );
    },
    { what: 'the tampered page to send on', timeoutMs: 60_000, seen: () => start },
  );
}

const unseen = async (page: SurfacePage) => {
  const { main, inset, presentation } = await page.seen();
  if ([...main, ...inset, ...presentation].includes(own())) found('seen', page);
};

/** Twice in a row: a crackle can sound like anybody for a moment. */
const unheard = async (page: SurfacePage) => {
  if (!(await page.heard()).includes(own())) return;
  if ((await page.heard()).includes(own())) found('heard', page);
};

const violations: string[] = [];
function found(how: 'seen' | 'heard', page: SurfacePage): void {
  violations.push(`${how} at ${page.name}`);
}

async function neither(): Promise<void> {
  violations.length = 0;
  await whileItSends(async (page) => {
    await unseen(page);
    await unheard(page);
  });
  expect(violations).toEqual([]);
}

test('without the floor: neither seen nor heard, though its picture and sound reach the node', async () => {
  await neither();
  // The wall has its picture, as it should: what it sends does arrive.
  const wall = await running.pages.open({ role: 'wall' });
  await until(
    async () => (await wall.pictures()).some((p) => p.painted?.site === own() && p.frames > 1),
    { what: 'its picture on the wall' },
  );
  await wall.hears();
  await wall.close();
});

test('prepared as the next in the queue: received by all, yet neither seen nor heard', async () => {
  await secretary.done({ type: 'floor.request', beneficiary: seat });
  await Promise.all(
    honest.map((page) =>
      until(
        async () =>
          (await page.probe())?.receiving.some(
            (r) => r.stream === `${seat}/camera` && r.frames > 1,
          ),
        { what: `${page.name} to receive it as the next` },
      ),
    ),
  );
  await neither();
});

test('after a revoke it goes on sending: neither seen nor heard any more', async () => {
  await secretary.done({ type: 'floor.grant', target: { seat }, replace: true });
  for (const page of honest) await page.sees({ main: [own()], inset: [0] });
  await Promise.all([chair.hears(own()), ...honest.map((page) => page.hears(0, own()))]);
  await secretary.done({ type: 'floor.revoke', request: await secretary.requestOf(seat) });
  for (const page of honest) await page.sees({ main: [0] });
  await Promise.all([chair.hears(), ...honest.map((page) => page.hears(0))]);
  await neither();
});

test('muted by the chair while it speaks: seen, but not heard', async () => {
  await secretary.done({ type: 'floor.grant', target: { seat }, replace: true });
  await Promise.all(honest.map((page) => page.hears(0, own())));
  await secretary.done({ type: 'seat.mute', seat });
  await Promise.all(honest.map((page) => page.hears(0)));
  violations.length = 0;
  await whileItSends(unheard);
  expect(violations).toEqual([]);
  for (const page of honest) await page.sees({ main: [own()], inset: [0] });
  await secretary.done({ type: 'seat.unmute', seat });
  await Promise.all(honest.map((page) => page.hears(0, own())));
});

test('muted and unmuted in quick turns: what was said last counts', async () => {
  await secretary.done({ type: 'floor.grant', target: { seat }, replace: true });
  for (let turn = 0; turn < 20; turn++) {
    await secretary.done({ type: 'seat.mute', seat });
    await secretary.done({ type: 'seat.unmute', seat });
  }
  await Promise.all(honest.map((page) => page.hears(0, own())));
  for (let turn = 0; turn < 20; turn++) {
    await secretary.done({ type: 'seat.mute', seat });
    if (turn < 19) await secretary.done({ type: 'seat.unmute', seat });
  }
  await Promise.all(honest.map((page) => page.hears(0)));
  violations.length = 0;
  await whileItSends(unheard);
  expect(violations).toEqual([]);
  await secretary.done({ type: 'seat.unmute', seat });
});

test('what it asks for over its own line is refused by name', async () => {
  const { cluster } = running;
  const before = await deedsOf(cluster);
  const ask = (name: string, body: unknown) =>
    tampered.page.evaluate(([n, b]) => window.tampered.ask(n, b), [name, body] as const);
  const command = (c: unknown) => ask('command', { id: randomUUID(), command: c });
  const refused = (refusal: string) => ({ ok: false, refusal });
  expect(await command({ type: 'floor.grant', target: { seat }, replace: true })).toEqual(
    refused('notPermitted'),
  );
  expect(await command({ type: 'presentation.start', seat })).toEqual(refused('notHolder'));
  expect(await command({ type: 'seat.unmute', seat })).toEqual(refused('notPermitted'));
  const publish = (source: string, kind: string, mimeType: string) =>
    ask('media.publish', {
      leg: 'a',
      source,
      kind,
      rtpParameters: {
        mid: '7',
        codecs: [{ mimeType, payloadType: 96, clockRate: kind === 'audio' ? 48_000 : 90_000 }],
        encodings: [{ ssrc: 77_777 }],
        rtcp: { cname: 'x' },
      },
    });
  expect(await publish('presentation', 'video', 'video/VP8')).toMatchObject(
    refused('notPresenting'),
  );
  // It has published its microphone already; a second one under the same name is not taken.
  expect(await publish('microphone', 'audio', 'audio/opus')).toMatchObject(refused('mediaRefused'));
  expect(await deedsOf(cluster)).toEqual(before);
  await neither();
});
