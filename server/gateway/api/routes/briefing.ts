import { z } from 'zod';
import type { BriefingState } from '../../../domain/briefing.ts';
import type { Recorded } from '../../../domain/event.ts';
import type { Version } from '../../../domain/ids.ts';
import { rollCall } from '../../../domain/rollCall.ts';
import { commandEnvelope } from '../../../protocol/commands.ts';
import { audienceOf, forOffice, forPoints, shownToPoints, visibleTo } from '../../audience.ts';
import { actorOf, type Caller } from '../callers.ts';
import type { ApiBriefing } from '../ports.ts';
import { problem } from '../problem.ts';
import { type Route, route } from '../route.ts';
import { done, event, ofBriefing, state } from '../schemas.ts';
import { type Context, withBriefing } from './context.ts';

/** How many events one answer brings at most. */
const pageSize = 500;
/** How long an answer may wait for something to happen, in seconds. */
const longestWait = 25;

const since = z.object({
  after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
  wait: z.coerce.number().min(0).max(longestWait).default(0),
});

/** A briefing under way: what it is, what happens, and commands to it. */
export function briefingRoutes(c: Context): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/briefings/:briefing',
      id: 'getBriefing',
      summary: 'The state of a briefing, as the pass may see it.',
      tag: 'Briefing',
      may: ['office', 'chair', 'secretary', 'technician', 'wall', 'point'],
      params: ofBriefing,
      answer: { status: 200, says: 'The state.', json: z.object({ state, serverTime: z.int() }) },
      handle: (call) =>
        withBriefing(c, call, (briefing) => ({
          status: 200,
          json: {
            state: visibleTo(briefing.state, actorOf(call.caller)),
            serverTime: c.now(),
          },
        })),
    }),
    route({
      method: 'post',
      path: '/api/briefings/:briefing/commands',
      id: 'giveCommand',
      summary: 'Gives a command. The same id is done once, however often it is sent.',
      tag: 'Briefing',
      may: ['office', 'chair', 'secretary', 'technician', 'wall', 'point'],
      params: ofBriefing,
      body: commandEnvelope,
      answer: { status: 200, says: 'Accepted: in the journal at this version.', json: done },
      handle: (call) =>
        withBriefing(c, call, async (briefing) => {
          const { id, command } = call.body;
          const answer = await briefing.submit(command, actorOf(call.caller), id);
          return answer.ok
            ? { status: 200, json: { version: answer.version } }
            : problem(answer.refusal);
        }),
    }),
    route({
      method: 'get',
      path: '/api/briefings/:briefing/events',
      id: 'readEvents',
      summary:
        'What has happened after a version; with `wait`, at the latest after so many seconds.',
      tag: 'Briefing',
      may: ['office', 'chair', 'secretary', 'technician', 'wall', 'point'],
      params: ofBriefing,
      query: since,
      answer: {
        status: 200,
        says: 'The events that the pass may see; ask for what comes after `version` next.',
        json: z.object({ events: z.array(event), version: z.int(), more: z.boolean() }),
      },
      handle: (call) =>
        withBriefing(c, call, async (briefing) => {
          const { after, wait } = call.query;
          if (briefing.state.version <= after && wait > 0) {
            await news(briefing, { after, ms: wait * 1_000, gone: call.gone });
          }
          const read = await briefing.read(after, pageSize);
          return {
            status: 200,
            json: {
              events: read.flatMap((recorded) => shown(call.caller, recorded)),
              version: read.at(-1)?.version ?? after,
              more: read.length === pageSize,
            },
          };
        }),
    }),
    route({
      method: 'get',
      path: '/api/briefings/:briefing/roll-call',
      id: 'getRollCall',
      summary: 'The roll call: declared beside measured, disagreements first.',
      tag: 'Briefing',
      may: ['office', 'chair', 'secretary', 'technician'],
      params: ofBriefing,
      answer: {
        status: 200,
        says: 'The roll.',
        json: z.looseObject({ quorate: z.boolean(), counts: z.record(z.string(), z.int()) }),
      },
      handle: (call) =>
        withBriefing(c, call, (briefing) => ({ status: 200, json: rollCall(briefing.state) })),
    }),
    route({
      method: 'get',
      path: '/api/briefings/:briefing/line-checks',
      id: 'getLineChecks',
      summary: 'The last order to check lines, and the newest result of each seat.',
      tag: 'Briefing',
      may: ['office', 'chair', 'secretary', 'technician'],
      params: ofBriefing,
      answer: {
        status: 200,
        says: 'Results by seat.',
        json: z.object({
          run: z.looseObject({ run: z.string() }).nullable(),
          checks: z.record(z.string(), z.looseObject({ verdict: z.string() })),
        }),
      },
      handle: (call) =>
        withBriefing(c, call, (briefing) => ({ status: 200, json: lineChecks(briefing.state) })),
    }),
  ];
}

const lineChecks = ({ lineCheckRun, lineChecks: checks }: BriefingState) => ({
  run: lineCheckRun,
  checks,
});

/** As the wire to browsers shows it to the same role. */
function shown(caller: Caller, recorded: Recorded): readonly Recorded[] {
  const { role, seat } = actorOf(caller);
  if (audienceOf(role) === 'office') return [forOffice(recorded)];
  const to = shownToPoints(recorded);
  if (to === 'all') return [forPoints(recorded)];
  return seat !== null && to.includes(seat) ? [forPoints(recorded, seat)] : [];
}

/** Resolves when the journal goes past a version, the time is over or the caller has gone. */
function news(
  briefing: ApiBriefing,
  o: { readonly after: Version; readonly ms: number; readonly gone: AbortSignal },
): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      stop();
      o.gone.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, o.ms);
    const stop = briefing.subscribe((_, { version }) => {
      if (version > o.after) end();
    });
    o.gone.addEventListener('abort', end);
  });
}
