import type { BriefingState } from './briefing.ts';
import type { Instant, SeatId } from './ids.ts';
import type { Actor } from './permits.ts';
import type { Seat } from './roster.ts';

/** What a point, or the secretary for it, says of its delegation. Texts are as people wrote them. */
export interface Declaration {
  readonly attendance: 'present' | 'absent';
  /** Head of the delegation and their title; empty where nothing was said. */
  readonly head: string;
  readonly title: string;
  /** Persons in the room; null where nothing was said. */
  readonly headCount: number | null;
  /** Who stands in for the head; empty where nobody does. */
  readonly substitute: string;
  /** Why it is absent; empty where it is not. */
  readonly reason: string;
}

export interface Declared extends Declaration {
  readonly at: Instant;
  readonly by: Actor;
}

/** What diemcau knows by itself; null: not measured. */
export interface Measured {
  readonly connected: boolean;
  readonly firstJoinedAt: Instant | null;
  readonly seen: boolean | null;
  readonly heard: boolean | null;
}

export type RollState = 'present' | 'presentLate' | 'absent' | 'notCalled';

/** Where what was declared and what is measured contradict each other. */
export type Disagreement =
  | 'declaredPresentNotConnected'
  | 'declaredAbsentButConnected'
  | 'connectedNotDeclared'
  | 'presentNotSeen'
  | 'presentNotHeard';

export interface RollRow {
  readonly seat: Seat;
  readonly state: RollState;
  readonly declared: Declared | null;
  readonly measured: Measured;
  readonly disagreements: readonly Disagreement[];
}

export interface Roll {
  /** Disagreements first, each part in protocol order. */
  readonly rows: readonly RollRow[];
  readonly counts: Readonly<Record<RollState, number>>;
  /** How many points must be present; null where none is set. */
  readonly quorum: number | null;
  readonly quorate: boolean;
}

/** The roll call, declared beside measured. The chair point is not called. */
export function rollCall(state: BriefingState): Roll {
  const rows = Object.values(state.seats)
    .filter(({ id }) => id !== state.chairPoint)
    .sort((a, b) => a.order - b.order)
    .map((seat) => rowOf(state, seat));
  const counts = { present: 0, presentLate: 0, absent: 0, notCalled: 0 };
  for (const row of rows) counts[row.state]++;
  const { quorum } = state;
  return {
    rows: [
      ...rows.filter(({ disagreements }) => disagreements.length > 0),
      ...rows.filter(({ disagreements }) => disagreements.length === 0),
    ],
    counts,
    quorum,
    quorate: quorum === null || counts.present + counts.presentLate >= quorum,
  };
}

function rowOf(state: BriefingState, seat: Seat): RollRow {
  const declared = Object.hasOwn(state.rollCall, seat.id)
    ? (state.rollCall[seat.id] ?? null)
    : null;
  const measured = measuredOf(state, seat.id, seat);
  return {
    seat,
    declared,
    measured,
    state: stateOf(state, declared, measured),
    disagreements: disagreementsOf(declared, measured),
  };
}

function measuredOf(state: BriefingState, id: SeatId, seat: Seat): Measured {
  const check = Object.hasOwn(state.lineChecks, id) ? state.lineChecks[id] : undefined;
  const result = check?.result;
  return {
    connected: seat.status === 'connected',
    firstJoinedAt: seat.firstJoinedAt,
    seen: check ? (result?.picture ?? null) !== null : null,
    heard: check ? (result?.sound ?? null) !== null : null,
  };
}

/** Late is whoever was neither here nor declared present when the session began. */
function stateOf(
  { beganAt }: BriefingState,
  declared: Declared | null,
  { firstJoinedAt }: Measured,
): RollState {
  if (declared === null && firstJoinedAt === null) return 'notCalled';
  if (declared?.attendance === 'absent') return 'absent';
  const came = Math.min(declared?.at ?? Infinity, firstJoinedAt ?? Infinity);
  return beganAt !== null && came > beganAt ? 'presentLate' : 'present';
}

function disagreementsOf(declared: Declared | null, measured: Measured): Disagreement[] {
  const found: Disagreement[] = [];
  const { connected, seen, heard } = measured;
  if (declared?.attendance === 'present' && !connected) found.push('declaredPresentNotConnected');
  if (declared?.attendance === 'absent' && connected) found.push('declaredAbsentButConnected');
  if (declared === null && connected) found.push('connectedNotDeclared');
  if (declared?.attendance === 'present' && connected) {
    if (seen === false) found.push('presentNotSeen');
    if (heard === false) found.push('presentNotHeard');
  }
  return found;
}
