import type { MeasuredFault } from '../../protocol/faults.ts';
import type { SiteReading } from '../../protocol/measures.ts';
import { isBad, isGoodAgain, type Sends, type Trouble, troubles } from '../../protocol/quality.ts';

/** What has been seen of one site's troubles, reading by reading. */
export interface Watch {
  readonly there: ReadonlySet<Trouble>;
  /** How many readings in a row have spoken for a change of what is there. */
  readonly streak: Readonly<Partial<Record<Trouble, number>>>;
}

export const nothingSeen: Watch = { there: new Set(), streak: {} };

/** So many readings in a row begin a trouble, and so many end it: one bad second is no fault. */
const begins = 2;
const ends = 3;

interface Watched {
  readonly watch: Watch;
  readonly began: readonly Trouble[];
  readonly ended: readonly Trouble[];
}

/** Takes one reading in. A trouble begins at one measure and ends at a better one (hysteresis). */
export function watch(before: Watch, reading: SiteReading, sends: Sends): Watched {
  const there = new Set(before.there);
  const streak: Partial<Record<Trouble, number>> = {};
  const began: Trouble[] = [];
  const ended: Trouble[] = [];
  for (const trouble of troubles) {
    const had = there.has(trouble);
    const changes = had ? isGoodAgain(trouble, reading, sends) : isBad(trouble, reading, sends);
    const inRow = changes ? (before.streak[trouble] ?? 0) + 1 : 0;
    if (inRow < (had ? ends : begins)) {
      if (inRow > 0) streak[trouble] = inRow;
      continue;
    }
    if (had) {
      there.delete(trouble);
      ended.push(trouble);
    } else {
      there.add(trouble);
      began.push(trouble);
    }
  }
  return { watch: { there, streak }, began, ended };
}

/** How the log of faults calls the beginning and the end of each trouble. */
export const faultOf: Record<Trouble, Readonly<Record<'began' | 'ended', MeasuredFault>>> = {
  picture: { began: 'pictureFrozen', ended: 'pictureMoves' },
  camera: { began: 'cameraSilent', ended: 'cameraSends' },
  dark: { began: 'cameraDark', ended: 'cameraLight' },
  loss: { began: 'lossHigh', ended: 'lossEnds' },
  delay: { began: 'delayHigh', ended: 'delayEnds' },
};
