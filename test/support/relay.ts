import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { type LineShape, ShapedLine } from './relayLine.ts';

export interface RelayOptions {
  /** UDP ports on this machine's loopback that are reached over the line. */
  readonly targets: readonly number[];
  /** Towards the targets. */
  readonly up: LineShape;
  readonly down: LineShape;
  readonly seed: number;
}

/** Packets of one direction so far, by where they ended. */
interface Count {
  delivered: number;
  lost: number;
  full: number;
}

interface Entrance {
  readonly target: number;
  readonly socket: Socket;
}

const loopback = '127.0.0.1';

/**
 * A site's line as a UDP relay on loopback: whatever goes to one of its ports comes out at that
 * port's target, and the answers come back. All of it shares one line, in each direction.
 */
export class UdpRelay {
  readonly up: Count = { delivered: 0, lost: 0, full: 0 };
  readonly down: Count = { delivered: 0, lost: 0, full: 0 };
  /** The relay's port by its target's. */
  readonly ports: Readonly<Record<number, number>>;
  readonly #entrances: readonly Entrance[];
  /** A socket of its own for each that sends, so that the target can tell them apart. */
  readonly #exits = new Map<string, Socket>();
  readonly #lines: { readonly up: ShapedLine; readonly down: ShapedLine };
  readonly #onTheWay = new Set<NodeJS.Timeout>();
  #closed = false;

  static async create(options: RelayOptions): Promise<UdpRelay> {
    const entrances = await Promise.all(
      options.targets.map(async (target) => {
        const socket = createSocket('udp4').bind(0, loopback);
        await once(socket, 'listening');
        return { target, socket };
      }),
    );
    return new UdpRelay(options, entrances);
  }

  constructor({ up, down, seed }: RelayOptions, entrances: readonly Entrance[]) {
    this.#lines = { up: new ShapedLine(up, seed), down: new ShapedLine(down, seed + 1) };
    this.#entrances = entrances;
    this.ports = Object.fromEntries(
      entrances.map(({ target, socket }) => [target, socket.address().port]),
    );
    for (const { target, socket } of entrances) {
      socket.on('message', (packet, from) => {
        const exit = this.#exit(target, { entrance: socket, port: from.port });
        this.#carry('up', packet, () => exit.send(packet, target, loopback));
      });
    }
  }

  /** What is on its way is gone. Idempotent. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const timer of this.#onTheWay) clearTimeout(timer);
    for (const { socket } of this.#entrances) socket.close();
    for (const socket of this.#exits.values()) socket.close();
  }

  #exit(target: number, back: { readonly entrance: Socket; readonly port: number }): Socket {
    const key = `${back.port}>${target}`;
    const known = this.#exits.get(key);
    if (known) return known;
    const exit = createSocket('udp4');
    exit.on('error', () => {});
    exit.on('message', (packet) => {
      this.#carry('down', packet, () => back.entrance.send(packet, back.port, loopback));
    });
    this.#exits.set(key, exit);
    return exit;
  }

  #carry(direction: 'up' | 'down', packet: Buffer, deliver: () => void): void {
    const now = performance.now();
    const fate = this.#lines[direction].send(packet.length, now);
    const count = this[direction];
    if (typeof fate === 'string') {
      count[fate] += 1;
      return;
    }
    count.delivered += 1;
    const timer = setTimeout(() => {
      this.#onTheWay.delete(timer);
      if (!this.#closed) deliver();
    }, fate.at - now);
    this.#onTheWay.add(timer);
  }
}
