import { z } from 'zod';
import { layouts } from '../domain/briefing.ts';
import { longestMessage } from '../domain/message.ts';
import {
  agendaItem,
  directive,
  id,
  interrupt,
  maxFloorUsers,
  mode,
  replyMs,
  seats,
  speechRule,
  words,
} from './plan.ts';

/** Commands as they come from browsers: those of the domain that people may give, and nothing else. */

const position = z.int().min(1).max(1024);
const priority = z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3), z.literal(4)]);

const declaration = z.strictObject({
  attendance: z.enum(['present', 'absent']),
  head: words(120),
  title: words(120),
  headCount: z.int().min(0).max(10_000).nullable(),
  substitute: words(120),
  reason: words(300),
});

/** Business of the briefing beside floor and programme. */
const businessCommands = [
  z.strictObject({ type: z.literal('agenda.enter'), item: id }),
  z.strictObject({ type: z.literal('agenda.change'), agenda: z.array(agendaItem).max(64) }),
  z.strictObject({ type: z.literal('rollCall.declare'), seat: id, declaration }),
  z.strictObject({
    type: z.literal('lineCheck.start'),
    seats: z.union([z.literal('all'), seats.min(1)]),
  }),
  z.strictObject({
    type: z.literal('vote.open'),
    question: words(500).min(1),
    options: z.array(words(120).min(1)).min(2).max(8),
    secret: z.boolean(),
  }),
  z.strictObject({
    type: z.literal('vote.cast'),
    vote: id,
    seat: id,
    option: z.int().min(0).max(7),
  }),
  z.strictObject({ type: z.literal('vote.close'), vote: id }),
  z.strictObject({ type: z.literal('directive.write'), directive }),
  z.strictObject({
    type: z.literal('directive.give'),
    numbers: z.array(z.int().min(1).max(1_000)).min(1).max(64),
  }),
  z.strictObject({
    type: z.literal('directive.receive'),
    number: z.int().min(1).max(1_000),
    seat: id,
  }),
  z.strictObject({
    type: z.literal('directive.settle'),
    briefing: id.optional(),
    number: z.int().min(1).max(1_000),
    as: z.enum(['done', 'withdrawn']),
  }),
  z.strictObject({ type: z.literal('notice.issue'), reference: words(60).min(1) }),
] as const;

export const browserCommand = z.discriminatedUnion('type', [
  ...businessCommands,
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
    kind: z.enum(['speech', 'reply']).optional(),
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
    mode: mode.optional(),
    maxFloorUsers: maxFloorUsers.optional(),
    speech: speechRule.optional(),
    replyMs: replyMs.optional(),
    interrupt: interrupt.optional(),
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
