import type { BriefingState } from '../../server/domain/briefing.ts';
import { decide } from '../../server/domain/decide.ts';
import type { Actor } from '../../server/domain/permits.ts';
import type { RefusalCode } from '../../server/domain/refusal.ts';
import type { BrowserCommand } from '../../server/protocol/commands.ts';

/**
 * Why the server would refuse a command now, as far as this page knows; null when it would not.
 * The rules are the server's own, so a button and the server never disagree for long.
 */
export function refusalOf(
  state: BriefingState,
  by: Actor,
  command: BrowserCommand,
): RefusalCode | null {
  const decision = decide(state, command, { now: 0, by, command: '' });
  return decision.ok ? null : decision.refusal;
}
