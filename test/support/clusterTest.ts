import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { Cluster, type ClusterOptions } from './cluster.ts';
import { type ClientOptions, ClusterClient } from './clusterClient.ts';

export interface RunningCluster {
  readonly cluster: Cluster;
  /** Connects a page that is closed after the test. */
  connect(options: Omit<ClientOptions, 'cluster'>): Promise<ClusterClient>;
  /** Keeps anything that has to be ended after the test. */
  keep<T extends { close(): unknown }>(thing: T): T;
}

/**
 * A cluster for all tests of a file. Whatever the tests do to it, it is ended; when one fails, the
 * logs of its processes are printed.
 */
export function useCluster(options: ClusterOptions = {}): RunningCluster {
  let cluster: Cluster | undefined;
  const kept: { close(): unknown }[] = [];
  const running = {
    get cluster() {
      if (!cluster) throw new Error('the cluster runs only during tests');
      return cluster;
    },
    connect: async (client: Omit<ClientOptions, 'cluster'>) =>
      running.keep(await ClusterClient.connect({ cluster: running.cluster, ...client })),
    keep: <T extends { close(): unknown }>(thing: T): T => {
      kept.push(thing);
      return thing;
    },
  };
  beforeAll(async () => {
    cluster = await Cluster.create(options);
  });
  afterEach(async ({ task }) => {
    for (const thing of kept.splice(0)) await thing.close();
    if (task.result?.state === 'fail') console.error(cluster?.logs);
  });
  afterAll(async () => {
    await cluster?.close();
    cluster = undefined;
  });
  return running;
}

/** The very processes that were started are still there and able to work. */
export async function expectUnharmed(cluster: Cluster, pids: readonly (number | undefined)[]) {
  expect(pidsOf(cluster)).toEqual(pids);
  for (const url of cluster.healthUrls) expect((await fetch(url)).status).toBe(200);
}

export const pidsOf = (cluster: Cluster) => cluster.processes.map((p) => p.pid);
