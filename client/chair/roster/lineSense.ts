import type { Instant } from '../../../server/domain/ids.ts';
import type { SiteMeasure } from '../../../server/protocol/wire.ts';
import { type LineTrouble, lineTroubleOf } from './troubles.ts';

/** What is thought of one site's line, from its measures so far. */
export interface LineSense {
  /** Of the last measure that was taken into account. */
  readonly at: Instant;
  /** So many measures in a row say otherwise than `trouble` does. */
  readonly against: number;
  readonly trouble: LineTrouble | null;
}

/** A line is ill, or well again, once so many measures in a row say so; they come every two seconds. */
const believed = 3;

/** One bad reading is no illness, and one good one no cure: words that flicker help nobody. */
export function senseLine(before: LineSense | undefined, measure: SiteMeasure): LineSense {
  if (before?.at === measure.at) return before;
  const { at } = measure;
  const now = lineTroubleOf(measure);
  const thought = before?.trouble ?? null;
  if ((now === null) === (thought === null)) return { at, against: 0, trouble: now };
  const against = (before?.against ?? 0) + 1;
  return against >= believed ? { at, against: 0, trouble: now } : { at, against, trouble: thought };
}
