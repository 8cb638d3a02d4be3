import { afterEach, beforeAll, expect, test } from 'vitest';
import { ClusterClient } from '../support/clusterClient.ts';
import type { SurfacePage } from '../support/pagesSurface.ts';
import { farApart, usePages } from '../support/pagesTest.ts';
import { until } from '../support/until.ts';

/** A private word between a technician and one site: who hears it, who does not, how it ends. */
const running = usePages();
let secretary: ClusterClient;
let desk: SurfacePage;
let chair: SurfacePage;
let site: SurfacePage;
let other: SurfacePage;

/** The technician's voice: a tone that no site has. */
const voice = 90;

/** Office pages have no painted microphone of their own. */
const withVoice = `if (navigator.mediaDevices) navigator.mediaDevices.getUserMedia = async () => {
  const context = new AudioContext({ sampleRate: 16000, sinkId: { type: 'none' } });
  const tone = new OscillatorNode(context, { frequency: ${400 + voice * 50} });
  const swell = new OscillatorNode(context, { frequency: 4 });
  const volume = new GainNode(context, { gain: 0.25 });
  const depth = new GainNode(context, { gain: 0.1 });
  const out = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
  swell.connect(depth).connect(volume.gain);
  tone.connect(volume).connect(out);
  tone.start();
  swell.start();
  await context.resume();
  return out.stream;
}`;

const numberOf = (page: SurfacePage): number => page.site ?? -1;
const look = async (): Promise<void> => {
  const row = `.board tr[data-seat="${site.name}"]`;
  if ((await desk.page.locator(`.site[data-site="${site.name}"]`).count()) === 0) {
    await desk.press('site.look', row);
  }
};
const gone = (page: SurfacePage, selector: string) =>
  until(async () => (await page.page.locator(selector).count()) === 0, {
    what: `${selector} to go from ${page.name}`,
  });

beforeAll(async () => {
  const { cluster, pages } = running;
  const [a = '', b = ''] = farApart(cluster.seats);
  secretary = await ClusterClient.connect({ cluster, role: 'secretary' });
  chair = await pages.open({ role: 'chair' });
  site = await pages.open({ role: 'point', seat: a });
  other = await pages.open({ role: 'point', seat: b });
  desk = await pages.open({ role: 'technician', before: { content: withVoice } });
  await secretary.sees('both', (s) => [a, b].every((x) => s.seats[x]?.status === 'connected'));
  return () => secretary.close();
});

afterEach(() => {
  for (const page of [desk, chair, site, other]) expect(page.faults, page.name).toEqual([]);
});

test('both parties hear one another; the chair and the other site hear neither', async () => {
  await look();
  await desk.press('whisper.start', '.site');
  await site.shows('.banner[data-banner="whisper"]');
  // The chair's microphone is open on the programme all along.
  await site.hears(0, voice);
  await desk.hears(numberOf(site));
  for (let i = 0; i < 4; i++) {
    expect(await other.heard()).toEqual([0]);
    expect(await chair.heard()).toEqual([]);
  }
  // Told to the office, so that nobody else talks over it.
  const second = await ClusterClient.connect({ cluster: running.cluster, role: 'technician' });
  expect(await second.ask('whisper.start', { seat: site.name })).toMatchObject({
    ok: false,
    refusal: 'whisperUnderWay',
  });
  second.close();
  await desk.press('whisper.end');
  await gone(site, '.banner[data-banner="whisper"]');
  await site.hears(0);
  await desk.hears();
});

test('the floor ends it at once: the site is heard by all, the office by nobody', async () => {
  await desk.press('whisper.start', '.site');
  await site.hears(0, voice);
  await secretary.done({ type: 'floor.grant', target: { seat: site.name }, replace: true });
  await gone(desk, '.whisper-bar .words');
  await other.hears(0, numberOf(site));
  await site.hears(0);
  await chair.hears(numberOf(site));
  expect(await other.heard()).not.toContain(voice);
  const refused = await secretary.ask('whisper.start', { seat: site.name });
  expect(refused).toMatchObject({ ok: false, refusal: 'onProgramme' });
});

test('the end of the office’s page ends it', async () => {
  const request = Object.values(secretary.state.floor.requests).find((r) => r.status === 'granted');
  await secretary.done({ type: 'floor.revoke', request: request?.id ?? '' });
  await desk.press('whisper.start', '.site');
  await site.hears(0, voice);
  await desk.page.goto('about:blank');
  await gone(site, '.banner[data-banner="whisper"]');
  await site.hears(0);
  expect(await other.heard()).toEqual([0]);
});
