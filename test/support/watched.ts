import { expect } from 'vitest';
import { type AcceptedCommand, violations } from './checker.ts';
import type { Cluster } from './cluster.ts';
import { journalOf } from './clusterJournal.ts';
import { type Observation, observe } from './observer.ts';
import type { SurfacePage } from './pagesSurface.ts';

/** Everything that some pages show large and play aloud, from now on, held against the journal. */
export interface Watched {
  /** To be called now and then: what was not read before a reload is lost with the document. */
  read(): Promise<void>;
  /** What the record and all that was seen and heard say against one another, in words. */
  contradictions(accepted?: readonly AcceptedCommand[]): Promise<string[]>;
}

export async function watched(cluster: Cluster, pages: readonly SurfacePage[]): Promise<Watched> {
  const observations = await Promise.all(
    pages.map(async (page) => ({ page, observation: await observe(page.page) })),
  );
  const read = ({ observation }: { readonly observation: Observation }) => observation.read();
  return {
    async read() {
      await Promise.all(observations.map(read));
    },
    async contradictions(accepted = []) {
      const receivers = await Promise.all(
        observations.map(async ({ page: { name }, observation }) => {
          const observed = await observation.read();
          expect(observed.pictures.length, name).toBeGreaterThan(0);
          expect(observed.sounds.length, name).toBeGreaterThan(0);
          // The chair's own console shows the chair, from its own camera and not from the line.
          return { name, seat: name === cluster.chairSeat ? null : name, observed };
        }),
      );
      return violations({ journal: await journalOf(cluster), accepted, receivers });
    },
  };
}
