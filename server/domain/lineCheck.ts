import type { Instant, SeatId } from './ids.ts';

/** What was measured between a site and its media node. Null: nothing arrived. */
export interface LineResult {
  /** The site's camera as received back: frames decoded, and of what size. */
  readonly picture: {
    readonly framesDecoded: number;
    readonly frameRate: number;
    readonly width: number;
    readonly height: number;
  } | null;
  /** The site's microphone as a node hears it while the prompt sounds, dBov. */
  readonly sound: { readonly levelDb: number } | null;
  readonly rttMs: number | null;
  /** Shares of packets, 0 to 1. */
  readonly lossUp: number | null;
  readonly lossDown: number | null;
  /** Bits per second. Null: no bound was met, all that was sent went through. */
  readonly upBps: number | null;
  readonly downBps: number | null;
}

export type LineFault =
  | 'noAnswer'
  | 'noPicture'
  | 'slowPicture'
  | 'noSound'
  | 'quietSound'
  | 'longRoundTrip'
  | 'lossUp'
  | 'lossDown'
  | 'narrowUp'
  | 'narrowDown';

export type LineVerdict = 'good' | 'poor' | 'failed';

export interface LineCheck {
  readonly run: string;
  readonly at: Instant;
  readonly result: LineResult | null;
  readonly verdict: LineVerdict;
  readonly faults: readonly LineFault[];
}

/** The last order to check, and to whom it went. */
export interface LineCheckRun {
  readonly run: string;
  readonly startedAt: Instant;
  readonly seats: readonly SeatId[];
}

/**
 * From where on a line is poor: two ways of ITU-T G.114's 400 ms less what encoding takes, the loss
 * of G.1010 twice over, EN 301 549's 20 frames/s less a margin, and the rates of a camera's middle
 * layer with sound.
 */
export const lineLimits = {
  rttMs: 400,
  loss: 0.02,
  frameRate: 15,
  quietDb: -50,
  upBps: 400_000,
  downBps: 800_000,
} as const;

/** What a result means for a technician. Without picture, sound or answer a check has failed. */
export function judge(result: LineResult | null): Pick<LineCheck, 'verdict' | 'faults'> {
  if (result === null) return { verdict: 'failed', faults: ['noAnswer'] };
  const failed: LineFault[] = [];
  const poor: LineFault[] = [];
  const { picture, sound } = result;
  if (picture === null || picture.framesDecoded === 0) failed.push('noPicture');
  else if (picture.frameRate < lineLimits.frameRate) poor.push('slowPicture');
  if (sound === null) failed.push('noSound');
  else if (sound.levelDb < lineLimits.quietDb) poor.push('quietSound');
  if ((result.rttMs ?? 0) > lineLimits.rttMs) poor.push('longRoundTrip');
  if ((result.lossUp ?? 0) > lineLimits.loss) poor.push('lossUp');
  if ((result.lossDown ?? 0) > lineLimits.loss) poor.push('lossDown');
  if ((result.upBps ?? Infinity) < lineLimits.upBps) poor.push('narrowUp');
  if ((result.downBps ?? Infinity) < lineLimits.downBps) poor.push('narrowDown');
  const verdict = failed.length > 0 ? 'failed' : poor.length > 0 ? 'poor' : 'good';
  return { verdict, faults: [...failed, ...poor] };
}
