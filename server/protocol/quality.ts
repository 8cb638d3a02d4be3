import type { SeatId } from '../domain/ids.ts';
import type { SiteReading } from './measures.ts';

/**
 * What a reading means, in one place for the server's log of faults and the technician's board.
 * Loss: over 1 % is heard (ITU-T G.1010), over 5 % is hard to follow. Delay: one way at most 400 ms
 * (ITU-T G.114), so that a round trip may take twice that, and 300 ms is noticed.
 */
export const limits = {
  loss: { fair: 0.01, bad: 0.05, goodAgain: 0.02 },
  roundTripMs: { fair: 300, bad: 800, goodAgain: 500 },
} as const;

/**
 * What can be wrong with a site that is connected. picture: one of the programme stands still here ·
 * camera: it is wanted and sends nothing · dark: it sends black · loss, delay: the line.
 */
export const troubles = ['picture', 'camera', 'dark', 'loss', 'delay'] as const;
export type Trouble = (typeof troubles)[number];

/** The worse of both directions; 0 while none is known. */
export const lossOf = (r: Pick<SiteReading, 'lossUp' | 'lossDown'>): number =>
  Math.max(r.lossUp ?? 0, r.lossDown ?? 0);

/** Whether a seat's own reading says that its camera is sent. */
export type Sends = (seat: SeatId) => boolean;

/**
 * A picture stands still here though it is sent. Slides may well stand still, and a hidden page
 * paints nothing, which is no fault of its line.
 */
const stands = (r: SiteReading, sends: Sends) =>
  r.visible &&
  r.pictures.some((p) => p.source === 'camera' && p.framesPerSecond === 0 && sends(p.seat));

const sendsNothing = ({ sent }: SiteReading) => sent.wanted !== 'off' && sent.framesPerSecond === 0;

/** Whether a reading speaks for a trouble. */
export function isBad(trouble: Trouble, r: SiteReading, sends: Sends): boolean {
  switch (trouble) {
    case 'picture':
      return stands(r, sends);
    case 'camera':
      return sendsNothing(r) && r.cameraLabel !== null;
    case 'dark':
      return r.sent.dark === true;
    case 'loss':
      return lossOf(r) >= limits.loss.bad;
    case 'delay':
      return (r.roundTripMs ?? 0) >= limits.roundTripMs.bad;
  }
}

/** Whether a reading speaks for its end: better than what would merely not begin it. */
export function isGoodAgain(trouble: Trouble, r: SiteReading, sends: Sends): boolean {
  switch (trouble) {
    case 'loss':
      return lossOf(r) <= limits.loss.goodAgain;
    case 'delay':
      return (r.roundTripMs ?? 0) <= limits.roundTripMs.goodAgain;
    default:
      return !isBad(trouble, r, sends);
  }
}
