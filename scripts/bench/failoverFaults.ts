import type { BenchProcess } from './clusterProcess.ts';
import type { Stage } from './failoverStage.ts';
import { pause } from './figures.ts';

export interface Struck {
  /** From when it counts how long commands are not taken, by `performance.now()`. */
  readonly controlFrom: number;
  /** Brings back what was taken away; resolves when it can do its work. */
  readonly heal: () => Promise<void>;
}

/** How long Redis stays away, in milliseconds. */
const redisAwayMs = 2_000;
/** A node that does not leave by itself is a fault; nothing waits for it any longer. */
const leavesWithinMs = 30_000;
/** A process that was frozen or has lost its worker may want to end before it is looked at. */
const afterthoughtMs = 1_500;

type Fault = (stage: Stage) => Promise<Struck>;

const nodeNamed = ({ cluster }: Stage, name: string): BenchProcess => {
  const node = cluster.nodes.find((n) => n.name === name);
  if (!node) throw new Error(`no node ${name}`);
  return node;
};

const speakersNode = async (stage: Stage) => nodeNamed(stage, await stage.speakersNode);

async function killed(node: BenchProcess): Promise<Struck> {
  const controlFrom = performance.now();
  node.signalGroup('SIGKILL');
  await node.gone;
  return { controlFrom, heal: () => node.start() };
}

/** What is done to the cluster; each round of a scenario does all of its faults, in turn. */
export const faults = {
  nodeKill: {
    speakersNode: async (stage) => killed(await speakersNode(stage)),
    otherNode: async (stage) => {
      const name = await stage.speakersNode;
      const other = stage.cluster.nodes.find((n) => n.name !== name);
      return killed(other ?? nodeNamed(stage, name));
    },
  },
  nodeFreeze: {
    speakersNode: async (stage) => {
      const node = await speakersNode(stage);
      const controlFrom = performance.now();
      node.signalGroup('SIGSTOP');
      return {
        controlFrom,
        heal: async () => {
          node.signalGroup('SIGCONT');
          await pause(afterthoughtMs);
          await node.start();
        },
      };
    },
  },
  workerKill: {
    speakersNode: async (stage) => {
      const node = await speakersNode(stage);
      const worker = await node.childOf('mediasoup-worker');
      if (worker === undefined) throw new Error(`${node.name} has no worker`);
      const controlFrom = performance.now();
      process.kill(worker, 'SIGKILL');
      return {
        controlFrom,
        heal: async () => {
          await pause(afterthoughtMs);
          await node.start();
        },
      };
    },
  },
  drain: {
    speakersNode: async (stage) => {
      const node = await speakersNode(stage);
      const controlFrom = performance.now();
      node.signal('SIGTERM');
      return {
        controlFrom,
        heal: async () => {
          await Promise.race([node.gone, pause(leavesWithinMs)]);
          if (node.runs) throw new Error(`${node.name} has not left`);
          await node.start();
        },
      };
    },
  },
  serverKill: {
    pagesServer: async ({ cluster }) => {
      const server = cluster.servers[cluster.proxy.busiest];
      if (!server) throw new Error('no server');
      return killed(server);
    },
  },
  redisRestart: {
    redis: async ({ cluster: { redis } }) => {
      await redis.kill();
      await pause(redisAwayMs);
      // It resolves when Redis answers PING.
      await redis.revive();
      return { controlFrom: performance.now(), heal: async () => {} };
    },
  },
  sentinel: {
    primaryKill: async ({ cluster: { redis } }) => {
      const controlFrom = performance.now();
      await redis.kill();
      return { controlFrom, heal: () => redis.revive() };
    },
  },
} as const satisfies Record<string, Readonly<Record<string, Fault>>>;

export type ScenarioName = keyof typeof faults;
