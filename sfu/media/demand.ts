import type { Demand, Source } from '../protocol/media.ts';
import { highest } from './planDiff.ts';
import { kindOf } from './stream.ts';

/**
 * How much of a home stream its sender should make. Sound has no layers, and an open microphone
 * is always encoded, so that the first word is not lost to an encoder that has to start.
 */
export function demandFor(source: Source, wanted: Iterable<Demand>, open: boolean): Demand {
  const most = highest(wanted);
  if (kindOf[source] !== 'audio') return most;
  return most !== 'off' || open ? 'high' : 'off';
}
