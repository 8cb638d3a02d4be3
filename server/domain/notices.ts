import type { BriefingState } from './briefing.ts';
import { addressees, type TrackedDirective } from './directives.ts';
import type { Instant, SeatId } from './ids.ts';
import { opensAt } from './plan.ts';

/** Why people are written to. */
export const noticeKinds = [
  'invitation',
  'dayBefore',
  'hourBefore',
  'receiptMissing',
  'directiveSoon',
  'directiveToday',
  'directiveOverdue',
  'conclusionNotice',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** Something that people are to be told in writing, outside the room. */
export interface Notice {
  /** Names this very occasion: whoever is told of it is told once. */
  readonly id: string;
  readonly kind: NoticeKind;
  readonly at: Instant;
  /** From then on it would only confuse. */
  readonly until: Instant;
  readonly seats: readonly SeatId[];
  /** The directive that it is about. */
  readonly directive: number | null;
  /** The ISO 8601 date that it is about. */
  readonly date: string | null;
}

/** What an installation knows of days. */
export interface Calendar {
  /** When a date (ISO 8601) begins in a time zone. */
  readonly startOfDate: (date: string, timeZone: string) => Instant;
  /** The last day for the conclusion notice of a briefing that closed at an instant. */
  readonly conclusionDue: (closedAt: Instant, timeZone: string) => string;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** When offices read their mail. */
const morningMs = 8 * hourMs;
/** How often a receipt that is missing is asked for, once a day. */
const receiptTimes = 3;
/** A briefing that opened by itself did so a little after the hour. */
const tardyMs = 5 * 60_000;

/**
 * What people are to be written by this state. The same state gives the same, whoever computes it;
 * what is no longer among them when its hour comes is void.
 */
export function noticesDue(state: BriefingState, calendar: Calendar): Notice[] {
  if (state.version === 0) return [];
  return [
    ...beforehand(state),
    ...state.directives.flatMap((d) => ofDirective(state, d, calendar)),
    ...conclusion(state, calendar),
  ];
}

/** Whether it is still worth saying. */
export const isTimely = ({ until }: Notice, now: Instant): boolean => now < until;

/** Invitation and reminders: whoever has announced an absence is left in peace. */
function beforehand(state: BriefingState): Notice[] {
  const { id: briefing, phase, phaseSince, chairPoint } = state;
  const opens = opensAt(state);
  if (opens === null || (phase !== 'scheduled' && phase !== 'gathering')) return [];
  const start = Date.parse(state.startsAt);
  const awaited = Object.values(state.seats)
    .filter(({ status }) => status !== 'excused')
    .map(({ id }) => id);
  const guests = awaited.filter((seat) => seat !== chairPoint);
  // Planned after the hour of a reminder: the invitation has just said the same.
  const known = (at: Instant) => at >= phaseSince - tardyMs;
  const of = (kind: NoticeKind, times: Pick<Notice, 'at' | 'until' | 'seats'>): Notice => ({
    id: `${kind}-${briefing}-${start}`,
    kind,
    directive: null,
    date: null,
    ...times,
  });
  return [
    of('invitation', { at: 0, until: start, seats: guests }),
    of('dayBefore', { at: start - dayMs, until: opens, seats: awaited }),
    of('hourBefore', { at: opens, until: start, seats: awaited }),
  ].filter(({ kind, at }) => kind === 'invitation' || known(at));
}

function ofDirective(
  state: BriefingState,
  tracked: TrackedDirective,
  calendar: Calendar,
): Notice[] {
  const { id: briefing, chairPoint, seats } = state;
  const { number, status, givenAt } = tracked;
  if (status !== 'given' || givenAt === null) return [];
  const points = Object.keys(seats).filter((seat) => seat !== chairPoint);
  const whom = addressees(tracked, points);
  const of = { seats: whom, directive: number, date: tracked.deadline };
  const silent = whom.filter((seat) => !Object.hasOwn(tracked.received, seat));
  const receipts = Array.from({ length: receiptTimes }, (_, i): Notice => {
    const at = givenAt + (i + 1) * dayMs;
    const id = `receiptMissing-${briefing}-${number}-${i + 1}`;
    return { id, kind: 'receiptMissing', at, until: at + dayMs, ...of, seats: silent };
  });
  return [...(silent.length > 0 ? receipts : []), ...deadlines(state, tracked, { of, calendar })];
}

function deadlines(
  { id: briefing, timeZone }: BriefingState,
  { number, deadline, givenAt }: TrackedDirective,
  { of, calendar }: { of: Pick<Notice, 'seats' | 'directive' | 'date'>; calendar: Calendar },
): Notice[] {
  if (deadline === null || givenAt === null) return [];
  const day = (offset: number) => calendar.startOfDate(dateAfter(deadline, offset), timeZone);
  const on = (kind: NoticeKind, offset: number, until: Instant): Notice => ({
    id: `${kind}-${briefing}-${number}-${deadline}`,
    kind,
    at: day(offset) + morningMs,
    until,
    ...of,
  });
  return [
    on('directiveSoon', -3, day(0)),
    on('directiveToday', 0, day(1)),
    on('directiveOverdue', 1, day(8)),
    // Given so late that the hour of a reminder was over: the giving itself is the reminder.
  ].filter(({ at }) => at > givenAt);
}

/** Until it is out, the chair's office is reminded on the day before the last, and on the last. */
function conclusion(state: BriefingState, calendar: Calendar): Notice[] {
  const { id: briefing, phase, phaseSince: closedAt, timeZone, chairPoint } = state;
  if (phase !== 'closed' || state.issuedNotice) return [];
  const date = calendar.conclusionDue(closedAt, timeZone);
  return [-1, 0].map((offset): Notice => {
    const day = (n: number) => calendar.startOfDate(dateAfter(date, offset + n), timeZone);
    return {
      id: `conclusionNotice-${briefing}-${dateAfter(date, offset)}`,
      kind: 'conclusionNotice',
      at: day(0) + morningMs,
      until: day(1),
      seats: [chairPoint],
      directive: null,
      date,
    };
  });
}

const dateAfter = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
