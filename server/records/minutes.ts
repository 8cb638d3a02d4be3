import type { BriefingState, Classification, Phase, Report } from '../domain/briefing.ts';
import type { Recorded } from '../domain/event.ts';
import { evolve, nothing } from '../domain/evolve.ts';
import type { BriefingId, Instant, SeatId, Version } from '../domain/ids.ts';
import type { LineCheck } from '../domain/lineCheck.ts';
import { type RollState, rollCall } from '../domain/rollCall.ts';
import type { LocalText } from '../domain/roster.ts';
import { type ItemTime, itemTimes, type PhaseSpan, phaseSpans } from './agendaTimes.ts';
import { type Attendance, attendance } from './attendance.ts';
import { type DirectiveLog, directiveLog } from './directiveLog.ts';
import { type Incidents, incidents } from './incidents.ts';
import { closing } from './replay.ts';
import { type Speech, type SpeechTotal, speeches, totals } from './speeches.ts';
import { type VoteResult, votes } from './votes.ts';

/** What the minutes are of. */
export interface Heading {
  readonly id: BriefingId;
  readonly title: LocalText;
  readonly sector: LocalText;
  readonly series: string | null;
  readonly classification: Classification;
  readonly timeZone: string;
  /** As invited, ISO 8601. */
  readonly startsAt: string;
  readonly phase: Phase;
  /** When sites began to gather, when the session began, and when it closed; null where not yet. */
  readonly openedAt: Instant | null;
  readonly beganAt: Instant | null;
  readonly closedAt: Instant | null;
  /** The time up to which these minutes tell, and the journal's version that they are built from. */
  readonly asOf: Instant;
  readonly version: Version;
  readonly chairPoint: SeatId;
}

/** Part 1: chair and attendees. */
export interface Attendees {
  readonly seats: readonly Attendance[];
  readonly counts: Readonly<Record<RollState, number>>;
  readonly quorum: number | null;
  readonly quorate: boolean;
  /** Persons at the points, as declared by those present. */
  readonly headCount: number;
}

/** Part 2: sequence and content. */
export interface Sequence {
  readonly phases: readonly PhaseSpan[];
  readonly items: readonly ItemTime[];
  readonly reports: readonly Report[];
}

/** Part 3: opinions. Times in milliseconds. */
export interface Opinions {
  readonly speeches: readonly Speech[];
  readonly bySeat: readonly (SpeechTotal & { readonly seat: SeatId })[];
  /** `item` null: before the first item. */
  readonly byItem: readonly (SpeechTotal & { readonly item: string | null })[];
  readonly usedMs: number;
}

/** The five parts of the minutes (Decision 45/2018/QĐ-TTg), and what an operator wants beside them. */
export interface Minutes {
  readonly briefing: Heading;
  readonly attendees: Attendees;
  readonly sequence: Sequence;
  readonly opinions: Opinions;
  readonly votes: readonly VoteResult[];
  readonly conclusion: DirectiveLog;
  readonly incidents: Incidents;
  /** The last line check of each seat that had one, in protocol order. */
  readonly lineChecks: readonly (LineCheck & { readonly seat: SeatId })[];
}

/** The minutes, from the journal alone: the same journal gives the same, whenever and wherever. */
export function minutes(journal: readonly Recorded[]): Minutes {
  const now = journal.reduce(evolve, nothing);
  const end = closing(journal);
  const phases = phaseSpans(journal);
  const spoken = speeches(journal);
  return {
    briefing: heading(now, { ...end, phases }),
    attendees: attendees(journal, end.state),
    sequence: { phases, items: itemTimes(journal), reports: now.reports },
    opinions: {
      speeches: spoken,
      bySeat: [...totals(spoken, ({ seat }) => seat)].map(([seat, sum]) => ({ seat, ...sum })),
      byItem: [...totals(spoken, ({ item }) => item)].map(([item, sum]) => ({ item, ...sum })),
      usedMs: spoken.reduce((sum, { usedMs }) => sum + usedMs, 0),
    },
    votes: votes(journal),
    conclusion: directiveLog(journal),
    incidents: incidents(journal),
    lineChecks: Object.entries(now.lineChecks)
      .map(([seat, check]) => ({ seat, ...check }))
      .sort((a, b) => orderOf(now, a.seat) - orderOf(now, b.seat)),
  };
}

const orderOf = ({ seats }: BriefingState, seat: SeatId): number => seats[seat]?.order ?? Infinity;

interface End {
  readonly closedAt: Instant | null;
  readonly asOf: Instant;
  readonly phases: readonly PhaseSpan[];
}

function heading(state: BriefingState, { closedAt, asOf, phases }: End): Heading {
  const { id, title, sector, series, classification, timeZone, startsAt, chairPoint } = state;
  return {
    id,
    title,
    sector,
    series,
    classification,
    timeZone,
    startsAt,
    phase: state.phase,
    openedAt: phases.find(({ phase }) => phase === 'gathering')?.from ?? null,
    beganAt: state.beganAt,
    closedAt,
    asOf,
    version: state.version,
    chairPoint,
  };
}

function attendees(journal: readonly Recorded[], state: BriefingState): Attendees {
  const seats = attendance(journal);
  const { counts, quorum, quorate } = rollCall(state);
  const present = seats.filter(({ state: is }) => is === 'present' || is === 'presentLate');
  const headCount = present.reduce((sum, { declared }) => sum + (declared?.headCount ?? 0), 0);
  return { seats, counts, quorum, quorate, headCount };
}
