import type { Recorded } from '../domain/event.ts';
import {
  type FloorRequest,
  type RequestKind,
  type RevokeReason,
  requestById,
} from '../domain/floor.ts';
import { usedMs } from '../domain/floorClock.ts';
import type { Instant, RequestId, SeatId, Version } from '../domain/ids.ts';
import type { Actor } from '../domain/permits.ts';
import { closing, replay, type Step } from './replay.ts';

/** How a speech ended: given back by its speaker, or taken, and why. */
export type SpeechEnd = 'released' | RevokeReason;

/** One grant of the floor, from its registration to its end. Times in milliseconds. */
export interface Speech {
  readonly request: RequestId;
  readonly kind: RequestKind;
  readonly seat: SeatId;
  /** The agenda item under way when the floor was given; null before the first. */
  readonly item: string | null;
  /** The point itself, or the office on its behalf (RFC 8855 §10.1.1). */
  readonly requestedBy: Actor;
  readonly requestedAt: Instant;
  readonly grantVersion: Version;
  readonly grantedAt: Instant;
  readonly grantedBy: Actor;
  /** Null while it goes on. */
  readonly endedAt: Instant | null;
  readonly endedBy: Actor | null;
  readonly ended: SpeechEnd | null;
  /** Null: nothing limited it. */
  readonly allottedMs: number | null;
  readonly addedMs: number;
  /** Given back after a failure of the line or a move between nodes. */
  readonly creditedMs: number;
  /** How long the clock stood for a line that was still lost at the end. */
  readonly stoodMs: number;
  /** `endedAt − grantedAt − creditedMs − stoodMs`, and never less than 0. */
  readonly usedMs: number;
}

type Ending = Extract<Recorded['event'], { type: 'floor.released' | 'floor.revoked' }>;

/**
 * Every grant of the floor in the journal, in their order. The time used is the floor clock's own,
 * so that the record says what the rooms were shown.
 */
export function speeches(journal: readonly Recorded[]): Speech[] {
  const found = new Map<RequestId, Speech>();
  let last: Step | undefined;
  for (const step of replay(journal)) {
    last = step;
    const { event } = step.recorded;
    if (event.type === 'floor.granted') {
      const begun = beginning(step);
      if (begun) found.set(begun.request, begun);
    } else if (event.type === 'floor.released' || event.type === 'floor.revoked') {
      const speech = found.get(event.request);
      if (speech) found.set(event.request, ended(speech, step, event));
    }
  }
  if (!last) return [];
  const { floor } = last.after;
  const { asOf: now } = closing(journal);
  return [...found.values()].map((speech) => {
    const held = speech.ended === null ? requestById(floor, speech.request) : undefined;
    return held ? { ...speech, ...account(held, now) } : speech;
  });
}

function beginning({ recorded, after }: Step): Speech | undefined {
  const { event, at, by, version } = recorded;
  if (event.type !== 'floor.granted') return undefined;
  return {
    request: event.request,
    kind: event.kind,
    seat: event.beneficiary,
    item: after.agendaAt?.item ?? null,
    requestedBy: event.requestedBy,
    requestedAt: event.requestedAt,
    grantVersion: version,
    grantedAt: at,
    grantedBy: by,
    endedAt: null,
    endedBy: null,
    ended: null,
    allottedMs: event.allottedMs,
    addedMs: 0,
    creditedMs: 0,
    stoodMs: 0,
    usedMs: 0,
  };
}

function ended(speech: Speech, { before, recorded }: Step, event: Ending): Speech {
  const { at: endedAt, by: endedBy } = recorded;
  const held = requestById(before.floor, speech.request);
  return {
    ...speech,
    ...(held && account(held, endedAt)),
    endedAt,
    endedBy,
    ended: event.type === 'floor.released' ? 'released' : event.reason,
  };
}

const account = (held: FloorRequest, now: Instant) => ({
  addedMs: held.time?.addedMs ?? 0,
  creditedMs: held.time?.creditedMs ?? 0,
  stoodMs: Math.max(0, now - (held.time?.stoppedAt ?? now)),
  usedMs: usedMs(held, now),
});

/** The time used, in milliseconds, and the number of speeches, replies among them. */
export interface SpeechTotal {
  readonly count: number;
  readonly replies: number;
  readonly usedMs: number;
}

/** Adds up speeches that have something in common; in the order of the first of each. */
export function totals<K>(
  all: readonly Speech[],
  of: (speech: Speech) => K,
): ReadonlyMap<K, SpeechTotal> {
  const sums = new Map<K, SpeechTotal>();
  for (const speech of all) {
    const sum = sums.get(of(speech)) ?? { count: 0, replies: 0, usedMs: 0 };
    sums.set(of(speech), {
      count: sum.count + 1,
      replies: sum.replies + (speech.kind === 'reply' ? 1 : 0),
      usedMs: sum.usedMs + speech.usedMs,
    });
  }
  return sums;
}
