import { z } from 'zod';
import { layouts } from '../domain/briefing.ts';
import { longestMessage } from '../domain/message.ts';

/** Commands as they come from browsers: those of the domain that people may give, and nothing else. */

const id = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/);
const position = z.int().min(1).max(1024);
const priority = z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3), z.literal(4)]);

export const browserCommand = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('phase.step'),
    step: z.enum(['open', 'begin', 'recess', 'resume', 'close']),
  }),
  z.strictObject({ type: z.literal('seat.mute'), seat: id }),
  z.strictObject({ type: z.literal('seat.unmute'), seat: id }),
  z.strictObject({
    type: z.literal('floor.request'),
    beneficiary: id,
    priority: priority.optional(),
  }),
  z.strictObject({ type: z.literal('floor.release'), request: id }),
  z.strictObject({ type: z.literal('floor.accept'), request: id, position: position.optional() }),
  z.strictObject({ type: z.literal('floor.move'), request: id, position }),
  z.strictObject({ type: z.literal('floor.deny'), request: id }),
  z.strictObject({
    type: z.literal('floor.grant'),
    target: z.union([z.strictObject({ request: id }), z.strictObject({ seat: id })]),
    replace: z.boolean(),
  }),
  z.strictObject({ type: z.literal('floor.revoke'), request: id }),
  z.strictObject({
    type: z.literal('floor.setRules'),
    mode: z.enum(['moderated', 'firstComeFirstServed']).optional(),
    maxFloorUsers: z.int().min(1).max(16).optional(),
    speech: z
      .strictObject({
        allottedMs: z.int().min(10_000).max(14_400_000).nullable(),
        warningsMs: z.array(z.int().min(1_000).max(3_600_000)).max(4),
        atEnd: z.enum(['warn', 'close']),
      })
      .optional(),
  }),
  z.strictObject({
    type: z.literal('floor.extend'),
    request: id,
    byMs: z.int().min(1_000).max(3_600_000),
  }),
  z.strictObject({ type: z.literal('seat.muteOthers') }),
  z.strictObject({ type: z.literal('seat.unmuteAll') }),
  z.strictObject({ type: z.literal('layout.set'), layout: z.enum(layouts) }),
  z.strictObject({
    type: z.literal('message.send'),
    to: z.union([z.literal('all'), z.array(id).min(1).max(256)]),
    text: z.string().trim().min(1).max(longestMessage),
  }),
  z.strictObject({ type: z.literal('message.acknowledge'), message: id, seat: id }),
  z.strictObject({ type: z.literal('message.withdraw'), message: id }),
  z.strictObject({ type: z.literal('presentation.start'), seat: id }),
  z.strictObject({ type: z.literal('presentation.stop'), seat: id }),
]);
export type BrowserCommand = z.infer<typeof browserCommand>;

export const commandEnvelope = z.strictObject({
  /** Made by the browser, unique to this press of a button; a retry carries the same. */
  id: z
    .string()
    .min(8)
    .max(64)
    .regex(/^[A-Za-z0-9-]+$/),
  command: browserCommand,
});
export type CommandEnvelope = z.infer<typeof commandEnvelope>;
