import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { requestOf } from '../../server/domain/floor.ts';
import type { BrowserCommand } from '../../server/protocol/commands.ts';
import type { AcceptedCommand } from '../support/checker.ts';
import { ClusterClient } from '../support/clusterClient.ts';
import { deedsOf } from '../support/clusterJournal.ts';
import type { ClusterProcess } from '../support/clusterProcess.ts';
import { speechGoesOn } from '../support/pagesSpeech.ts';
import type { SurfacePage } from '../support/pagesSurface.ts';
import { allStandBy, farApart, usePages } from '../support/pagesTest.ts';
import { until } from '../support/until.ts';
import { type Watched, watched } from '../support/watched.ts';

/**
 * Media nodes freeze, lose their workers, are drained, and die all at once in the middle of a
 * speech. Nobody does anything about it, and nothing of the briefing changes.
 */
const running = usePages();
let chair: SurfacePage;
let sites: SurfacePage[] = [];
let secretary: ClusterClient;
/** What must not have changed, whatever happens to media nodes. */
let before: unknown;
/** What every page showed and played, all the time, for the checker. */
let watch: Watched;
const accepted: AcceptedCommand[] = [];

async function done(command: BrowserCommand): Promise<void> {
  const id = randomUUID();
  const answer = await secretary.command(command, id);
  if (!answer.ok) throw new Error(`${command.type} refused: ${answer.refusal}`);
  accepted.push({ command: id, version: answer.version });
}

const speaker = () => sites[0] as SurfacePage;
const everybody = () => [chair, ...sites];

beforeAll(async () => {
  const { cluster, pages } = running;
  const [speaks = '', waits = '', muted = ''] = farApart(cluster.seats);
  secretary = await ClusterClient.connect({ cluster, role: 'secretary' });
  chair = await pages.open({ role: 'chair' });
  sites = await Promise.all(
    [speaks, waits, muted].map((seat) => pages.open({ role: 'point', seat })),
  );
  await secretary.sees('everybody', ({ seats }) =>
    [cluster.chairSeat, speaks, waits, muted].every((s) => seats[s]?.status === 'connected'),
  );
  watch = await watched(cluster, everybody());
  await done({ type: 'floor.grant', target: { seat: speaks }, replace: true });
  await done({ type: 'floor.request', beneficiary: waits });
  await done({ type: 'seat.mute', seat: muted });
  before = { deeds: await deedsOf(cluster), floor: secretary.state.floor };
  return () => secretary.close();
});

/** Every page has its other leg ready, on another node than the one it is on. */
const warm = () =>
  until(() => allStandBy(everybody()), {
    what: 'every page to have a standby leg',
    timeoutMs: 40_000,
  });

const goesOn = () => speechGoesOn({ chair, speaker: speaker(), listeners: sites.slice(1) });

async function unharmed(): Promise<void> {
  const { cluster } = running;
  expect({ deeds: await deedsOf(cluster), floor: secretary.state.floor }).toEqual(before);
  expect(secretary.events.filter((e) => e.event.type === 'seat.lost')).toEqual([]);
  for (const page of everybody()) expect(page.faults).toEqual([]);
}

const speakersNode = async (): Promise<ClusterProcess> =>
  running.cluster.nodeNamed(await speaker().node());

const allLeave = (node: ClusterProcess) =>
  until(
    async () => {
      const nodes = await Promise.all(everybody().map((page) => page.node()));
      return nodes.every((name) => name !== node.name);
    },
    { what: `everybody to leave ${node.name}` },
  );

beforeEach(async () => {
  await goesOn();
  await warm();
});

afterEach(() => watch.read());

test('a frozen node: the speech goes on over the other; thawed, it stands by again', async () => {
  const node = await speakersNode();
  node.freeze();
  try {
    await allLeave(node);
    await goesOn();
  } finally {
    node.thaw();
  }
  await warm();
  await goesOn();
  await unharmed();
});

test("a node's worker is killed: its seats move, and the node makes another", async () => {
  const node = await speakersNode();
  const worker = await workerOf(node);
  process.kill(worker, 'SIGKILL');
  await allLeave(node);
  await goesOn();
  await until(async () => (await fetch(node.healthUrl)).ok, { what: 'another worker' });
  expect(node.pid).toBeDefined();
  await warm();
  await unharmed();
});

test("a node's worker freezes: the node finds out by itself", async () => {
  const node = await speakersNode();
  const worker = await workerOf(node);
  process.kill(worker, 'SIGSTOP');
  await allLeave(node);
  await goesOn();
  await until(async () => (await workerOf(node)) !== worker, { what: 'another worker' });
  await warm();
  await unharmed();
});

test.each(['asked over HTTP', 'told by a signal'] as const)(
  'a drained node, %s: its seats move with their media on, and it goes',
  async (how) => {
    const { cluster } = running;
    const node = await speakersNode();
    await Promise.all(everybody().map(watchMedia));
    if (how === 'asked over HTTP') {
      const asked = await fetch(`${cluster.url()}/api/nodes/${node.name}/drain`, {
        method: 'POST',
        headers: { authorization: `Bearer ${await cluster.pass('technician')}` },
      });
      expect(asked.status).toBe(202);
    } else {
      process.kill(node.pid ?? 0, 'SIGTERM');
    }
    await allLeave(node);
    await node.ended;
    expect(node.output).toContain('ended (code 0)');
    await goesOn();
    // Nobody had to make media anew: the other leg took over while this one was still there.
    for (const page of everybody()) expect(await mediaSeen(page)).toEqual(['open']);
    await node.start();
    await warm();
    await unharmed();
  },
);

test('no media node at all: kiosks hold, and recover by themselves when there is one', async () => {
  const { cluster } = running;
  const nodes = [cluster.node(0), cluster.node(1)];
  await Promise.all(nodes.map((node) => node.kill()));
  for (const site of sites) await site.shows('[data-holding]');
  expect((await fetch(`${cluster.url()}/healthz`)).status).toBe(503);
  await cluster.node(1).start();
  await goesOn();
  await cluster.node(0).start();
  await warm();
  await unharmed();
});

test('the record and all that was seen and heard agree', async () => {
  const request = requestOf(secretary.state.floor, speaker().name)?.id ?? '';
  await done({ type: 'floor.revoke', request });
  for (const site of sites) await site.hears(0);
  expect(await watch.contradictions(accepted)).toEqual([]);
});

/** The mediasoup worker of a node: its only child process. */
async function workerOf(node: ClusterProcess): Promise<number> {
  const children = await readFile(`/proc/${node.pid}/task/${node.pid}/children`, 'utf8');
  return Number(children.trim().split(' ')[0]);
}

/** From now on the page notes every state that its media are in. */
async function watchMedia({ page }: SurfacePage): Promise<void> {
  await page.evaluate(() => {
    const seen = new Set<string>();
    const look = () => {
      seen.add(window.diemcau?.media ?? 'nothing');
      requestAnimationFrame(look);
    };
    look();
    Object.assign(window, { mediaSeen: seen });
  });
}

const mediaSeen = ({ page }: SurfacePage): Promise<string[]> =>
  page.evaluate(() => [...(window as unknown as { mediaSeen: Set<string> }).mediaSeen]);
