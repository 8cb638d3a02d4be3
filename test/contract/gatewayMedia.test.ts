import { beforeAll, expect, test } from 'vitest';
import type { ClusterClient } from '../support/clusterClient.ts';
import { deedsOf } from '../support/clusterJournal.ts';
import { expectUnharmed, pidsOf, useCluster } from '../support/clusterTest.ts';

/** Malformed media parameters through a server to real media nodes and their workers. */
const running = useCluster({ config: { limits: { commandsPerSecond: 5_000 } } });
let pids: readonly (number | undefined)[] = [];
beforeAll(() => {
  pids = pidsOf(running.cluster);
});

const fingerprint = { algorithm: 'sha-256', value: Array(32).fill('AB').join(':') };
const opus = { mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, channels: 2 };
const vp8 = { mimeType: 'video/VP8', payloadType: 96, clockRate: 90_000 };
const rtcp = { cname: 'test' };
const active = { standby: false };
const leg = 'a';
const audio = (rtpParameters: unknown) => ({
  leg,
  source: 'microphone',
  kind: 'audio',
  rtpParameters,
});
const video = (rtpParameters: unknown) => ({ leg, source: 'camera', kind: 'video', rtpParameters });

async function harmless(bad: (point: ClusterClient) => Promise<void>): Promise<void> {
  const { cluster } = running;
  const before = await deedsOf(cluster);
  const point = await running.connect({ role: 'point', seat: cluster.seats[0] ?? '' });
  await bad(point);
  // The same page, on the same node, can still do it right.
  expect(await point.ask('media.open', active)).toMatchObject({ ok: true });
  const right = { mid: '0', codecs: [opus], encodings: [{ ssrc: 4_711 }], rtcp };
  expect(await point.ask('media.publish', audio(right))).toMatchObject({ ok: true });
  expect(await deedsOf(cluster)).toEqual(before);
  await expectUnharmed(cluster, pids);
}

test('anything about media before a transport is asked for', () =>
  harmless(async (point) => {
    const none = { ok: false, refusal: 'mediaUnavailable' };
    expect(
      await point.ask('media.connect', {
        leg,
        direction: 'send',
        dtlsParameters: { fingerprints: [fingerprint] },
      }),
    ).toMatchObject(none);
    expect(await point.ask('media.unpublish', { leg, source: 'camera' })).toMatchObject(none);
    expect(await point.ask('media.ready', { leg, consumers: ['of-somebody-else'] })).toMatchObject(
      none,
    );
    expect(await point.ask('media.promote', { leg: 'b' })).toMatchObject(none);
    expect(await point.ask('media.restartIce', { leg, direction: 'send' })).toMatchObject(none);
    // Nothing stands by for what is not there.
    expect(await point.ask('media.open', { standby: true })).toMatchObject(none);
  }));

test('DTLS parameters that are none', () =>
  harmless(async (point) => {
    await point.ask('media.open', active);
    const bad = [
      {},
      { fingerprints: [] },
      { fingerprints: [{ algorithm: 'sha-256' }] },
      { fingerprints: [{ algorithm: 'rot-13', value: fingerprint.value }] },
      { fingerprints: [{ algorithm: 'sha-256', value: 'not hexadecimal' }] },
      { fingerprints: [{ algorithm: 'sha-256', value: 'x'.repeat(5_000) }] },
      { fingerprints: Array(100).fill(fingerprint) },
      { role: 'god', fingerprints: [fingerprint] },
      { role: 'client', fingerprints: [fingerprint], more: 1 },
    ];
    for (const dtlsParameters of bad) {
      const answer = await point.ask('media.connect', { leg, direction: 'send', dtlsParameters });
      expect(answer, JSON.stringify(dtlsParameters).slice(0, 120)).toMatchObject({
        ok: false,
        refusal: expect.stringMatching(/^(malformed|mediaRefused)$/),
      });
    }
  }));

test('RTP parameters that are none', () =>
  harmless(async (point) => {
    await point.ask('media.open', active);
    const encodings = [{ ssrc: 1_111 }];
    const bad = [
      audio({}),
      audio({ codecs: [], encodings, rtcp }),
      audio({ codecs: [opus], encodings: [], rtcp }),
      audio({ codecs: [{ ...opus, mimeType: 'audio/mp3' }], encodings, rtcp }),
      audio({ codecs: [{ ...opus, mimeType: '../../etc/passwd' }], encodings, rtcp }),
      audio({ codecs: [{ ...opus, payloadType: -1 }], encodings, rtcp }),
      audio({ codecs: [{ ...opus, payloadType: 1e9 }], encodings, rtcp }),
      audio({ codecs: [{ ...opus, clockRate: 0 }], encodings, rtcp }),
      audio({ codecs: [opus, opus], encodings: [{ ssrc: -5 }], rtcp }),
      audio({ codecs: [opus], encodings: [{ ssrc: 2 ** 40 }], rtcp }),
      audio({ codecs: [opus], encodings: Array(500).fill({ ssrc: 1 }), rtcp }),
      audio({ codecs: [opus], encodings: [{ codecPayloadType: 100, ssrc: 1 }], rtcp }),
      audio({ codecs: [vp8], encodings, rtcp }),
      video({ codecs: [opus], encodings, rtcp }),
      video({ mid: 'x'.repeat(1_000), codecs: [vp8], encodings, rtcp }),
      video({ codecs: [vp8], encodings: [{ rid: 'a' }, { rid: 'a' }], rtcp }),
      video({ codecs: [vp8], encodings: [{}], rtcp }),
      video({
        codecs: [vp8],
        headerExtensions: Array(33).fill({ uri: 'urn:x', id: 1 }),
        encodings,
        rtcp,
      }),
      video({ codecs: [vp8], headerExtensions: [{ uri: 'urn:x', id: 0 }], encodings, rtcp }),
      video({ codecs: [vp8], encodings: [{ ssrc: 1, scalabilityMode: 'L99T99'.repeat(9) }], rtcp }),
      { ...audio({ codecs: [opus], encodings, rtcp }), kind: 'video' },
      { ...video({ codecs: [vp8], encodings, rtcp }), source: 'microphone' },
      { ...video({ codecs: [vp8], encodings, rtcp }), producerId: 'of-somebody-else' },
    ];
    for (const body of bad) {
      const answer = await point.ask('media.publish', body);
      expect(answer, JSON.stringify(body).slice(0, 200)).toMatchObject({
        ok: false,
        refusal: expect.stringMatching(/^(malformed|mediaRefused)$/),
      });
    }
  }));

test('a presentation from a page that is not presenting', () =>
  harmless(async (point) => {
    await point.ask('media.open', active);
    const rtpParameters = { codecs: [vp8], encodings: [{ ssrc: 2_222 }], rtcp };
    const body = { leg, source: 'presentation', kind: 'video', rtpParameters };
    expect(await point.ask('media.publish', body)).toMatchObject({
      ok: false,
      refusal: 'notPresenting',
    });
  }));

test('a page without a seat publishes nothing', async () => {
  const before = await deedsOf(running.cluster);
  for (const role of ['wall', 'secretary', 'technician'] as const) {
    const viewer = await running.connect({ role });
    expect(await viewer.ask('media.open', active)).toMatchObject({ ok: true });
    const rtpParameters = { codecs: [vp8], encodings: [{ ssrc: 3_333 }], rtcp };
    expect(await viewer.ask('media.publish', video(rtpParameters)), role).toMatchObject({
      ok: false,
      refusal: 'notPermitted',
    });
  }
  expect(await deedsOf(running.cluster)).toEqual(before);
});

test("readiness for somebody else's consumers opens nothing", () =>
  harmless(async (point) => {
    await point.ask('media.open', active);
    const consumers = ['00000000-0000-0000-0000-000000000000', '__proto__', '', '*'];
    expect(await point.ask('media.ready', { leg, consumers })).toMatchObject({ ok: true });
    // What the node made of it is asked on the same link, behind it.
    expect(await point.ask('media.unpublish', { leg, source: 'camera' })).toMatchObject({
      ok: false,
    });
  }));
