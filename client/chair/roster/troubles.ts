import type { Seat } from '../../../server/domain/roster.ts';
import { limits, lossOf } from '../../../server/protocol/quality.ts';
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

interface Known {
  readonly seat: Seat;
  readonly report: SiteReport | undefined;
  readonly measure: SiteMeasure | undefined;
  /** What is thought of its line; see `lineSense.ts`. */
  readonly line: LineTrouble | null;
}

/** What one measure says of the line, by the technicians' limits; null where speech does not suffer. */
export function lineTroubleOf(measure: SiteMeasure): LineTrouble | null {
  const { roundTripMs: ms } = measure;
  const share = lossOf(measure);
  if (share >= limits.loss.bad) return { is: 'loss', share };
  return ms !== null && ms >= limits.roundTripMs.bad ? { is: 'delay', ms } : null;
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
