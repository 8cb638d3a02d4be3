import type { Seat } from '../../../server/domain/roster.ts';
import type { DeviceState, SiteMeasure, SiteReport } from '../../../server/protocol/wire.ts';

type DeviceFault = Exclude<DeviceState, 'live'>;

/** What is wrong at a site, as the chair should know before giving it the floor. */
export type Trouble =
  | { readonly is: 'lost' }
  | { readonly is: 'camera' | 'microphone'; readonly why: DeviceFault }
  | { readonly is: 'dark' }
  /** The camera is wanted, and no picture leaves. */
  | { readonly is: 'noPicture' }
  | LineTrouble;

export type LineTrouble =
  /** A part of what is sent or received does not arrive, 0 … 1. */
  { readonly is: 'loss'; readonly share: number } | { readonly is: 'delay'; readonly ms: number };

/** From here on speech suffers: a tenth of a second of sound in every second is made up. */
const muchLoss = 0.1;
/** There and back, in milliseconds: more than G.114's planning ceiling leaves for one way. */
const longRoundTrip = 600;

interface Known {
  readonly seat: Seat;
  readonly report: SiteReport | undefined;
  readonly measure: SiteMeasure | undefined;
  /** What is thought of its line; see `lineSense.ts`. */
  readonly line: LineTrouble | null;
}

/** What one measure says of the line; null where speech does not suffer. */
export function lineTroubleOf({ lossUp, lossDown, roundTripMs }: SiteMeasure): LineTrouble | null {
  const share = Math.max(lossUp ?? 0, lossDown ?? 0);
  if (share >= muchLoss) return { is: 'loss', share };
  if (roundTripMs !== null && roundTripMs >= longRoundTrip) return { is: 'delay', ms: roundTripMs };
  return null;
}

/** The gravest first; nothing is said of a site that has not come yet. */
export function troublesOf({ seat, report, measure, line }: Known): Trouble[] {
  if (seat.status === 'lost') return [{ is: 'lost' }];
  if (seat.status !== 'connected') return [];
  const found: Trouble[] = [];
  for (const is of ['microphone', 'camera'] as const) {
    const why = report?.[is] ?? 'live';
    if (why !== 'live') found.push({ is, why });
  }
  // A page that is not looked at is slowed down by its browser; its camera is not at fault.
  if (measure?.visible && !found.some((t) => t.is === 'camera')) {
    const { dark, wanted, framesPerSecond } = measure.sent;
    if (dark) found.push({ is: 'dark' });
    if (wanted !== 'off' && framesPerSecond === 0) found.push({ is: 'noPicture' });
  }
  if (line) found.push(line);
  return found;
}
