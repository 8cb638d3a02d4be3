import { existsSync } from 'node:fs';
import { findProgram } from '../../scripts/setupDebian.ts';
import { ip, ipBatch, networkMissing } from './networkCommands.ts';
import { NetworkPlace } from './networkPlace.ts';

/** Range for trying out networks (RFC 2544 §C.2.2): nobody's real addresses. */
const range = '198.18';
const namePattern = /^diemcau-(\d+)-/;
let labs = 0;

/**
 * Networks of a test's own: places, each a network namespace, behind one hub that carries packets
 * between them and this machine. What is done to a place's line (cut, unplugged, no UDP) is done
 * at the hub, as it would be somewhere on the way. Needs root; all is gone after `close()`.
 */
export class NetworkLab {
  /** By which places reach this machine. */
  readonly host: string;
  readonly #prefix: string;
  readonly #name: string;
  /** This machine's end of the line to the hub. */
  readonly #port: string;
  readonly #places: NetworkPlace[] = [];
  /** Subnets of four addresses each, given out so far; the first is this machine's own. */
  #subnets = 1;
  #closed = false;

  /** @throws Error saying what to type, where networks cannot be made. */
  static async create(): Promise<NetworkLab> {
    if (process.getuid?.() !== 0 || !(await findProgram('ip'))) throw new Error(networkMissing);
    await sweep();
    const lab = new NetworkLab(`diemcau-${process.pid}-${labs++}`, await freePrefix());
    try {
      await lab.#start();
    } catch (cause) {
      await lab.close();
      throw new Error(networkMissing, { cause });
    }
    return lab;
  }

  constructor(name: string, prefix: string) {
    this.#name = name;
    this.#prefix = prefix;
    this.host = `${prefix}.1`;
    // An interface's name has at most 15 characters.
    this.#port = `dm${process.pid.toString(36)}x${labs.toString(36)}`;
  }

  /** The address for pages in places: what a test's cluster is to be told. */
  get clusterConfig() {
    const rtc = { listenIp: '0.0.0.0', announcedAddress: this.host };
    return { host: '0.0.0.0', rtc };
  }

  /** A new place with a line of its own. */
  async place(): Promise<NetworkPlace> {
    const place = new NetworkPlace({
      name: `${this.#name}-${this.#places.length}`,
      hub: this.#hub,
      subnet: () => {
        const first = 4 * this.#subnets++;
        return { near: `${this.#prefix}.${first + 1}`, far: `${this.#prefix}.${first + 2}` };
      },
    });
    this.#places.push(place);
    await place.start();
    return place;
  }

  /** Ends what still runs in the places, and removes all of it. Idempotent. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await Promise.all(this.#places.map((place) => place.close()));
    // The kernel takes a namespace apart some time later; routes go with the line, and at once.
    await ip(['link', 'del', this.#port]).catch(() => undefined);
    await removeNamespace(this.#hub);
  }

  get #hub(): string {
    return `${this.#name}-hub`;
  }

  async #start(): Promise<void> {
    const [hub, prefix, here] = [this.#hub, this.#prefix, this.#port];
    await ipBatch([
      `netns add ${hub}`,
      `link add ${here} type veth peer name here netns ${hub}`,
      `addr add ${this.host}/30 dev ${here}`,
      `link set ${here} up`,
    ]);
    await ipBatch([`addr add ${prefix}.2/30 dev here`, 'link set here up'], hub);
    await ip(['netns', 'exec', hub, 'sh', '-c', 'echo 1 >/proc/sys/net/ipv4/ip_forward']);
    await ip(['route', 'add', `${prefix}.0/24`, 'via', `${prefix}.2`]);
  }
}

/** Removes what a run left behind that was killed before it could. */
async function sweep(): Promise<void> {
  for (const name of await namespaces()) {
    const pid = namePattern.exec(name)?.[1];
    if (pid !== undefined && !existsSync(`/proc/${pid}`)) await removeNamespace(name);
  }
}

async function namespaces(): Promise<string[]> {
  const listed = await ip(['netns', 'list']);
  return listed.split('\n').flatMap((line) => line.split(' ')[0] || []);
}

async function removeNamespace(name: string): Promise<void> {
  if ((await namespaces()).includes(name)) await ip(['netns', 'del', name]);
}

async function freePrefix(): Promise<string> {
  const routes = await ip(['route', 'show']);
  for (let i = 0; i < 256; i++) {
    const prefix = `${range}.${(process.pid + i) % 256}`;
    if (!routes.includes(`${prefix}.`)) return prefix;
  }
  throw new Error(`no free addresses in ${range}.0.0/16`);
}
