import { measureUsage, usageLine } from '../rehearse/processes.ts';
import { type Bench, figure, optionOf, pause } from './figures.ts';
import { BenchPage } from './page.ts';
import { expectAt, openCast, seenTimes, wallClock } from './sites.ts';
import { openSystem } from './system.ts';

const siteCount = 8;

/** Milliseconds from opening eight kiosk pages at once until each shows the chair's picture. */
export const join: Bench = async (context) => {
  const rounds = Number(optionOf(context.options, 'rounds') ?? 6);
  const system = await openSystem(context);
  const { chair, sites } = await openCast(context, {
    system,
    sites: siteCount,
  });
  const office = await BenchPage.connect({
    url: system.urls[0] ?? '',
    pass: await system.pass('secretary'),
  });
  if (office.welcome.state.phase === 'scheduled')
    await office.must({ type: 'phase.step', step: 'open' });
  await office.must({ type: 'phase.step', step: 'begin' });
  await chair.page.goto(chair.link);
  const each: number[] = [];
  const all: number[] = [];
  // The first round also fills the browser's caches; it is shown, but not counted.
  for (let round = 0; round <= rounds; round++) {
    await Promise.all(sites.map(({ page }) => page.goto('about:blank')));
    await pause(1_000);
    const used = await measureUsage([process.pid]);
    const begin = wallClock();
    await Promise.all(sites.map(({ page, link }) => page.goto(link, { waitUntil: 'commit' })));
    await expectAt(sites, chair.site);
    const seen = await seenTimes(sites, 30_000);
    const waits = seen.map((at) => (at === null ? Number.NaN : at - begin));
    context.note(
      `round ${round}: ${waits.map(Math.round).join(' ')} ms · ${usageLine(await used())}`,
    );
    if (waits.some(Number.isNaN)) throw new Error('a site did not see the chair within 30 s');
    if (round === 0) continue;
    each.push(...waits);
    all.push(Math.max(...waits));
  }
  office.close();
  return {
    results: [figure('join', 'ms', each), figure('joinAll', 'ms', all)],
    ratios: {},
  };
};
