import { z } from 'zod';
import { phases } from '../../domain/briefing.ts';
import { id, isTimeZone, planDraft } from '../../protocol/plan.ts';

/** What the API takes and gives, beside what the wire to browsers has already. */

/** Made by the caller, unique to this wish; a repetition carries the same, and is done once. */
export const requestId = z
  .string()
  .min(8)
  .max(64)
  .regex(/^[A-Za-z0-9-]+$/);

export const ofBriefing = z.object({ briefing: id });

const localText = z.object({ vi: z.string(), en: z.string() });
const version = z.int().min(0);

export const done = z.object({ version });

export const summary = z.object({
  id,
  title: localText,
  startsAt: z.string(),
  timeZone: z.string().refine(isTimeZone),
  classification: z.string(),
  series: id.nullable(),
  phase: z.enum(Object.keys(phases) as [keyof typeof phases]),
});

/** The whole plan, or a template's with other parts in the place of its own. */
export const newBriefing = z.union([
  z.strictObject({ request: requestId, plan: planDraft }),
  z.strictObject({
    request: requestId,
    template: z.string().min(1).max(64),
    changes: planDraft.partial().optional(),
  }),
]);

export const newPlan = z.strictObject({ request: requestId, plan: planDraft });

/** All of it is what browsers fold too; its parts are described in server/domain/briefing.ts. */
export const state = z.looseObject({
  version,
  id,
  phase: summary.shape.phase,
  title: localText,
  startsAt: z.string(),
  chairPoint: id,
  seats: z.record(z.string(), z.looseObject({ id, status: z.string() })),
  floor: z.looseObject({ queue: z.array(z.string()), holders: z.array(z.string()) }),
  agenda: z.array(z.looseObject({ id })),
});

const actor = z.object({ role: z.string(), seat: id.nullable() });

/** An event as the journal keeps it; its kinds are described in server/domain/event.ts. */
export const event = z.object({
  version,
  at: z.int(),
  by: actor,
  command: z.string(),
  event: z.looseObject({ type: z.string() }),
});

export const link = z.object({
  role: z.string(),
  seat: id.nullable(),
  url: z.string(),
});

/** Of what stands in the document under a name, so that it is written there once. */
export const named: Readonly<Record<string, z.ZodType>> = {
  Plan: planDraft,
  BriefingState: state,
  BriefingSummary: summary,
  JournalEvent: event,
  Link: link,
};
