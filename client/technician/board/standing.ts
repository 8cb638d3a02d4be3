import type { Instant, SeatId } from '../../../server/domain/ids.ts';
import type { Seat } from '../../../server/domain/roster.ts';
import { isBad, limits, type Sends } from '../../../server/protocol/quality.ts';
import type { DeviceState, SiteMeasure, SiteReport } from '../../../server/protocol/wire.ts';

/**
 * How a site stands, the worst first. device: no picture or no sound device · picture: what it sends
 * or sees stands still or is black · unmeasured: connected, and says nothing of itself.
 */
export const standings = [
  'lost',
  'device',
  'picture',
  'unmeasured',
  'bad',
  'fair',
  'good',
  'expected',
  'excused',
] as const;
export type Standing = (typeof standings)[number];

/** Those that a technician should do something about. */
export const isTrouble = (standing: Standing): boolean =>
  standings.indexOf(standing) < standings.indexOf('fair');

export type Reason =
  | {
      readonly is: 'camera' | 'microphone';
      readonly why: Exclude<DeviceState, 'live'>;
    }
  | { readonly is: 'frozen' | 'cameraSilent' | 'dark' | 'busyMachine' | 'hidden' }
  | { readonly is: 'unmeasured'; readonly since: Instant }
  | { readonly is: 'lossUp' | 'lossDown'; readonly share: number }
  | { readonly is: 'delay'; readonly ms: number };

export interface Stand {
  readonly standing: Standing;
  /** The gravest first. */
  readonly reasons: readonly Reason[];
}

export interface Known {
  readonly seat: Seat;
  readonly report: SiteReport | undefined;
  /** The site's last measures, the newest last; a few are enough. */
  readonly recent: readonly SiteMeasure[];
  /** Whether a seat says that its camera is sent. */
  readonly sends: Sends;
  readonly now: Instant;
  /** Since when this page hears of sites without a break; null: it does not hear of them now. */
  readonly hearingSince: Instant | null;
}

/** So long a connected site may say nothing of itself, in milliseconds: three reports and a bit. */
const silence = 8_000;
/** One bad moment does not move a row: line figures are the mean of so many measures. */
const smoothing = 3;

export function standOf({ seat, report, recent, sends, now, hearingSince }: Known): Stand {
  if (seat.status !== 'connected') return { standing: seat.status, reasons: [] };
  const devices = (['camera', 'microphone'] as const).flatMap((is): Reason[] => {
    const why = report?.[is] ?? 'live';
    return why === 'live' ? [] : [{ is, why }];
  });
  const last = recent.at(-1);
  const heardAt = Math.max(last?.at ?? 0, seat.since);
  // What this page itself did not hear is nobody's silence.
  const late = hearingSince !== null && now - Math.max(heardAt, hearingSince) > silence;
  const pictures = late ? [] : pictureReasons(recent, sends);
  const line = late ? [] : lineReasons(recent);
  const reasons: Reason[] = [
    ...devices,
    ...pictures,
    ...(late ? [{ is: 'unmeasured' as const, since: heardAt }] : []),
    ...line.map(({ reason }) => reason),
    ...(late || !last ? [] : asides(last)),
  ];
  if (devices.length > 0) return { standing: 'device', reasons };
  if (pictures.length > 0) return { standing: 'picture', reasons };
  if (late) return { standing: 'unmeasured', reasons };
  if (line.length === 0) return { standing: 'good', reasons };
  return { standing: line.some(({ bad }) => bad) ? 'bad' : 'fair', reasons };
}

/** Seen in the last two measures: a single one may be between two pictures. */
function pictureReasons(recent: readonly SiteMeasure[], sends: Sends): Reason[] {
  const two = recent.slice(-2);
  const both = (trouble: 'picture' | 'camera' | 'dark') =>
    two.length === 2 && two.every((m) => isBad(trouble, m, sends));
  const found: Reason[] = [];
  if (both('camera')) found.push({ is: 'cameraSilent' });
  if (both('dark')) found.push({ is: 'dark' });
  if (both('picture')) found.push({ is: 'frozen' });
  return found;
}

interface LineReason {
  readonly bad: boolean;
  readonly reason: Reason;
}

function lineReasons(recent: readonly SiteMeasure[]): LineReason[] {
  const few = recent.slice(-smoothing);
  const found: LineReason[] = [];
  for (const is of ['lossUp', 'lossDown'] as const) {
    const share = mean(few.map((m) => m[is]));
    if (share !== null && share >= limits.loss.fair) {
      found.push({ bad: share >= limits.loss.bad, reason: { is, share } });
    }
  }
  const ms = mean(few.map((m) => m.roundTripMs));
  if (ms !== null && ms >= limits.roundTripMs.fair) {
    found.push({ bad: ms >= limits.roundTripMs.bad, reason: { is: 'delay', ms } });
  }
  return found.toSorted((a, b) => Number(b.bad) - Number(a.bad));
}

/** Worth a word, and no fault. */
function asides({ sent, visible }: SiteMeasure): Reason[] {
  const found: Reason[] = [];
  if (!visible) found.push({ is: 'hidden' });
  if (sent.limitedBy === 'cpu') found.push({ is: 'busyMachine' });
  return found;
}

export function mean(values: readonly (number | null)[]): number | null {
  const known = values.filter((v) => v !== null);
  return known.length === 0 ? null : known.reduce((sum, v) => sum + v, 0) / known.length;
}

/** The seats from the worst to the best; those that stand alike in protocol order. */
export function worstFirst(stands: ReadonlyMap<SeatId, Stand>, seats: readonly Seat[]): Seat[] {
  const rank = (seat: Seat) => standings.indexOf(stands.get(seat.id)?.standing ?? 'expected');
  return seats.toSorted((a, b) => rank(a) - rank(b) || a.order - b.order);
}
