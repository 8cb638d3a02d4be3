import { expect } from 'vitest';
import type { Recorded } from '../../server/domain/event.ts';
import type { BrowserCommand } from '../../server/protocol/commands.ts';
import type { Cluster } from './cluster.ts';
import type { ClusterClient } from './clusterClient.ts';
import { journalOf } from './clusterJournal.ts';
import { faultsOf } from './journals.ts';
import { until } from './until.ts';

export interface CommandLoad {
  /** The accepted commands by id, with the versions that they were told. */
  readonly accepted: ReadonlyMap<string, number>;
  readonly refusals: ReadonlySet<string>;
  stop(): Promise<void>;
}

/** What a page that is refused waits, as a person would, in milliseconds: two cores are shared. */
const breathMs = 10;

/** Commands without end, one after another, and what was answered. */
export function commandLoad(page: ClusterClient, next: (i: number) => BrowserCommand): CommandLoad {
  const accepted = new Map<string, number>();
  const refusals = new Set<string>();
  let stopped = false;
  const run = (async () => {
    for (let i = 0; !stopped; i++) {
      const id = `${page.page.slice(0, 8)}-${i}`;
      const answer = await page.command(next(i), id);
      if (answer.ok) accepted.set(id, answer.version);
      else {
        refusals.add(answer.refusal);
        await new Promise((resolve) => setTimeout(resolve, breathMs));
      }
    }
  })();
  // A test that fails for another reason stops nothing; one that does not is told by `stop`.
  run.catch(() => {});
  return {
    accepted,
    refusals,
    stop: async () => {
      stopped = true;
      await run;
    },
  };
}

/** Mutes and unmutes a seat. */
export const mutes = (seat: string) => (i: number) => ({
  type: i % 2 === 0 ? ('seat.mute' as const) : ('seat.unmute' as const),
  seat,
});

/** Gives the floor to one seat after another. */
export const grants = (seats: readonly string[]) => (i: number) => ({
  type: 'floor.grant' as const,
  target: { seat: seats[i % seats.length] ?? '' },
  replace: true,
});

/** Waits until each load has so many more accepted commands than now. */
export async function progress(loads: readonly CommandLoad[], count: number): Promise<void> {
  const before = loads.map((l) => l.accepted.size);
  await until(() => loads.every((l, i) => l.accepted.size >= (before[i] ?? 0) + count), {
    what: `${count} more accepted commands of each`,
    timeoutMs: 60_000,
    seen: () => loads.map((l) => [l.accepted.size, [...l.refusals]]),
  });
}

/**
 * Asks again and again until control is refused as paused. What was under way before that waits for
 * the journal's own word: it is answered when `rest` resolves.
 */
export async function askedUntilPaused(
  page: ClusterClient,
  seat: string,
): Promise<{ rest: Promise<unknown> }> {
  const refusals = new Set<string>();
  const asked: Promise<void>[] = [];
  await until(
    () => {
      const answer = page.command({ type: 'seat.mute', seat }).then((reply) => {
        if (!reply.ok) refusals.add(reply.refusal);
      });
      answer.catch(() => {});
      asked.push(answer);
      return refusals.has('controlPaused');
    },
    { what: 'control to be paused', seen: () => [...refusals] },
  );
  return { rest: Promise.all(asked) };
}

/** What is no wonder: control was paused, or a command that was refused for it is done already. */
const usual: ReadonlySet<string> = new Set([
  'controlPaused',
  'alreadyMuted',
  'notMuted',
  'wrongStatus',
]);

export const strangeRefusals = (loads: readonly CommandLoad[]): string[] => {
  return loads.flatMap((l) => [...l.refusals]).filter((refusal) => !usual.has(refusal));
};

/**
 * The journal as it is now holds every accepted command once, where it was said to be; it keeps
 * the floor's invariants at every version, without a gap; and no page was ever told of anything
 * else than what stands there.
 */
export async function expectWhole(
  cluster: Cluster,
  { loads, pages }: { loads: readonly CommandLoad[]; pages: readonly ClusterClient[] },
): Promise<readonly Recorded[]> {
  const recorded = await journalOf(cluster);
  expect(faultsOf(recorded)).toEqual([]);
  const versions = new Map<string, number[]>();
  for (const { command, version } of recorded) {
    versions.set(command, [...(versions.get(command) ?? []), version]);
  }
  for (const [id, version] of loads.flatMap((l) => [...l.accepted])) {
    const at = versions.get(id) ?? [];
    expect({ id, first: at[0] }).toEqual({ id, first: version });
    // A command's events stand together; a second time would stand elsewhere.
    expect(at).toEqual(at.map((_, i) => version + i));
  }
  for (const page of pages) {
    expect(page.gaps).toBe(0);
    for (const { channel: _, after: __, ...told } of page.events) {
      expect(told).toEqual(recorded[told.version - 1]);
    }
  }
  return recorded;
}
