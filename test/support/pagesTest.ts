import { afterAll, beforeAll } from 'vitest';
import type { ClusterOptions } from './cluster.ts';
import { type RunningCluster, useCluster } from './clusterTest.ts';
import { Pages } from './pages.ts';
import type { SurfacePage } from './pagesSurface.ts';

export interface RunningPages extends RunningCluster {
  readonly pages: Pages;
}

/** A cluster and a browser for all tests of a file. */
export function usePages(options: ClusterOptions = {}): RunningPages {
  const running = useCluster(options);
  let pages: Pages | undefined;
  beforeAll(async () => {
    pages = await Pages.create(running.cluster);
  });
  afterAll(async () => {
    await pages?.close();
    pages = undefined;
  });
  return {
    get cluster() {
      return running.cluster;
    },
    connect: running.connect,
    keep: running.keep,
    get pages() {
      if (!pages) throw new Error('the browser runs only during tests');
      return pages;
    },
  };
}

/** Whether every page has its other leg ready, on another node than the one it is on. */
export async function allStandBy(pages: readonly SurfacePage[]): Promise<boolean> {
  const probes = await Promise.all(pages.map((page) => page.probe()));
  return probes.every((p) => p?.standby?.connected && p.standby.node !== p.node);
}

/** Four seats whose tones nobody takes for one another, however badly the line sounds. */
export const farApart = (seats: readonly string[]): readonly string[] =>
  [9, 19, 29, 39].map((place) => seats[place] ?? '');
