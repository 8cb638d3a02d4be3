import type { BriefingState } from './briefing.ts';
import type { Command } from './command.ts';
import { requestById } from './floor.ts';
import { endsAt } from './floorClock.ts';
import type { Instant } from './ids.ts';
import { opensAt } from './plan.ts';

/** A command that is to be given at a time. It quotes what it was set for, so late is harmless. */
export interface Timer {
  /** Names this very occasion: also the id of the command, so that it is done once. */
  readonly id: string;
  readonly at: Instant;
  readonly command: Extract<
    Command,
    { type: 'briefing.open' | 'floor.expireGrace' | 'floor.expire' | 'lineCheck.start' }
  >;
}

/** The timers that this state calls for; the same state gives the same, whoever computes them. */
export function timersDue(state: BriefingState): Timer[] {
  return [...openingOf(state), ...sweepTimer(state), ...floorTimers(state)];
}

/**
 * At T−60, when the briefing opens, the points that have come before then are asked for a line
 * check; whoever comes later is measured as it comes. An order that somebody gives first is enough.
 */
function sweepTimer(state: BriefingState): Timer[] {
  const { id: briefing, phase, phaseSince, chairPoint, lineCheckRun } = state;
  const due = phase === 'gathering' && phaseSince < Date.parse(state.startsAt);
  if (!due || (lineCheckRun !== null && lineCheckRun.startedAt >= phaseSince)) return [];
  const seats = Object.values(state.seats)
    .filter(({ id, status }) => id !== chairPoint && status === 'connected')
    .filter(({ id, since }) => since < phaseSince && !Object.hasOwn(state.lineChecks, id))
    .map(({ id }) => id);
  if (seats.length === 0) return [];
  const command = { type: 'lineCheck.start', seats } as const;
  return [{ id: `sweep-${briefing}-${phaseSince}`, at: phaseSince, command }];
}

/** A start in the past is no reason to wait: the briefing opens at once. */
function openingOf(state: BriefingState): Timer[] {
  const { id: briefing, phase, version, startsAt } = state;
  const at = opensAt(state);
  if (version === 0 || phase !== 'scheduled' || at === null) return [];
  return [{ id: `open-${briefing}-${at}`, at, command: { type: 'briefing.open', startsAt } }];
}

function floorTimers(state: BriefingState): Timer[] {
  const { id: briefing, floor, seats } = state;
  const { graceMs, speech } = floor.rules;
  return floor.holders.flatMap((id): Timer[] => {
    const held = requestById(floor, id);
    const seat = held && seats[held.beneficiary];
    if (!held || !seat || held.grantVersion === null) return [];
    const { grantVersion } = held;
    if (seat.lostAtVersion !== null) {
      const { id: about, lostAtVersion, since } = seat;
      return [
        {
          id: `grace-${briefing}-${about}-${lostAtVersion}`,
          at: since + graceMs,
          command: { type: 'floor.expireGrace', seat: about, lostAtVersion },
        },
      ];
    }
    const end = endsAt(held);
    if (end === null || speech.atEnd !== 'close') return [];
    return [
      {
        // The end is part of its name: added time makes it another occasion.
        id: `expire-${briefing}-${id}-${grantVersion}-${end}`,
        at: end,
        command: { type: 'floor.expire', request: id, grantVersion },
      },
    ];
  });
}
