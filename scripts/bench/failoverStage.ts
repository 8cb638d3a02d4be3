import type { BriefingState } from '../../server/domain/briefing.ts';
import { holds, requestOf } from '../../server/domain/floor.ts';
import { joined, nothingObserved, type Window } from '../rehearse/gaps.ts';
import { startObserving, takeObserved } from '../rehearse/observing.ts';
import { type BenchCluster, type ClusterWishes, openCluster } from './cluster.ts';
import { BenchConsole } from './console.ts';
import {
  type Gaps,
  gapsOf,
  isWhole,
  lastOf,
  type Steadiness,
  type Watched,
} from './failoverWatched.ts';
import { type BenchContext, pause } from './figures.ts';
import { type Cast, openCast, type Site, wallClock } from './sites.ts';

const siteCount = 8;
/** Whatever takes longer than this is a fault of the bench or of the system, in milliseconds. */
const patience = 60_000;
/** What counts as having come back. */
const back: Steadiness = { for: 1_500, picture: 400, sound: 400 };
/** Nothing is done before it is as calm as that: the machine may have other things to do. */
const calm: Steadiness = { for: 2_500, picture: 300, sound: 100 };
const calmWithin = 120_000;
/** Each node carries at least so many of the nine pages, before anything is done to one. */
const leastOnANode = 3;
const pollMs = 250;

interface Parts extends Pick<BenchContext, 'note'> {
  readonly cluster: BenchCluster;
  readonly office: BenchConsole;
  readonly cast: Cast;
}

/** The one who speaks is one of the eight. */
const sitesOf = ({ extra, sites }: Cast): readonly Site[] => [extra, ...sites];

/** Eight sites, the chair and a console, one site speaking; and all that there is to know of it. */
export class Stage {
  readonly cluster: BenchCluster;
  readonly console: BenchConsole;
  readonly speaker: Site;
  /** Muted and unmuted to try whether commands are taken; it has no page. */
  readonly triedSeat: string;
  readonly #note: BenchContext['note'];
  readonly #chair: Site;
  readonly #watched: readonly Watched[];

  static async open(context: BenchContext, wishes: ClusterWishes): Promise<Stage> {
    const cluster = await openCluster(context, wishes);
    // The speaker has a page of its own: in a document with others, all eight would wait for their
    // work whenever it begins to send anew. Nobody but the chair and the speaker is ever heard.
    const cast = await openCast(context, {
      system: cluster,
      sites: siteCount - 1,
      tones: 'ownPage',
    });
    const office = await BenchConsole.connect({
      url: cluster.urls[0] ?? '',
      pass: await cluster.pass('secretary'),
    });
    context.cleanUp(async () => office.close());
    const stage = new Stage({ cluster, office, cast, note: context.note });
    await stage.#begin(cast);
    return stage;
  }

  constructor({ cluster, office, cast, note }: Parts) {
    const { chair, extra: speaker } = cast;
    const sites = sitesOf(cast);
    this.cluster = cluster;
    this.console = office;
    this.#note = note;
    this.#chair = chair;
    this.speaker = speaker;
    this.triedSeat = cluster.points.points.at(-1)?.id ?? '';
    const observed = nothingObserved;
    this.#watched = sites.map((s) =>
      s === speaker
        ? { ...s, main: chair.site, heard: [chair.site], observed }
        : { ...s, main: speaker.site, heard: [chair.site, speaker.site], observed },
    );
  }

  /** The process that carries the speaker's media now. */
  async nodeOf(site: Site): Promise<string> {
    return (await site.page.evaluate(() => window.diemcau?.node)) ?? '';
  }

  get speakersNode(): Promise<string> {
    return this.nodeOf(this.speaker);
  }

  /** What nobody may change but people: floor, queue, mute locks, and who is connected. */
  kept(): string {
    const { floor, seats }: BriefingState = this.console.state;
    const cast = [this.#chair, ...this.#watched].map(({ seat }) => seat);
    return JSON.stringify({
      floor,
      muted: Object.values(seats).flatMap((s) =>
        s.muted && s.id !== this.triedSeat ? [s.id] : [],
      ),
      there: cast.filter((seat) => seats[seat]?.status === 'connected'),
    });
  }

  /** Waits until all see and hear what they should, both nodes carry some, and standbys stand by. */
  async warm(): Promise<void> {
    const deadline = performance.now() + patience;
    for (;;) {
      if (performance.now() > deadline) throw new Error(`not warm: ${await this.#coldness()}`);
      await this.#settled(deadline);
      const nodes = await this.#nodes();
      if ([...nodes.values()].filter((n) => n.length >= leastOnANode).length >= 2) break;
      // New load goes to the emptier node.
      const [fullest = []] = [...nodes.values()].sort((a, b) => b.length - a.length);
      const some = fullest.filter((s) => s !== this.#chair && s.seat !== this.speaker.seat);
      for (const site of some.slice(0, Math.max(1, fullest.length - 5))) {
        await reload(site);
      }
    }
    await this.#setScene();
    const from = wallClock();
    if (await this.untilWhole({ from, patience: calmWithin, steadiness: calm })) return;
    this.#note('the machine is too busy to be measured on: these figures are its own');
    if (await this.untilWhole({ from: wallClock(), patience })) return;
    throw new Error(`not warm: ${await this.#coldness()}`);
  }

  /** Waits until every site has what it should again; whether it came to that in time. */
  async untilWhole(wait: {
    from: number;
    patience: number;
    steadiness?: Steadiness;
  }): Promise<boolean> {
    const { from, steadiness = back } = wait;
    const deadline = performance.now() + wait.patience;
    while (performance.now() < deadline) {
      await pause(pollMs);
      const window = { from, to: wallClock() };
      await this.#look();
      if (this.#watched.every((w) => isWhole(w, window, steadiness))) return true;
    }
    return false;
  }

  /** The longest gaps of each site in this window. */
  async gaps(window: Window): Promise<Gaps[]> {
    await this.#look();
    return this.#watched.map((w) => gapsOf(w, window));
  }

  async #begin(cast: Cast): Promise<void> {
    const { console: office } = this;
    if (office.state.phase === 'scheduled') await office.must({ type: 'phase.step', step: 'open' });
    await office.must({ type: 'phase.step', step: 'begin' });
    const all = [cast.chair, ...sitesOf(cast)];
    await Promise.all(all.map(({ page, link }) => page.goto(link)));
    await this.#until('all pages', async () => (await this.#cold()).length === 0);
  }

  /** Whatever the last fault did to the briefing, the next one finds it as the first did. */
  async #setScene(): Promise<void> {
    const { console: office, speaker, cluster } = this;
    await this.#until('the console', async () => office.live);
    const { floor, seats } = office.state;
    if (!holds(floor, speaker.seat)) {
      await office.must({ type: 'floor.grant', target: { seat: speaker.seat }, replace: true });
    }
    // A queue and a mute lock, to be found as they were; the one who waits is not here, so that
    // nobody is cued: eight more pictures are not what is measured.
    const absent = cluster.points.points.at(-2)?.id ?? '';
    if (!requestOf(floor, absent))
      await office.must({ type: 'floor.request', beneficiary: absent });
    const muted = this.#watched.at(-1)?.seat ?? '';
    if (!seats[muted]?.muted) await office.must({ type: 'seat.mute', seat: muted });
  }

  async #look(): Promise<void> {
    await Promise.all(
      this.#watched.map(async (w) => {
        w.observed = joined([w.observed, await takeObserved(w.page)]);
      }),
    );
  }

  async #settled(deadline: number): Promise<void> {
    const left = () => deadline - performance.now();
    while ((await this.#cold()).length > 0 && left() > 0) await pause(pollMs);
    await Promise.all(this.#watched.map(({ page }) => startObserving(page)));
  }

  /** Pages whose media are not open, or that have no standby leg where pages have such. */
  async #cold(): Promise<string[]> {
    const all = await Promise.all(
      [this.#chair, ...this.#watched].map(async ({ seat, page }) => {
        const cold = await page.evaluate(() => {
          const probe = window.diemcau as
            | { media: string; node: string | null; standby?: { connected: boolean } | null }
            | undefined;
          if (probe?.media !== 'open' || probe.node === null) return 'no media';
          return probe.standby === undefined || probe.standby?.connected ? null : 'no standby';
        });
        return cold === null ? [] : [`${seat} ${cold}`];
      }),
    );
    return all.flat();
  }

  async #coldness(): Promise<string> {
    const now = wallClock();
    const lacking = this.#watched.flatMap((w) =>
      isWhole(w, { from: now - patience, to: now }, calm)
        ? []
        : [`${w.seat}: ${JSON.stringify(lastOf(w, now))}`],
    );
    const speaker = await this.speaker.page.evaluate(() => {
      const { state, media, node, onAir } = window.diemcau ?? {};
      return { state, media, node, onAir };
    });
    const about = `the speaker: ${JSON.stringify(speaker)}`;
    return [about, ...(await this.#cold()), ...lacking].join(', ');
  }

  async #nodes(): Promise<Map<string, Site[]>> {
    const all = [this.#chair, ...this.#watched];
    const names = await Promise.all(all.map((s) => this.nodeOf(s)));
    return Map.groupBy(all, (s) => names[all.indexOf(s)] ?? '');
  }

  async #until(what: string, condition: () => Promise<boolean>): Promise<void> {
    const deadline = performance.now() + patience;
    while (!(await condition())) {
      if (performance.now() > deadline) throw new Error(`waited in vain for ${what}`);
      await pause(pollMs);
    }
  }
}

async function reload({ page }: Site): Promise<void> {
  await page.evaluate(() => {
    // The old document answers for a while yet.
    document.documentElement.dataset.old = '';
    location.reload();
  });
  await page.waitForFunction(
    () => document.documentElement?.dataset.old === undefined && window.diemcau?.media === 'open',
    null,
    { timeout: patience },
  );
}
