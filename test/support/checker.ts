import type { Recorded } from '../../server/domain/event.ts';
import type { SeatId, Version } from '../../server/domain/ids.ts';
import { journalViolations } from './checkerJournal.ts';
import { type Receiver, receiverViolations, type Tolerance } from './checkerReceivers.ts';

/** A command that a client was told is accepted, with the version of that answer. */
export interface AcceptedCommand {
  readonly command: string;
  readonly version: Version;
}

/** A fencing token as a media node or a server had it, in the order in which they were seen. */
export interface SeenToken {
  readonly where: string;
  readonly token: Version;
}

export interface Evidence {
  /** Whole, from its first entry. */
  readonly journal: readonly Recorded[];
  readonly accepted?: readonly AcceptedCommand[];
  readonly tokens?: readonly SeenToken[];
  readonly receivers?: readonly Receiver[];
  /** The seat behind each site number in pictures and tones. */
  readonly seatOf?: (site: number) => SeatId | undefined;
  readonly tolerance?: Partial<Tolerance>;
}

/**
 * What in this evidence cannot be, in words; empty when all of it can. Pure: everything that a
 * test saw goes in, so that a proof can itself be tested.
 */
export function violations(evidence: Evidence): string[] {
  const { journal, accepted = [], tokens = [], receivers = [], seatOf, tolerance } = evidence;
  return [
    ...journalViolations(journal),
    ...commandViolations(journal, accepted),
    ...tokenViolations(journal, tokens),
    ...receiverViolations({
      journal,
      receivers,
      seatOf: seatOf ?? seatsByOrder(journal),
      tolerance,
    }),
  ];
}

/** Painted sites carry their place in protocol order. */
function seatsByOrder(journal: readonly Recorded[]): (site: number) => SeatId | undefined {
  const seats = new Map<number, SeatId>();
  for (const { event } of journal) {
    if (event.type !== 'briefing.planned') continue;
    for (const point of event.plan.points) seats.set(point.order, point.id);
  }
  return (site) => seats.get(site);
}

/** Each command did what it did once, in one piece, where its giver was told. */
function commandViolations(
  journal: readonly Recorded[],
  accepted: readonly AcceptedCommand[],
): string[] {
  const runs = new Map<string, Version[]>();
  let last: string | undefined;
  for (const { command, by, version } of journal) {
    // An id is unique to whoever made it.
    const key = `${command} of ${by.role} ${by.seat ?? ''}`.trim();
    if (key !== last) runs.set(key, [...(runs.get(key) ?? []), version]);
    last = key;
  }
  const twice = [...runs].flatMap(([key, starts]) =>
    starts.length > 1 ? [`command ${key} is in the journal at ${starts.join(' and ')}`] : [],
  );
  // An answer names the first event of its command.
  const begins = new Set([...runs.values()].flat());
  const first = Map.groupBy(
    journal.filter((e) => begins.has(e.version)),
    (e) => e.command,
  );
  const answered = accepted.flatMap(({ command, version }) => {
    const at = (first.get(command) ?? []).map((e) => e.version);
    if (at.length === 0) return [`command ${command} was accepted but is not in the journal`];
    if (at.includes(version)) return [];
    return [`command ${command} was accepted at version ${version} but is at ${at.join(', ')}`];
  });
  return [...twice, ...answered];
}

/** No fencing token goes back, and none was given that the journal does not reach. */
function tokenViolations(journal: readonly Recorded[], tokens: readonly SeenToken[]): string[] {
  const end = journal.at(-1)?.version ?? 0;
  const highest = new Map<string, Version>();
  return tokens.flatMap(({ where, token }) => {
    const before = highest.get(where) ?? 0;
    highest.set(where, Math.max(before, token));
    if (token < before) return [`at ${where} the token went back from ${before} to ${token}`];
    if (token > end) return [`${where} has token ${token}, but the journal ends at ${end}`];
    return [];
  });
}
