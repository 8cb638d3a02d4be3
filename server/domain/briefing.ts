import type { AgendaItem, AgendaPlace } from './agenda.ts';
import type { Directive, TrackedDirective } from './directives.ts';
import type { Floor, FloorRules } from './floor.ts';
import type { BriefingId, Instant, SeatId, Version } from './ids.ts';
import type { LineCheck, LineCheckRun } from './lineCheck.ts';
import type { Message } from './message.ts';
import type { Declared } from './rollCall.ts';
import type { LocalText, PlannedPoint, Seat } from './roster.ts';
import type { Vote } from './vote.ts';

export type Phase = 'scheduled' | 'gathering' | 'inSession' | 'recess' | 'closed';
export type PhaseStep = 'open' | 'begin' | 'recess' | 'resume' | 'close';

/** The briefing's life cycle: phase × step → phase; what is not here is refused. */
export const phases = {
  scheduled: { open: 'gathering' },
  gathering: { begin: 'inSession', close: 'closed' },
  inSession: { recess: 'recess', close: 'closed' },
  recess: { resume: 'inSession', close: 'closed' },
  closed: {},
} as const satisfies Record<Phase, Partial<Record<PhaseStep, Phase>>>;

/** A written result of the past period, presented at the briefing. */
export interface Report {
  readonly id: string;
  readonly title: LocalText;
  /** In Vietnamese, as written. */
  readonly content: string;
  readonly owner: SeatId;
}

export type Classification = 'open' | 'internal' | 'confidential' | 'secret' | 'topSecret';

/** What is known of a briefing before it opens. */
export interface BriefingPlan {
  readonly id: BriefingId;
  readonly title: LocalText;
  readonly sector: LocalText;
  /** Local date and time of the invitation, ISO 8601. */
  readonly startsAt: string;
  /** IANA time zone of the briefing. */
  readonly timeZone: string;
  readonly classification: Classification;
  readonly chairPoint: SeatId;
  readonly points: readonly PlannedPoint[];
  readonly agenda: readonly AgendaItem[];
  readonly reports: readonly Report[];
  readonly directives: readonly Directive[];
  readonly floor: FloorRules;
  /** Briefings of one series follow one another; null: it stands alone. */
  readonly series: string | null;
  /** How many points must be present; null: no matter. */
  readonly quorum: number | null;
  /** What former briefings of the series have left undone. */
  readonly carriedOver: readonly CarriedDirective[];
}

/** A directive of a former briefing that is not done. */
export interface CarriedDirective {
  readonly briefing: BriefingId;
  readonly briefingTitle: LocalText;
  readonly directive: Directive;
  /** What has become of it in the briefing that it was carried over to. */
  readonly settled?: 'done' | 'withdrawn' | undefined;
}

/** That the conclusion notice (Decision 45/2018/QĐ-TTg) has gone out. */
export interface IssuedNotice {
  /** Its number and sign. */
  readonly reference: string;
  readonly at: Instant;
}

export interface Presentation {
  readonly seat: SeatId;
  readonly since: Instant;
}

/**
 * What receivers see of the programme. presentation: slides large with the speaker beside them, and
 * the speaker alone while there are none · speaker: the speaker large, the chair small, no slides ·
 * sideBySide: chair and speakers of one size · chair: the chair alone; speakers are heard.
 */
export const layouts = ['presentation', 'speaker', 'sideBySide', 'chair'] as const;
export type Layout = (typeof layouts)[number];

/** All that a briefing is, folded from its journal. Plain data, so that it can be a snapshot. */
export interface BriefingState extends Omit<BriefingPlan, 'points' | 'floor' | 'directives'> {
  /** The version of the last event folded in; 0 before the plan. */
  readonly version: Version;
  readonly phase: Phase;
  readonly phaseSince: Instant;
  readonly seats: Readonly<Record<SeatId, Seat>>;
  readonly floor: Floor;
  readonly presentation: Presentation | null;
  readonly layout: Layout;
  /** In the order of sending; withdrawn ones are gone. */
  readonly messages: readonly Message[];
  /** When the session began; null before. */
  readonly beganAt: Instant | null;
  readonly agendaAt: AgendaPlace | null;
  readonly rollCall: Readonly<Record<SeatId, Declared>>;
  readonly lineCheckRun: LineCheckRun | null;
  readonly lineChecks: Readonly<Record<SeatId, LineCheck>>;
  readonly votes: readonly Vote[];
  readonly directives: readonly TrackedDirective[];
  readonly issuedNotice: IssuedNotice | null;
}
