import type { Instant, SeatId } from '../domain/ids.ts';
import type { DeviceState } from './measures.ts';

type DeviceKind = 'camera' | 'microphone';

/** What a site's own measurements say of it. */
export type MeasuredFault =
  | 'pictureFrozen'
  | 'pictureMoves'
  | 'cameraSilent'
  | 'cameraSends'
  | 'cameraDark'
  | 'cameraLight'
  | 'lossHigh'
  | 'lossEnds'
  | 'delayHigh'
  | 'delayEnds';

/**
 * What went wrong, and what came right again. A fault that lasts has a kind for its beginning and
 * one for its end.
 */
export type FaultWhat =
  | { readonly is: 'seatLost' | 'seatReturned' | 'seatEvicted'; readonly seat: SeatId }
  | {
      readonly is: 'deviceTrouble';
      readonly seat: SeatId;
      readonly device: DeviceKind;
      readonly why: Exclude<DeviceState, 'live'>;
    }
  | { readonly is: 'deviceBack'; readonly seat: SeatId; readonly device: DeviceKind }
  | { readonly is: MeasuredFault; readonly seat: SeatId }
  | {
      readonly is: 'nodeLost' | 'nodeReturned' | 'nodeDraining';
      readonly node: string;
    }
  | { readonly is: 'controlPaused' | 'controlRunning' };

/** One line of the log of faults. */
export interface FaultEntry {
  /** The same fact has the same id, whichever server tells it. */
  readonly id: string;
  readonly at: Instant;
  readonly what: FaultWhat;
}

/** So many are kept. */
export const mostFaults = 500;
