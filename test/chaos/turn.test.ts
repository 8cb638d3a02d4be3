import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { turnCredentials } from '../../server/media/turn.ts';
import { ClusterClient } from '../support/clusterClient.ts';
import { pathsOf, watchPaths } from '../support/networkPaths.ts';
import type { SurfacePage } from '../support/pagesSurface.ts';
import { farApart, usePages } from '../support/pagesTest.ts';
import { TestTurn } from '../support/turn.ts';

/** A site whose network lets it reach nothing but a TURN server. */
const secret = randomBytes(24).toString('hex');
const turn = await TestTurn.create(secret);
const ttlSeconds = 600;
const running = usePages({ config: { rtc: { turn: { urls: turn.urls, secret, ttlSeconds } } } });
afterAll(() => turn.close());

let chair: SurfacePage;
let secretary: ClusterClient;

beforeAll(async () => {
  const { cluster, pages } = running;
  secretary = await ClusterClient.connect({ cluster, role: 'secretary' });
  chair = await pages.open({ role: 'chair' });
  return () => secretary.close();
});

/** As a network would that lets nothing through but to the TURN server. */
function relayOnly(): void {
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super({ ...configuration, iceTransportPolicy: 'relay' });
    }
  };
}

test('the site speaks and hears through it, and again when it was gone for a while', async () => {
  const { cluster, pages } = running;
  const [seat = ''] = farApart(cluster.seats);
  const before = { content: `(${relayOnly})(); (${watchPaths})();` };
  const site = await pages.open({ role: 'point', seat, before });
  const number = site.site ?? -1;
  await secretary.sees('the site', (s) => s.seats[seat]?.status === 'connected');
  await secretary.done({ type: 'floor.grant', target: { seat }, replace: true });
  const onAir = async () => {
    await chair.sees({ main: [number], inset: [0] });
    await Promise.all([chair.hears(number), site.sees({ main: [0] }), site.hears(0)]);
  };
  await onAir();
  const paths = await pathsOf(site);
  expect(paths.length).toBeGreaterThan(0);
  expect(paths.map((p) => p.type)).toEqual(paths.map(() => 'relay'));
  // By what the page was given, the TURN server knows for whom it works.
  expect(turn.output).toContain(`:${seat}`);
  expect(turn.output).not.toContain(secret);
  expect(cluster.logs).not.toContain(secret);

  // All of it goes through: without it there is silence, and nobody has to do anything about it.
  await turn.kill();
  await chair.hears();
  await turn.start();
  await onAir();
  expect(secretary.events.filter((e) => e.event.type === 'seat.lost')).toEqual([]);
  expect(site.faults).toEqual([]);
});

/** What a browser gets from the TURN server for these credentials: relayed addresses, or errors. */
async function gathered(page: SurfacePage, given: { username: string; credential: string }) {
  return page.page.evaluate(
    async (server) => {
      const connection = new RTCPeerConnection({
        iceServers: [server],
        iceTransportPolicy: 'relay',
      });
      const found = { relayed: 0, errors: [] as number[] };
      connection.addEventListener('icecandidate', ({ candidate }) => {
        if (candidate?.type === 'relay') found.relayed++;
      });
      connection.addEventListener('icecandidateerror', ({ errorCode }) => {
        found.errors.push(errorCode);
      });
      const done = new Promise<void>((resolve) => {
        connection.addEventListener('icegatheringstatechange', () => {
          if (connection.iceGatheringState === 'complete') resolve();
        });
      });
      connection.createDataChannel('any');
      await connection.setLocalDescription();
      await done;
      connection.close();
      return found;
    },
    { urls: turn.urls, ...given },
  );
}

const credentials = { secret, ttlSeconds, endpoint: 'a-site' };

test('takes credentials of this installation until they expire, and no others', async () => {
  const now = Date.now();
  const fresh = await gathered(chair, turnCredentials({ ...credentials, now }));
  expect(fresh.relayed).toBeGreaterThan(0);
  const expired = turnCredentials({ ...credentials, now: now - (ttlSeconds + 5) * 1_000 });
  const forged = turnCredentials({ ...credentials, now, secret: randomBytes(24).toString('hex') });
  // A page that writes itself a later hour.
  const { credential } = expired;
  const stretched = { username: turnCredentials({ ...credentials, now }).username, credential };
  for (const refused of [expired, forged, stretched]) {
    const { relayed, errors } = await gathered(chair, refused);
    expect({ relayed, unauthorized: errors.includes(401) }).toEqual({
      relayed: 0,
      unauthorized: true,
    });
  }
});
