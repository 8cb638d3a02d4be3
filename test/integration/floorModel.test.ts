import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BriefingState } from '../../server/domain/briefing.ts';
import { decide } from '../../server/domain/decide.ts';
import type { Recorded } from '../../server/domain/event.ts';
import { evolve, nothing } from '../../server/domain/evolve.ts';
import type { Version } from '../../server/domain/ids.ts';
import { refusalCodes } from '../../server/domain/refusal.ts';
import type { Answer, Journal } from '../../server/journal/journal.ts';
import { briefingKeys } from '../../server/journal/keys.ts';
import { anyBriefingCommand, type Given, type MakeCommand } from '../support/commands.ts';
import {
  faultsOf,
  type JournalServer,
  readJournal,
  startJournalServer,
} from '../support/journals.ts';
import { chair, seatId, system, testPlan } from '../support/plan.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';

const points = 6;
let redis: TestRedis;
let servers: [JournalServer, JournalServer];
let run = 0;

beforeAll(async () => {
  redis = await startRedis();
  servers = [await startJournalServer(redis.url), await startJournalServer(redis.url)];
});
afterAll(async () => {
  await Promise.all(servers.map((s) => s.close()));
  await redis.stop();
});

/** What one command was told, and between which versions of its server it was told so. */
interface Told extends Given {
  readonly id: string;
  readonly answer: Answer;
  readonly from: Version;
  readonly to: Version;
}

interface Step {
  readonly server: 0 | 1;
  readonly make: MakeCommand;
  /** Asked again at the other server with the same id, as a page does that lost its ack. */
  readonly again: boolean;
}

const step: fc.Arbitrary<Step> = fc.record({
  server: fc.constantFrom(0 as const, 1 as const),
  make: anyBriefingCommand(points),
  again: fc.boolean(),
});
/** Steps of one round are all under way at once. */
const rounds = fc.array(fc.array(step, { minLength: 1, maxLength: 12 }), { maxLength: 12 });
const rules = fc.record({
  mode: fc.constantFrom('moderated' as const, 'firstComeFirstServed' as const),
  maxFloorUsers: fc.integer({ min: 1, max: 3 }),
});

async function opened(briefing: string, floor: object): Promise<[Journal, Journal]> {
  const options = { snapshotEvery: 10 };
  const journals = (await Promise.all(servers.map((s) => s.open(briefing, options)))) as [
    Journal,
    Journal,
  ];
  await journals[0].submit(
    { type: 'briefing.plan', plan: testPlan(points, floor) },
    system,
    'plan',
  );
  await journals[0].submit({ type: 'phase.step', step: 'open' }, chair, 'open');
  for (let i = 0; i < points; i++) {
    const seat = seatId(i);
    const connection = `${seat}-socket`;
    await journals[1].submit({ type: 'seat.join', seat, connection }, system, `join-${i}`);
  }
  return journals;
}

async function play(journals: [Journal, Journal], all: readonly (readonly Step[])[]) {
  const told: Told[] = [];
  for (const [r, round] of all.entries()) {
    const submit = async (s: Step, i: number) => {
      const journal = journals[s.server];
      const given = s.make(journal.state);
      const id = `round-${r}-${i}`;
      const from = journal.state.version;
      const answer = await journal.submit(given.command, given.by, id);
      told.push({ ...given, id, answer, from, to: journal.state.version });
      if (!s.again || !answer.ok) return;
      const other = journals[s.server === 0 ? 1 : 0];
      expect(await other.submit(given.command, given.by, id)).toEqual(answer);
    };
    await Promise.all(round.map(submit));
  }
  return told;
}

const spoken = ['floor.extended', 'floor.credited', 'floor.released', 'floor.revoked'];
/** Which event may follow which for one request; RFC 8855 §5.2.5 in the journal's words. */
const follows: Record<string, readonly string[]> = {
  'floor.requested': ['floor.accepted', 'floor.granted', 'floor.denied', 'floor.cancelled'],
  'floor.accepted': ['floor.moved', 'floor.granted', 'floor.denied', 'floor.cancelled'],
  'floor.moved': ['floor.moved', 'floor.granted', 'floor.denied', 'floor.cancelled'],
  'floor.granted': spoken,
  'floor.extended': spoken,
  'floor.credited': spoken,
};
const begins = ['floor.requested', 'floor.accepted', 'floor.granted'];

function lifeFaults(recorded: readonly Recorded[]): string[] {
  const last = new Map<string, string>();
  return recorded.flatMap(({ event, version }) => {
    if (!('request' in event)) return [];
    const before = last.get(event.request);
    last.set(event.request, event.type);
    const may = before === undefined ? begins : (follows[before] ?? []);
    return may.includes(event.type) ? [] : [`${before} → ${event.type} at version ${version}`];
  });
}

/** The state after each version, from 0. */
function statesOf(recorded: readonly Recorded[]): BriefingState[] {
  const states = [nothing];
  for (const event of recorded) states.push(evolve(states.at(-1) ?? nothing, event));
  return states;
}

function checkTold(told: readonly Told[], recorded: readonly Recorded[]): void {
  const states = statesOf(recorded);
  for (const { id, answer, command, by, from, to } of told) {
    const own = recorded.filter((r) => r.command === id);
    const at = (version: Version) =>
      decide(states[version] ?? nothing, command, { now: own[0]?.at ?? 0, by, command: id });
    if (answer.ok) {
      // In the journal once, from the version it was told, as the rules say on what was before.
      expect(own[0]?.version).toBe(answer.version);
      expect(at(answer.version - 1)).toMatchObject({ ok: true, events: own });
    } else {
      expect(refusalCodes).toContain(answer.refusal);
      expect(own).toEqual([]);
      const ever = states.slice(from, to + 1).some((s) => {
        const decision = at(s.version);
        return !decision.ok && decision.refusal === answer.refusal;
      });
      expect({ id, refusal: answer.refusal, ever }).toEqual({
        id,
        refusal: answer.refusal,
        ever: true,
      });
    }
  }
  const commands = new Set(told.filter((t) => t.answer.ok).map((t) => t.id));
  const strays = recorded.filter((r) => r.command.startsWith('round') && !commands.has(r.command));
  expect(strays).toEqual([]);
}

test('random commands from two servers: the floor stays whole and every answer is true', async () => {
  const seen = { accepted: 0, refused: new Set<string>() };
  await fc.assert(
    fc.asyncProperty(rules, rounds, async (floor, all) => {
      const briefing = `model-${++run}`;
      const journals = await opened(briefing, floor);
      const told = await play(journals, all);
      const recorded = await readJournal(servers[0].redis, briefing);
      const head = recorded.length;
      await until(() => journals.every((j) => j.state.version === head), {
        what: 'both servers at the head',
      });
      expect(faultsOf(recorded)).toEqual([]);
      expect(lifeFaults(recorded)).toEqual([]);
      checkTold(told, recorded);
      const folded = statesOf(recorded).at(-1);
      const third = await servers[1].open(briefing);
      for (const journal of [...journals, third]) {
        expect(journal.state).toEqual(folded);
        await journal.close();
      }
      for (const { answer } of told) {
        if (answer.ok) seen.accepted++;
        else seen.refused.add(answer.refusal);
      }
      await servers[0].redis.del(Object.values(briefingKeys(briefing)));
    }),
    { numRuns: 40 },
  );
  // The commands are worth something: many are done (by chance 290 to 700), and many different
  // ones refused.
  expect(seen.accepted).toBeGreaterThan(100);
  expect(seen.refused.size).toBeGreaterThan(10);
}, 60_000);
