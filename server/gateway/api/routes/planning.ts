import { createHash } from 'node:crypto';
import { z } from 'zod';
import { planOf } from '../../../domain/plan.ts';
import { id as idSchema, type PlanDraft, planDraft } from '../../../protocol/plan.ts';
import { signPass } from '../../identity.ts';
import { actorOf, type Caller, nameOf } from '../callers.ts';
import type { Planned, Summary } from '../ports.ts';
import { type Problem, problem } from '../problem.ts';
import { type Result, type Route, route, xlsxType } from '../route.ts';
import { done, newBriefing, newPlan, ofBriefing, summary } from '../schemas.ts';
import { type Context, withBriefing } from './context.ts';

/** Briefings to be: made, listed, and changed until they open. */
export function planningRoutes(c: Context): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/briefings',
      id: 'listBriefings',
      summary: 'The briefings that the pass may know of: all, those of its series, or its own.',
      tag: 'Planning',
      may: ['office', 'chair', 'secretary', 'technician', 'wall', 'point'],
      answer: {
        status: 200,
        says: 'In the order in which they were made.',
        json: z.object({ briefings: z.array(summary) }),
      },
      cost: 1,
      handle: async ({ caller }) => ({
        status: 200,
        json: { briefings: shownTo(caller, await c.briefings.summaries()) },
      }),
    }),
    route({
      method: 'post',
      path: '/api/briefings',
      id: 'createBriefing',
      summary: 'Makes a briefing: the office any, a secretary one of her own series.',
      tag: 'Planning',
      may: ['office', 'secretary'],
      body: newBriefing,
      answer: {
        status: 201,
        says: 'The briefing is planned. The pass is its secretary’s.',
        json: z.object({ id: idSchema, version: z.int(), pass: z.string() }),
      },
      cost: 5,
      handle: ({ caller, body }) => create(c, caller, body),
    }),
    route({
      method: 'get',
      path: '/api/briefings/:briefing/plan',
      id: 'getPlan',
      summary: 'The plan as it stands.',
      tag: 'Planning',
      may: ['office', 'chair', 'secretary'],
      params: ofBriefing,
      answer: { status: 200, says: 'The plan.', json: z.object({ plan: planDraft }) },
      handle: (call) =>
        withBriefing(c, call, ({ state }) => ({ status: 200, json: { plan: draftOf(state) } })),
    }),
    route({
      method: 'put',
      path: '/api/briefings/:briefing/plan',
      id: 'changePlan',
      summary: 'The whole plan anew, as long as the briefing has not opened.',
      tag: 'Planning',
      may: ['office', 'chair', 'secretary'],
      params: ofBriefing,
      body: newPlan,
      answer: { status: 200, says: 'The plan is changed.', json: done },
      cost: 2,
      handle: (call) =>
        withBriefing(c, call, async () => {
          const { params, body, caller } = call;
          const given = { by: actorOf(caller), command: body.request };
          return planned(await c.planner.replan(params.briefing, body.plan, given));
        }),
    }),
    ...workbookRoutes(c),
  ];
}

function workbookRoutes(c: Context): Route[] {
  const ofTemplate = z.object({ template: z.string().min(1).max(64) });
  const workbook = async (draft: PlanDraft, name: string): Promise<Result> => ({
    status: 200,
    file: await c.planner.workbook(draft),
    name: `${name}.xlsx`,
  });
  const file = { status: 200, says: 'A workbook to fill in.', file: xlsxType } as const;
  return [
    route({
      method: 'get',
      path: '/api/templates',
      id: 'listTemplates',
      summary: 'The templates of this installation.',
      tag: 'Planning',
      may: ['office', 'secretary'],
      answer: {
        status: 200,
        says: 'Their names and plans.',
        json: z.object({ templates: z.array(z.object({ name: z.string(), plan: planDraft })) }),
      },
      handle: async () => ({
        status: 200,
        json: { templates: [...c.planner.templates].map(([name, plan]) => ({ name, plan })) },
      }),
    }),
    route({
      method: 'get',
      path: '/api/templates/:template/workbook',
      id: 'getTemplateWorkbook',
      summary: 'A template as a workbook (.xlsx), to be filled in and handed in again.',
      tag: 'Planning',
      may: ['office', 'secretary'],
      params: ofTemplate,
      answer: file,
      cost: 2,
      handle: async ({ params }) => {
        const draft = c.planner.templates.get(params.template);
        return draft ? workbook(draft, params.template) : problem('unknownTemplate');
      },
    }),
    route({
      method: 'get',
      path: '/api/briefings/:briefing/plan/workbook',
      id: 'getPlanWorkbook',
      summary: 'The plan as it stands, as a workbook (.xlsx).',
      tag: 'Planning',
      may: ['office', 'chair', 'secretary'],
      params: ofBriefing,
      answer: file,
      cost: 2,
      handle: (call) =>
        withBriefing(c, call, ({ state }) => workbook(draftOf(state), call.params.briefing)),
    }),
    route({
      method: 'post',
      path: '/api/workbooks',
      id: 'readWorkbook',
      summary: 'Reads a workbook: its plan, or every fault with sheet, row and column.',
      tag: 'Planning',
      may: ['office', 'chair', 'secretary'],
      body: z.instanceof(Uint8Array),
      takesFile: true,
      answer: { status: 200, says: 'The plan.', json: z.object({ plan: planDraft }) },
      cost: 2,
      handle: async ({ body }) => {
        const read = await c.planner.readWorkbook(body);
        if (!read.ok) return problem('planFaults', { faults: read.faults });
        return { status: 200, json: { plan: read.draft } };
      },
    }),
  ];
}

/** What a plan says of itself, without what diemcau adds to it. */
function draftOf(state: Parameters<typeof planOf>[0]): PlanDraft {
  const { id: _, carriedOver: __, ...draft } = planOf(state);
  return draft;
}

function shownTo(caller: Caller, all: readonly Summary[]): readonly Summary[] {
  if (!('identity' in caller)) return all;
  const own = all.find(({ id }) => id === caller.identity.briefing);
  if (!own) return [];
  const series = caller.role === 'secretary' ? own.series : null;
  return series === null ? [own] : all.filter((each) => each.series === series);
}

function planned(answer: Planned): Result {
  if (answer.ok) return { status: 200, json: { version: answer.version } };
  return answer.conflicts
    ? problem('planFaults', { conflicts: answer.conflicts })
    : problem(answer.refusal);
}

type NewBriefing = z.infer<typeof newBriefing>;

async function create(c: Context, caller: Caller, wish: NewBriefing): Promise<Result> {
  const draft = draftFrom(c, wish);
  if ('refusal' in draft) return draft;
  if ('identity' in caller && !(await isOfSeries(c, caller.identity.briefing, draft.series))) {
    return problem('notPermitted', { detail: 'another series' });
  }
  const id = briefingIdOf(caller, wish.request);
  const answer = await c.planner.create(id, draft);
  if (!answer.ok) return planned(answer);
  const pass = await signPass({ secret: c.secret, briefing: id, role: 'secretary', seat: null });
  return { status: 201, json: { id, version: answer.version, pass } };
}

function draftFrom(c: Context, wish: NewBriefing): PlanDraft | Problem {
  if ('plan' in wish) return wish.plan;
  const template = c.planner.templates.get(wish.template);
  if (!template) return problem('unknownTemplate');
  const changes = Object.entries(wish.changes ?? {}).filter(([, value]) => value !== undefined);
  return { ...template, ...Object.fromEntries(changes) };
}

async function isOfSeries(c: Context, own: string, series: string | null): Promise<boolean> {
  const briefing = await c.briefings.open(own);
  return series !== null && briefing?.state.series === series;
}

/**
 * Says nothing of what it names; the same wish of the same caller gives the same, so that asking
 * again makes nothing new.
 */
function briefingIdOf(caller: Caller, request: string): string {
  const hash = createHash('sha256')
    .update(`${nameOf(caller)}\n${request}`)
    .digest('hex');
  return `b${BigInt(`0x${hash.slice(0, 24)}`).toString(36)}`;
}
