import type { Recorded } from '../../server/domain/event.ts';
import { type Bench, figure, optionOf, pause, rounded } from './figures.ts';
import { BenchPage } from './page.ts';
import { expectAt, openCast, seenTimes } from './sites.ts';
import { openSystem } from './system.ts';

/** A server measures so many at once, and a briefing of the whole country has so many. */
const atOnce = 16;
const points = 71;
/** A fuse, milliseconds. */
const patience = 60_000;

/**
 * Milliseconds from the order to check the lines of a few real kiosks until each result is in the
 * journal; and, projected from those, until 71 sites on machines of their own are all measured.
 */
export const lineCheck: Bench = async (context) => {
  const rounds = Number(optionOf(context.options, 'rounds') ?? 4);
  const wanted = Number(optionOf(context.options, 'sites') ?? 6);
  const system = await openSystem(context);
  const { chair, sites } = await openCast(context, { system, sites: wanted, tones: 'all' });
  const office = await BenchPage.connect({
    url: system.urls[0] ?? '',
    pass: await system.pass('secretary'),
  });
  if (office.welcome.state.phase === 'scheduled')
    await office.must({ type: 'phase.step', step: 'open' });
  await chair.page.goto(chair.link);
  await Promise.all(sites.map(({ page, link }) => page.goto(link, { waitUntil: 'commit' })));
  // Whoever sees the chair has its media open.
  await expectAt(sites, chair.site);
  if ((await seenTimes(sites, patience)).includes(null)) throw new Error('a site did not come in');
  const each: number[] = [];
  const all: number[] = [];
  const verdicts: Record<string, number> = {};
  for (let round = 0; round < rounds; round++) {
    await pause(4_000);
    const found = results(office, sites.length);
    const seats = sites.map(({ seat }) => seat);
    await office.must({ type: 'lineCheck.start', seats });
    const { startedAt, recorded } = await found;
    const waits = recorded.map(({ at }) => at - startedAt);
    context.note(`round ${round}: ${waits.join(' ')} ms`);
    for (const { event } of recorded) {
      const good =
        event.type === 'lineCheck.recorded' && event.result?.picture && event.result.sound;
      const word = good ? 'measured' : 'wanting';
      verdicts[word] = (verdicts[word] ?? 0) + 1;
    }
    each.push(...waits);
    all.push(Math.max(...waits));
  }
  office.close();
  const one = figure('lineCheck', 'ms', each);
  return {
    results: [one, figure('lineCheckAll', 'ms', all)],
    ratios: {
      ...verdicts,
      // One server, all of whose sites take as long as the slowest here.
      secondsFor71: rounded((Math.ceil(points / atOnce) * one.max) / 1_000),
    },
  };
};

/** The order's own time and each site's result, as they come. */
function results(office: BenchPage, count: number) {
  return new Promise<{ readonly startedAt: number; readonly recorded: readonly Recorded[] }>(
    (resolve, reject) => {
      let startedAt = 0;
      const recorded: Recorded[] = [];
      const fuse = setTimeout(() => reject(new Error('not all were checked')), patience);
      const onEvents = (events: readonly Recorded[]): void => {
        for (const e of events) {
          if (e.event.type === 'lineCheck.started') startedAt = e.at;
          if (e.event.type === 'lineCheck.recorded') recorded.push(e);
        }
        if (recorded.length < count) return;
        clearTimeout(fuse);
        office.socket.off('events', onEvents);
        resolve({ startedAt, recorded });
      };
      office.socket.on('events', onEvents);
    },
  );
}
