import { type FaultEntry, mostFaults } from '../../server/protocol/faults.ts';

/** The log with these entries in their places: newest first, the same fact once, and bounded. */
export function withFaults(
  log: readonly FaultEntry[],
  entries: readonly FaultEntry[],
): readonly FaultEntry[] {
  const byId = new Map([...log, ...entries].map((entry) => [entry.id, entry]));
  return [...byId.values()].sort((a, b) => b.at - a.at).slice(0, mostFaults);
}
