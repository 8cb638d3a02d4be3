import { measureUsage, usageLine } from '../rehearse/processes.ts';
import { type Bench, type Figure, figure, optionOf, pause } from './figures.ts';
import { BenchPage } from './page.ts';
import { type Cast, expectAt, openCast, type Site, seenTimes, wallClock } from './sites.ts';
import { forgetSteps, type Step, type Steps, stepNames, stepsAt } from './steps.ts';
import { openSystem } from './system.ts';

const siteCount = 8;
/** A picture that has not come by then is a fault, in milliseconds. */
const giveUpAfter = 10_000;

interface Trial {
  readonly cued: boolean;
  /** Another seat joins or reloads just before. */
  readonly disturbed: boolean;
  /** One for each other site. */
  readonly waits: readonly number[];
  readonly ack: number;
  /** The same way in steps, in milliseconds from the grant. */
  readonly steps: readonly Steps[];
}

/**
 * Milliseconds from the grant's leaving the office until each of the seven other sites shows the
 * first decoded picture of the new speaker. `cued`: the speaker was first in the queue before.
 */
export const switchOver: Bench = async (context) => {
  const grants = Number(optionOf(context.options, 'grants') ?? 120);
  const system = await openSystem(context);
  const cast = await openCast(context, { system, sites: siteCount });
  const office = await BenchPage.connect({
    url: system.urls[0] ?? '',
    pass: await system.pass('secretary'),
  });
  if (office.welcome.state.phase === 'scheduled')
    await office.must({ type: 'phase.step', step: 'open' });
  await office.must({ type: 'phase.step', step: 'begin' });
  const { chair, sites, extra } = cast;
  await Promise.all([chair, ...sites, extra].map(({ page, link }) => page.goto(link)));
  await expectAt(sites, chair.site);
  if ((await seenTimes(sites, 30_000)).includes(null))
    throw new Error('not all sites see the chair');
  const nodes = await Promise.all(
    sites.map(({ page }) => page.evaluate(() => window.diemcau?.node)),
  );
  context.note(`chair and ${siteCount} sites joined, at nodes ${nodes.join(' ')}`);
  const trials: Trial[] = [];
  const used = await measureUsage([process.pid]);
  let speaker: Site | undefined;
  for (let i = 0; i < grants; i++) {
    const others = sites.filter((s) => s !== speaker);
    speaker = others[Math.floor(Math.random() * others.length)];
    if (!speaker) break;
    // Cued and not cued in turn; the disturbed ones two by two, so that all four are as many.
    const kind = { cued: i % 2 === 0, disturbed: i % 4 >= 2 };
    const trial = await grant({ office, cast, speaker, kind });
    trials.push(trial);
    context.note(`${i + 1}/${grants} ${lineOf(trial)} · to ${speaker.seat}`);
  }
  context.note(usageLine(await used()));
  office.close();
  return { results: resultsOf(trials), ratios: {} };
};

interface GrantOptions {
  readonly office: BenchPage;
  readonly cast: Cast;
  readonly speaker: Site;
  readonly kind: Pick<Trial, 'cued' | 'disturbed'>;
}

async function grant({ office, cast, speaker, kind }: GrantOptions): Promise<Trial> {
  const others = cast.sites.filter((s) => s !== speaker);
  const { seat } = speaker;
  let request: string | undefined;
  if (kind.cued) {
    request = `r${await office.must({ type: 'floor.request', beneficiary: seat })}`;
    await Promise.all(others.map((s) => standsBy(s, seat)));
  }
  // Whatever the last trial left under way is over; at no fixed distance from it.
  await pause(1_800 + Math.random() * 600);
  await expectAt(others, speaker.site);
  await forgetSteps(others);
  const disturbance = kind.disturbed ? disturb(cast.extra) : undefined;
  if (disturbance) await pause(Math.random() * 400);
  const sent = wallClock();
  await office.must({
    type: 'floor.grant',
    target: request === undefined ? { seat } : { request },
    replace: true,
  });
  const ack = wallClock() - sent;
  const seen = await seenTimes(others, giveUpAfter);
  const steps = await Promise.all(others.map((s) => stepsAt(s, seat)));
  await disturbance;
  return {
    ...kind,
    ack,
    waits: seen.map((at) => (at === null ? giveUpAfter : at - sent)),
    steps: steps.map((s) => sinceOf(s, sent)),
  };
}

const sinceOf = (steps: Steps, sent: number): Steps =>
  Object.fromEntries(Object.entries(steps).map(([step, at]) => [step, at - sent]));

/** Until the next speaker's picture already decodes there, unseen. */
function standsBy({ page }: Site, seat: string): Promise<unknown> {
  return page.waitForFunction(
    (key) => window.diemcau?.receiving.some((r) => r.stream === key && r.firstFrameAt !== null),
    `${seat}/camera`,
    { timeout: giveUpAfter },
  );
}

/** Another seat's page loads anew, by chance as a reload or after having been away. */
async function disturb({ page, link }: Site): Promise<void> {
  if (page.url() === 'about:blank') await page.goto(link);
  else await page.evaluate(() => location.reload());
  await page.waitForFunction(() => window.diemcau?.media === 'open');
  await pause(1_000);
  if (Math.random() < 0.5) await page.goto('about:blank');
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const lineOf = ({ cued, disturbed, ack, waits, steps }: Trial): string =>
  `${cued ? 'cued' : 'uncued'}${disturbed ? ', disturbed' : ''}: ack ${ack.toFixed(1)}, seen after ${waits.map(Math.round).join(' ')} ms (medians: ${stepNames.map((step) => `${step} ${Math.round(median(steps.flatMap((s) => s[step] ?? [])))}`).join(', ')})`;

function resultsOf(trials: readonly Trial[]): Figure[] {
  const waitsOf = (of: readonly Trial[]) => of.flatMap(({ waits }) => waits);
  const kinds = (['cued', 'uncued'] as const).flatMap((name) => {
    const mine = trials.filter(({ cued }) => cued === (name === 'cued'));
    return [
      figure(name, 'ms', waitsOf(mine)),
      figure(`${name}Quiet`, 'ms', waitsOf(mine.filter((t) => !t.disturbed))),
      figure(`${name}Disturbed`, 'ms', waitsOf(mine.filter((t) => t.disturbed))),
    ];
  });
  const uncued = trials.filter(({ cued }) => !cued).flatMap(({ steps }) => steps);
  const stepOf = (step: Step) => uncued.flatMap((s) => s[step] ?? []);
  const acks = trials.map(({ ack }) => ack);
  return [
    ...kinds,
    figure('ack', 'ms', acks),
    ...stepNames.map((step) => figure(`uncued/${step}`, 'ms', stepOf(step))),
  ];
}
