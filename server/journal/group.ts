import type { BriefingState } from '../domain/briefing.ts';
import type { Command } from '../domain/command.ts';
import { type Decision, decide } from '../domain/decide.ts';
import type { Recorded } from '../domain/event.ts';
import type { Instant, Version } from '../domain/ids.ts';
import type { Actor } from '../domain/permits.ts';
import type { RefusalCode } from '../domain/refusal.ts';
import type { Accepted } from './accepted.ts';

/** `version`: of the command's first event. */
export type Answer =
  | { readonly ok: true; readonly version: Version }
  | { readonly ok: false; readonly refusal: RefusalCode };

export interface Submitted {
  readonly command: Command;
  readonly by: Actor;
  readonly id: string;
}

export interface DecidedGroup {
  /** What to append, numbered as if nobody else writes meanwhile. */
  readonly events: readonly Recorded[];
  /** One for each command, good only if the append finds the journal where `state` was. */
  readonly answers: readonly Answer[];
  /** The state with the events folded in. */
  readonly state: BriefingState;
}

/** Decides commands one after another, each on what the ones before it would make of the state. */
export function decideGroup(
  state: BriefingState,
  group: readonly Submitted[],
  given: {
    readonly now: Instant;
    readonly accepted: Accepted;
    /** A rule threw. That command is refused; the briefing goes on. */
    readonly onBug: (error: unknown, command: Command) => void;
  },
): DecidedGroup {
  const events: Recorded[] = [];
  const answers: Answer[] = [];
  let next = state;
  for (const { command, by, id } of group) {
    const before = given.accepted.versionOf(by, id);
    if (before !== undefined) {
      answers.push({ ok: true, version: before });
      continue;
    }
    const decision = decided(next, { command, by, id }, given);
    if (!decision.ok) {
      answers.push(decision);
      continue;
    }
    answers.push({ ok: true, version: decision.events[0]?.version ?? next.version });
    events.push(...decision.events);
    next = decision.state;
  }
  return { events, answers, state: next };
}

function decided(
  state: BriefingState,
  { command, by, id }: Submitted,
  given: { readonly now: Instant; readonly onBug: (error: unknown, command: Command) => void },
): Decision {
  try {
    return decide(state, command, { now: given.now, by, command: id });
  } catch (error) {
    given.onBug(error, command);
    return { ok: false, refusal: 'malformed' };
  }
}
