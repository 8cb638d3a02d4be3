import { measureUsage, usageLine } from '../rehearse/processes.ts';
import { faults, type ScenarioName, type Struck } from './failoverFaults.ts';
import { lineOf, ratiosOf, resultsOf, type Trial } from './failoverFigures.ts';
import { Stage } from './failoverStage.ts';
import { type Bench, type BenchContext, optionOf, pause } from './figures.ts';
import { wallClock } from './sites.ts';

/** Longer than any failover that anybody would call one, in milliseconds. */
const giveUpAfter = 45_000;
/** What a fault does may also come late: a site is watched at least so long after it. */
const leastWatch = 6_000;
/** And so long after what was taken away is back. */
const backWatch = 3_000;

/**
 * Milliseconds without a new decoded picture, without sound, and without a command taken, at eight
 * sites while something dies: `failover [scenario …] [--rounds 3]`.
 */
export const failover: Bench = async (context) => {
  const rounds = Number(optionOf(context.options, 'rounds') ?? 3);
  const named = context.options.filter((o): o is ScenarioName => o in faults);
  const chosen = named.length > 0 ? named : (Object.keys(faults) as ScenarioName[]);
  // Sentinels are an installation of another kind: it gets a stage, and a reference, of its own.
  const kinds = Object.entries(Object.groupBy(chosen, (n) => (n === 'sentinel' ? n : 'single')));
  const trials: Trial[] = [];
  for (const [kind, scenarios] of kinds) {
    const play = { rounds, scenarios, sentinels: kind === 'sentinel' };
    trials.push(...(await played(context, play)));
  }
  const results = resultsOf(trials);
  return { results, ratios: ratiosOf(results) };
};

interface Play {
  readonly rounds: number;
  readonly scenarios: readonly ScenarioName[];
  readonly sentinels: boolean;
}

/** All rounds on one stage, which is gone afterwards. */
async function played(context: BenchContext, play: Play): Promise<Trial[]> {
  const ends: (() => Promise<unknown>)[] = [];
  const end = async () => {
    for (const each of ends.splice(0).reverse()) await each();
  };
  context.cleanUp(end);
  const cleanUp = (each: () => Promise<unknown>) => void ends.push(each);
  const stage = await Stage.open({ ...context, cleanUp }, play);
  const trials: Trial[] = [];
  const run = async (plan: Pick<Trial, 'scenario' | 'fault'>, strike: () => Promise<Struck>) => {
    await stage.warm();
    const trial = { ...plan, ...(await measured(stage, strike)) };
    trials.push(trial);
    context.note(lineOf(trial));
  };
  const used = await measureUsage([process.pid]);
  for (let round = 0; round < play.rounds; round++) {
    await run({ scenario: 'reference', fault: 'none' }, async () => nothingDone());
  }
  context.note(`nothing done: ${usageLine(await used())}`);
  for (const scenario of play.scenarios) {
    for (let round = 0; round < play.rounds; round++) {
      for (const [fault, strike] of Object.entries(faults[scenario])) {
        await run({ scenario, fault }, () => strike(stage));
      }
    }
  }
  await end();
  return trials;
}

const nothingDone = (): Struck => ({ controlFrom: performance.now(), heal: async () => {} });

async function measured(
  stage: Stage,
  strike: () => Promise<Struck>,
): Promise<Omit<Trial, 'scenario' | 'fault'>> {
  const before = stage.kept();
  const from = wallClock();
  const { controlFrom, heal } = await strike();
  const accepted = stage.console.accepted(stage.triedSeat, giveUpAfter);
  await pause(leastWatch);
  await stage.untilWhole({ from, patience: giveUpAfter });
  const at = await accepted;
  const gaps = await stage.gaps({ from, to: wallClock() });
  const kept = stage.kept() === before;
  const backFrom = wallClock();
  await heal();
  await pause(backWatch);
  const back = await stage.gaps({ from: backFrom, to: wallClock() });
  return { gaps, back, control: at === undefined ? giveUpAfter : at - controlFrom, kept };
}
