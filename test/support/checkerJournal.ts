import type { BriefingState } from '../../server/domain/briefing.ts';
import type { BriefingEvent, Recorded } from '../../server/domain/event.ts';
import { evolve, nothing } from '../../server/domain/evolve.ts';
import { afterVerb, type FloorVerb, type LiveStatus } from '../../server/domain/floor.ts';
import type { RequestId, SeatId, Version } from '../../server/domain/ids.ts';
import { seatById } from '../../server/domain/roster.ts';

/** What in a journal cannot follow from what was before it, in words. */
export function journalViolations(journal: readonly Recorded[]): string[] {
  const found: string[] = [];
  const requests = new Requests();
  let state = nothing;
  let last = 0;
  for (const entry of journal) {
    const say = (what: string) => found.push(`version ${entry.version}: ${what}`);
    if (entry.version !== last + 1) say(`follows ${last}`);
    last = entry.version;
    for (const what of presenceFaults(state, entry.event)) say(what);
    for (const what of requests.follow(entry, state)) say(what);
    state = evolve(state, entry);
    for (const what of floorFaults(state)) say(what);
  }
  return found;
}

/** A seat has one connection, and only that one can be lost. */
function presenceFaults(state: BriefingState, event: BriefingEvent): string[] {
  if (event.type !== 'seat.joined' && event.type !== 'seat.left' && event.type !== 'seat.lost') {
    return [];
  }
  const seat = seatById(state.seats, event.seat);
  if (!seat) return [`${event.type} of the unknown seat ${event.seat}`];
  if (event.type === 'seat.joined') {
    const how =
      seat.status === 'connected' ? 'evicted' : seat.status === 'lost' ? 'returned' : 'first';
    const again = seat.status === 'connected' && seat.connection === event.connection;
    return [
      ...(event.how === how
        ? []
        : [`${seat.id} joined (${event.how}) where it was ${seat.status}`]),
      ...(again ? [`${seat.id} joined twice over one connection`] : []),
    ];
  }
  if (seat.status !== 'connected') return [`${event.type} of ${seat.id}, which was ${seat.status}`];
  if (event.type === 'seat.lost' && event.connection !== seat.connection) {
    return [`${seat.id} was lost by connection ${event.connection}, which it did not have`];
  }
  return [];
}

/** What holds after every single event. */
function floorFaults({ floor, chairPoint }: BriefingState): string[] {
  const { holders, queue, requests, rules } = floor;
  const of = (status: LiveStatus) => requests.filter((r) => r.status === status).map((r) => r.id);
  const faults: string[] = [];
  if (holders.length > rules.maxFloorUsers) {
    faults.push(`${holders.length} hold the floor, where ${rules.maxFloorUsers} may`);
  }
  if (!same(holders, of('granted'))) faults.push('the holders are not the granted requests');
  if (!same(queue, of('accepted'))) faults.push('the queue is not the accepted requests');
  const seats = requests.map((r) => r.beneficiary);
  for (const seat of new Set(seats.filter((s, i) => seats.indexOf(s) !== i))) {
    faults.push(`${seat} has two requests`);
  }
  if (seats.includes(chairPoint)) faults.push('the chair has a request');
  // The fencing tokens of those who hold it rise in the order in which they came to it.
  const tokens = holders.map((id) => requests.find((r) => r.id === id)?.grantVersion ?? 0);
  if (tokens.some((token, i) => i > 0 && token <= (tokens[i - 1] ?? 0))) {
    faults.push(`the holders' fencing tokens do not rise: ${tokens.join(', ')}`);
  }
  return faults;
}

const same = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && new Set([...a, ...b]).size === a.length;

const verbs = {
  'floor.moved': 'move',
  'floor.denied': 'deny',
  'floor.cancelled': 'release',
  'floor.released': 'release',
  'floor.revoked': 'revoke',
} as const satisfies Partial<Record<BriefingEvent['type'], FloorVerb>>;

/** Statuses that events end in; `release` leads to two, by where it began (RFC 8855 §13.4). */
const endsIn = {
  'floor.moved': 'accepted',
  'floor.denied': 'denied',
  'floor.cancelled': 'cancelled',
  'floor.released': 'released',
  'floor.revoked': 'revoked',
} as const;

interface Known {
  readonly beneficiary: SeatId;
  /** A live status, or the one that it ended in. */
  status: string;
}

/** Every request's life by BFCP's table, told by the events alone and not by the fold. */
class Requests {
  readonly #known = new Map<RequestId, Known>();
  #lastGrant: Version = 0;

  follow({ version, event }: Recorded, { floor }: BriefingState): string[] {
    if (!('request' in event)) return [];
    const { request, beneficiary } = event;
    const known = this.#known.get(request);
    const what = `${event.type} of ${request}`;
    const faults: string[] = [];
    if (known && known.beneficiary !== beneficiary) {
      faults.push(`${what} for ${beneficiary}, but it is ${known.beneficiary}'s`);
    }
    if (event.type === 'floor.accepted' || event.type === 'floor.moved') {
      const places = floor.queue.length + (event.type === 'floor.accepted' ? 1 : 0);
      if (event.position < 1 || event.position > places) {
        faults.push(`${what} to place ${event.position} of ${places}`);
      }
    }
    if (event.type === 'floor.granted') {
      if (version <= this.#lastGrant) faults.push(`${what} does not come after ${this.#lastGrant}`);
      this.#lastGrant = Math.max(this.#lastGrant, version);
    }
    const before = known?.status;
    if ('was' in event && before !== undefined && event.was !== before) {
      faults.push(`${what} says that it was ${event.was}, but it was ${before}`);
    }
    const next = statusAfter(event.type, before);
    if (next === undefined) faults.push(`${what}, which was ${before ?? 'never made'}`);
    else if (known) known.status = next;
    else this.#make({ request, beneficiary, status: next }, version, faults);
    return faults;
  }

  #make(
    { request, ...known }: Known & { request: RequestId },
    version: Version,
    faults: string[],
  ): void {
    if (request !== `r${version}`) faults.push(`the new request ${request} has another's name`);
    this.#known.set(request, known);
  }
}

/** Undefined where the table has nothing: the event cannot follow. */
function statusAfter(
  type: Extract<BriefingEvent, { request: RequestId }>['type'],
  before: string | undefined,
): string | undefined {
  // The table has no row for a status that a request has ended in.
  const after = (verb: FloorVerb) => afterVerb(verb, before as LiveStatus);
  switch (type) {
    case 'floor.requested':
      return before === undefined ? 'pending' : undefined;
    case 'floor.accepted':
      return before === undefined ? 'accepted' : after('accept');
    case 'floor.granted':
      return before === undefined ? 'granted' : after('grant');
    case 'floor.extended':
    case 'floor.credited':
      return before === 'granted' ? before : undefined;
    default:
      return after(verbs[type]) === endsIn[type] ? endsIn[type] : undefined;
  }
}
