import { z } from 'zod';
import { agendaKinds } from '../domain/agenda.ts';
import type { BriefingPlan } from '../domain/briefing.ts';

/** A briefing's plan, and the parts of it that commands carry too. */

export const id = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/);

export const seats = z.array(id).max(256);
export const words = (most: number) => z.string().trim().max(most);
const local = z.strictObject({ vi: words(300).min(1), en: words(300).min(1) });

export const speechRule = z.strictObject({
  allottedMs: z.int().min(10_000).max(14_400_000).nullable(),
  warningsMs: z.array(z.int().min(1_000).max(3_600_000)).max(4).readonly(),
  atEnd: z.enum(['warn', 'close']),
});
export const mode = z.enum(['moderated', 'firstComeFirstServed']);
export const maxFloorUsers = z.int().min(1).max(16);
export const interrupt = z.enum(['none', 'lower', 'sameOrLower']);
export const replyMs = z.int().min(10_000).max(3_600_000).nullable();

export const agendaItem = z.strictObject({
  id,
  kind: z.enum(agendaKinds),
  title: local,
  owner: id.nullable(),
  minutes: z.int().min(1).max(480),
  rules: z.strictObject({
    requests: z.union([z.enum(['all', 'none']), seats.min(1)]),
    once: z.boolean(),
    queueLimit: z.int().min(1).max(1_000).nullable(),
    replies: z.boolean(),
    speakers: seats,
    floor: z.strictObject({
      mode: mode.nullable(),
      maxFloorUsers: maxFloorUsers.nullable(),
      interrupt: interrupt.nullable(),
      speech: speechRule.nullable(),
    }),
  }),
});

export const directive = z.strictObject({
  number: z.int().min(1).max(1_000),
  title: local,
  content: words(2_000).min(1),
  leadPoint: id,
  supportingPoints: z.union([z.literal('all'), seats]),
  deadline: z.iso.date().nullable(),
  product: words(300).nullable(),
});

const pointKinds = ['province', 'city', 'partyCommittee', 'centralBody'] as const;

const plannedPoint = z.strictObject({
  id,
  name: local,
  shortName: local,
  region: words(64),
  kind: z.enum(pointKinds),
  order: z.int().min(0).max(256),
});

export const classifications = ['open', 'internal', 'confidential', 'secret', 'topSecret'] as const;

/** IANA time zones as this runtime knows them; their spelling is the runtime's own. */
export function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/**
 * A plan as somebody hands it in. Its own id is given by diemcau, and what former briefings of the
 * series have left undone is found out by it.
 */
export const planDraft = z.strictObject({
  title: local,
  sector: local,
  startsAt: z.iso.datetime({ offset: true }),
  timeZone: z.string().max(64).refine(isTimeZone),
  classification: z.enum(classifications),
  chairPoint: id,
  points: z.array(plannedPoint).min(2).max(257),
  agenda: z.array(agendaItem).max(64),
  reports: z
    .array(z.strictObject({ id, title: local, content: words(2_000).min(1), owner: id }))
    .max(64),
  directives: z.array(directive).max(256),
  floor: z.strictObject({
    mode,
    maxFloorUsers,
    graceMs: z.int().min(0).max(600_000),
    speech: speechRule,
    replyMs,
    interrupt,
  }),
  series: id.nullable(),
  quorum: z.int().min(1).max(256).nullable(),
});
export type PlanDraft = Omit<BriefingPlan, 'id' | 'carriedOver'>;
