import {
  type HeardSpan,
  joined,
  type Observed,
  type SeenPicture,
  type Window,
} from '../../scripts/rehearse/gaps.ts';
import type { BriefingState } from '../../server/domain/briefing.ts';
import type { Recorded } from '../../server/domain/event.ts';
import { evolve, nothing } from '../../server/domain/evolve.ts';
import type { SeatId } from '../../server/domain/ids.ts';
import { programme } from '../../server/domain/routing.ts';

/** What one page saw and heard, as the observer tells it. */
export interface Receiver {
  readonly name: string;
  /** The page's own seat: it hears and sees others only. */
  readonly seat: SeatId | null;
  readonly observed: Observed;
}

/** In milliseconds. Before the journal says so, nothing is forgiven but the clocks' own error. */
export interface Tolerance {
  readonly clock: number;
  /** How long a voice may be heard after it was ended: orders, pipes, jitter buffers. */
  readonly heardAfter: number;
  /**
   * How long a picture may stay large: pages hold the former one until the next has come, for 1.2 s
   * from when they notice. On two busy cores the slowest switch that was measured took 2.3 s.
   */
  readonly seenAfter: number;
  /**
   * What is shorter is no voice: a decoder that starts or stops in the middle of a tone clicks, and
   * a click has every pitch in it, other sites' too.
   */
  readonly click: number;
  /**
   * The same for the pitch of a seat that was not there at all, so that nothing of it can have been
   * on any line: what a decoder makes up for lost packets, at most, before it falls silent.
   */
  readonly madeUp: number;
}

export const usualTolerance: Tolerance = {
  clock: 60,
  heardAfter: 700,
  seenAfter: 3_000,
  click: 30,
  madeUp: 120,
};

interface ReceiverEvidence {
  readonly journal: readonly Recorded[];
  readonly receivers: readonly Receiver[];
  readonly seatOf: (site: number) => SeatId | undefined;
  readonly tolerance?: Partial<Tolerance> | undefined;
}

/** What receivers heard and saw that they must not, in words. */
export function receiverViolations(evidence: ReceiverEvidence): string[] {
  const { journal, receivers, seatOf } = evidence;
  const tolerance = { ...usualTolerance, ...evidence.tolerance };
  const course = courseOf(journal);
  return receivers.flatMap((given) => {
    // The observer tells a long sound in parts.
    const { pictures, sounds } = joined([given.observed]);
    const voices = sounds.filter((span) => isVoice(span, { course, seatOf, tolerance }));
    const receiver = { ...given, observed: { pictures, sounds: voices } };
    const watch = { receiver, course, seatOf, tolerance };
    return [...soundViolations(watch), ...tooManyVoices(watch), ...pictureViolations(watch)];
  });
}

/** Whether somebody was heard, or a decoder made that sound by itself. */
function isVoice(
  { site, from, to }: HeardSpan,
  { course, seatOf, tolerance }: Pick<Watch, 'course' | 'seatOf' | 'tolerance'>,
): boolean {
  const length = to - from;
  if (length < tolerance.click) return false;
  const seat = seatOf(site);
  const { clock: before, heardAfter: after } = tolerance;
  const there = times(course, ({ seats }) => seats[seat ?? '']?.status === 'connected', {
    before,
    after,
  });
  return length >= tolerance.madeUp || there.some((t) => t.from < to && from < t.to);
}

/** The briefing over time: each state with when it began. */
type Course = readonly { readonly from: number; readonly state: BriefingState }[];

function courseOf(journal: readonly Recorded[]): Course {
  let state = nothing;
  return journal.map((entry) => {
    state = evolve(state, entry);
    return { from: entry.at, state };
  });
}

/** When a condition held, with `after` added to each end; touching parts are one. */
function times(
  course: Course,
  condition: (state: BriefingState) => boolean,
  { before, after }: { before: number; after: number },
): Window[] {
  const out: Window[] = [];
  course.forEach(({ from, state }, i) => {
    if (!condition(state)) return;
    const to = (course[i + 1]?.from ?? Number.POSITIVE_INFINITY) + after;
    const last = out.at(-1);
    if (last && from - before <= last.to) out[out.length - 1] = { from: last.from, to };
    else out.push({ from: from - before, to });
  });
  return out;
}

interface Watch {
  readonly receiver: Receiver;
  readonly course: Course;
  readonly seatOf: (site: number) => SeatId | undefined;
  readonly tolerance: Tolerance;
}

function mayBeHeard(state: BriefingState, seat: SeatId): boolean {
  const { live, chair, speakers } = programme(state);
  return live && !state.seats[seat]?.muted && (seat === chair || speakers.includes(seat));
}

function soundViolations({ receiver, course, seatOf, tolerance }: Watch): string[] {
  const { clock, heardAfter } = tolerance;
  const bySite = Map.groupBy(receiver.observed.sounds, (s) => s.site);
  return [...bySite].flatMap(([site, spans]) => {
    const seat = seatOf(site);
    if (seat === undefined) return [`${receiver.name} heard site ${site}, which nobody is`];
    if (seat === receiver.seat) return [`${receiver.name} heard itself`];
    const allowed = times(course, (s) => mayBeHeard(s, seat), { before: clock, after: heardAfter });
    return spans.flatMap((span) => {
      if (allowed.some((a) => a.from <= span.from && span.to <= a.to)) return [];
      const { at, ms } = firstOutside(span, allowed);
      return [
        `${receiver.name} heard ${seat} ${within(span)}: ${why(course, seat, at)} (${ms} ms)`,
      ];
    });
  });
}

/** The first part of a span that no window covers. */
function firstOutside(span: HeardSpan, windows: readonly Window[]): { at: number; ms: number } {
  let at = span.from;
  for (const w of windows.toSorted((a, b) => a.from - b.from)) {
    if (w.from <= at && w.to > at) at = w.to;
  }
  const next = Math.min(span.to, ...windows.filter((w) => w.from > at).map((w) => w.from));
  return { at, ms: next - at };
}

const within = ({ from, to }: HeardSpan) => `from ${from} to ${to}`;

function why(course: Course, seat: SeatId, at: number): string {
  const state = course.findLast((c) => c.from <= at)?.state;
  if (!state || !programme(state).live) return 'nothing went out then';
  if (state.seats[seat]?.muted) return 'it was muted then';
  return 'it did not hold the floor then';
}

/** So many points may be heard at once; while one takes over from another, one more for a moment. */
function tooManyVoices({ receiver, course, seatOf, tolerance }: Watch): string[] {
  const { heardAfter } = tolerance;
  const chair = course.at(-1)?.state.chairPoint;
  const points = receiver.observed.sounds.filter((s) => seatOf(s.site) !== chair);
  const edges = points
    .flatMap(({ from, to }) => [
      { at: from, by: 1 },
      { at: to, by: -1 },
    ])
    // How many may be heard changes with the rules, and a little later once more: by forgiveness.
    .concat(
      course.flatMap(({ from }) => [from, from + heardAfter + 1].map((at) => ({ at, by: 0 }))),
    )
    .sort((a, b) => a.at - b.at || a.by - b.by);
  const found: string[] = [];
  let voices = 0;
  let since: number | null = null;
  for (const { at, by } of edges) {
    voices += by;
    const may = mostHolders(course, { from: at - heardAfter, to: at });
    if (voices > may) {
      since ??= at;
      continue;
    }
    if (since !== null && at - since > heardAfter) {
      found.push(`${receiver.name} heard more points than ${may} at once for ${at - since} ms`);
    }
    since = null;
  }
  return found;
}

/** How many might hold the floor at some time within the window. */
function mostHolders(course: Course, { from, to }: Window): number {
  const within = course.filter(
    (c, i) => c.from <= to && (course[i + 1]?.from ?? Number.POSITIVE_INFINITY) >= from,
  );
  return Math.max(0, ...within.map(({ state }) => state.floor.rules.maxFloorUsers));
}

function mayBeLarge(state: BriefingState, seat: SeatId, self: SeatId | null): boolean {
  const { live, chair, speakers } = programme(state);
  if (!live) return false;
  const others = speakers.filter((s) => s !== self);
  return others.length > 0 ? others.includes(seat) : seat === chair;
}

function pictureViolations({ receiver, course, seatOf, tolerance }: Watch): string[] {
  const { name, observed } = receiver;
  const bySite = Map.groupBy(
    observed.pictures.filter((p): p is SeenPicture & { site: number } => p.site !== null),
    (p) => p.site,
  );
  return [...bySite].flatMap(([site, pictures]) => {
    const seat = seatOf(site);
    if (seat === undefined) return [`${name} saw site ${site}, which nobody is`];
    if (seat === receiver.seat) return [`${name} saw itself large`];
    const allowed = times(course, (s) => mayBeLarge(s, seat, receiver.seat), {
      before: tolerance.clock,
      after: tolerance.seenAfter,
    });
    const wrong = pictures.filter((p) => !allowed.some((a) => a.from <= p.at && p.at <= a.to));
    const [first] = wrong;
    const last = wrong.at(-1);
    if (!first || !last) return [];
    return [
      `${name} saw ${seat} large in ${wrong.length} pictures from ${first.at} to ${last.at}, when it was not to be`,
    ];
  });
}
