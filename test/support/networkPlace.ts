import { ip, ipBatch } from './networkCommands.ts';

/** Two ends of one line. */
interface Subnet {
  /** The hub's address, which is the place's way out. */
  readonly near: string;
  readonly far: string;
}

export interface NetworkPlaceOptions {
  readonly name: string;
  /** The namespace that carries its packets. */
  readonly hub: string;
  /** Gives the addresses of another line. */
  readonly subnet: () => Subnet;
}

interface Line extends Subnet {
  /** Its name at the hub. */
  readonly port: string;
  /** Its name in the place: Chromium tells Wi-Fi from cable by it. */
  readonly card: 'wlan0' | 'eth0';
}

/** Order numbers of the hub's rules: lower ones come first, and all before its routes. */
const pref = { cut: 100, udp: 200 };

/** Somewhere else: a network namespace with one line to the rest. */
export class NetworkPlace {
  readonly name: string;
  readonly #o: NetworkPlaceOptions;
  #line: Line | undefined;
  #cut = false;
  #noUdp = false;

  constructor(o: NetworkPlaceOptions) {
    this.name = o.name;
    this.#o = o;
  }

  /** By which others reach it. */
  get address(): string {
    return this.#present.far;
  }

  /** What to put in front of a command so that it runs here. */
  get prefix(): readonly string[] {
    return ['ip', 'netns', 'exec', this.name];
  }

  async start(): Promise<void> {
    await ip(['netns', 'add', this.name]);
    await ipBatch(['link set lo up'], this.name);
    this.#line = await this.#connect('wlan0');
  }

  /** The line is gone for so long, milliseconds: `cut` somewhere on the way, or `unplug`ged here. */
  async outage(how: 'cut' | 'unplug', ms: number): Promise<void> {
    await (how === 'cut' ? this.cut() : this.unplug());
    await new Promise((resolve) => setTimeout(resolve, ms));
    await (how === 'cut' ? this.mend() : this.plug());
  }

  /** Packets vanish somewhere on the way, in both directions; nobody is told. */
  async cut(): Promise<void> {
    if (this.#cut) return;
    this.#cut = true;
    await this.#rules('add', pref.cut, '');
  }

  async mend(): Promise<void> {
    if (!this.#cut) return;
    this.#cut = false;
    await this.#rules('del', pref.cut, '');
  }

  /** The plug is pulled: the place itself sees that there is no carrier. */
  async unplug(): Promise<void> {
    await ipBatch([`link set ${this.#present.port} down`], this.#o.hub);
  }

  async plug(): Promise<void> {
    await ipBatch([`link set ${this.#present.port} up`], this.#o.hub);
  }

  /** A firewall that lets no UDP through. */
  async blockUdp(): Promise<void> {
    if (this.#noUdp) return;
    this.#noUdp = true;
    await this.#rules('add', pref.udp, 'ipproto udp');
  }

  /** From Wi-Fi to cable: another line, another address; the first is gone. */
  async move(): Promise<void> {
    const former = this.#present;
    const line = await this.#connect('eth0');
    await ipBatch([`link del ${former.port}`], this.#o.hub);
    await ipBatch([`route replace default via ${line.near}`], this.name);
    this.#line = line;
  }

  /** Ends what still runs here, and removes the place. */
  async close(): Promise<void> {
    const pids = await ip(['netns', 'pids', this.name]).catch(() => '');
    for (const pid of pids.split('\n').filter(Boolean)) {
      try {
        process.kill(Number(pid), 'SIGKILL');
      } catch {
        // It has ended by itself meanwhile.
      }
    }
    await ip(['netns', 'del', this.name]).catch(() => undefined);
  }

  get #present(): Line {
    if (!this.#line) throw new Error(`${this.name} has no line`);
    return this.#line;
  }

  async #connect(card: Line['card']): Promise<Line> {
    const { near, far } = this.#o.subnet();
    const { hub } = this.#o;
    const port = `to${far.replaceAll('.', '').slice(-10)}`;
    await ipBatch([`link add ${card} netns ${this.name} type veth peer name ${port} netns ${hub}`]);
    await ipBatch([`addr add ${near}/30 dev ${port}`, `link set ${port} up`], hub);
    await ipBatch([`addr add ${far}/30 dev ${card}`, `link set ${card} up`], this.name);
    if (!this.#line) await ipBatch([`route add default via ${near}`], this.name);
    return { near, far, port, card };
  }

  #rules(what: 'add' | 'del', order: number, only: string): Promise<void> {
    const { port, far } = this.#present;
    return ipBatch(
      [
        `rule ${what} pref ${order} iif ${port} ${only} blackhole`,
        `rule ${what} pref ${order} to ${far}/32 ${only} blackhole`,
      ],
      this.#o.hub,
    );
  }
}
