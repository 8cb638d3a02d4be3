import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../config/load.ts';
import { servicePlan } from '../../scripts/startPlan.ts';
import { ensureWorker } from '../../scripts/worker.ts';
import { ClusterProcess } from './clusterProcess.ts';
import type { NetworkLab } from './network.ts';
import type { NetworkPlace } from './networkPlace.ts';

const root = join(import.meta.dirname, '..', '..');
/** A node has its place for itself. */
const controlPort = 7_000;

export interface NodeAway {
  readonly id: string;
  readonly place: NetworkPlace;
  readonly process: ClusterProcess;
}

/** Media nodes on machines of their own: each in a place, reached over that place's line alone. */
export class NetworkNodes {
  readonly nodes: readonly NodeAway[];
  readonly #folder: string;
  readonly #secretFile: string;

  static async create(lab: NetworkLab, count: number): Promise<NetworkNodes> {
    const folder = await mkdtemp(join(tmpdir(), 'diemcau-nodes-'));
    const secretFile = join(folder, 'secret');
    await writeFile(secretFile, randomBytes(32).toString('hex'), { mode: 0o600 });
    const workerPath = await ensureWorker({ root, log: () => {} });
    const start = async (index: number): Promise<NodeAway> => {
      const place = await lab.place();
      const id = `sfu-${index + 1}`;
      const config = {
        ...loadConfig({ root: folder, env: {} }),
        secretFile,
        rtc: { listenIp: place.address, basePort: 20_000, bufferSize: 1_048_576, iceServers: [] },
      };
      const { nodes } = servicePlan({
        root,
        config,
        redisUrl: '',
        workerPath,
        controlPorts: [controlPort],
      });
      const [command = '', ...prefix] = place.prefix;
      const process_ = await ClusterProcess.create({
        name: id,
        command,
        args: [...prefix, process.execPath, ...(nodes[0]?.args ?? [])],
        env: {
          ...nodes[0]?.env,
          SFU_NODE_ID: id,
          SFU_CONTROL_HOST: place.address,
          SFU_CONTROL_URL: `http://${place.address}:${controlPort}`,
        },
        cwd: root,
        healthUrl: `http://${place.address}:${controlPort}/healthz`,
      });
      return { id, place, process: process_ };
    };
    const nodes = await Promise.all(Array.from({ length: count }, (_, i) => start(i)));
    return new NetworkNodes({ nodes, folder, secretFile });
  }

  constructor(o: { nodes: readonly NodeAway[]; folder: string; secretFile: string }) {
    this.nodes = o.nodes;
    this.#folder = o.folder;
    this.#secretFile = o.secretFile;
  }

  /** What a cluster without nodes of its own is to be told, so that its servers use these. */
  get clusterConfig() {
    const nodes = this.nodes.map(({ id, place }) => ({
      id,
      url: `http://${place.address}:${controlPort}`,
    }));
    return { nodes, secretFile: this.#secretFile };
  }

  named(id: string): NodeAway {
    const found = this.nodes.find((node) => node.id === id);
    if (!found) throw new Error(`no node ${id}`);
    return found;
  }

  get logs(): string {
    return this.nodes.map(({ id, process }) => `===== ${id}\n${process.output}`).join('\n');
  }

  async close(): Promise<void> {
    await Promise.all(this.nodes.map(({ process }) => process.close()));
    await rm(this.#folder, { recursive: true, force: true });
  }
}
