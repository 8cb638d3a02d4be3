import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import type { Logger } from 'pino';
import { RoleProbe } from './primary.ts';
import { type Address, Sentinels } from './sentinels.ts';

export interface RelayOptions {
  readonly sentinels: readonly string[];
  readonly masterName: string;
  readonly sentinelPassword?: string | undefined;
  /** Whose user, password and database count for whichever Redis is the primary. */
  readonly redisUrl?: string | undefined;
  readonly log: Logger;
}

/** How often the sentinels are asked, in milliseconds; and while there is no primary that answers. */
const lookMs = 250;
const hurryMs = 40;
/** How long a connection may wait for a primary: less than the silence its client bears. */
const holdMs = 3_000;

/**
 * An address on this machine behind which is always the primary that the sentinels name. Client
 * libraries differ in what they can do with sentinels, and two of ours can do nothing; so all of
 * them connect here, plainly, and no connection outlives its primary: when another takes its
 * place, or it turns out to be a replica, every line to it is cut, and the next one is led to the
 * new primary as soon as that has said itself that it is one.
 */
export class PrimaryRelay {
  readonly #sentinels: Sentinels;
  readonly #probe: RoleProbe;
  readonly #log: Logger;
  readonly #server: Server;
  readonly #lines = new Map<Socket, string>();
  readonly #url: URL;
  readonly #waiting = new Set<(primary: Address) => void>();
  #primary: Address | undefined;
  #timer: NodeJS.Timeout | undefined;
  #looking = false;
  #closed = false;

  private constructor({ redisUrl, log, sentinelPassword, ...of }: RelayOptions) {
    this.#url = new URL(redisUrl ?? 'redis://primary');
    const { username, password } = this.#url;
    this.#log = log;
    this.#sentinels = new Sentinels({ ...of, password: sentinelPassword, log });
    this.#probe = new RoleProbe({
      ...(username ? { username: decodeURIComponent(username) } : {}),
      ...(password ? { password: decodeURIComponent(password) } : {}),
    });
    this.#server = createServer({ noDelay: true }, (socket) => void this.#lead(socket));
  }

  static async create(options: RelayOptions): Promise<PrimaryRelay> {
    const relay = new PrimaryRelay(options);
    relay.#server.listen(0, '127.0.0.1');
    await once(relay.#server, 'listening');
    const { port } = relay.#server.address() as { port: number };
    relay.#url.host = `127.0.0.1:${port}`;
    relay.#lookAgain(0);
    return relay;
  }

  /** For any client library: as if it were one Redis, that breaks off now and then. */
  get url(): string {
    return this.#url.href;
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#server.close();
    for (const line of this.#lines.keys()) line.destroy();
    this.#sentinels.close();
    this.#probe.close();
  }

  async #lead(socket: Socket): Promise<void> {
    socket.on('error', () => socket.destroy());
    this.#lines.set(socket, '');
    socket.once('close', () => this.#lines.delete(socket));
    const primary = await this.#found();
    if (!primary || socket.destroyed) {
      socket.destroy();
      return;
    }
    const line = connect({ ...primary, noDelay: true, keepAlive: true });
    this.#lines.set(socket, nameOf(primary));
    line.on('error', (error) => this.#log.debug({ err: error }, 'redis line broke'));
    line.once('close', () => socket.destroy());
    socket.once('close', () => line.destroy());
    socket.pipe(line);
    line.pipe(socket);
  }

  /** The primary as found from now on, not as it was before; undefined when that takes too long. */
  #found(): Promise<Address | undefined> {
    return new Promise((resolve) => {
      const give = (primary: Address) => {
        clearTimeout(timer);
        resolve(primary);
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(give);
        resolve(undefined);
      }, holdMs);
      this.#waiting.add(give);
      if (!this.#looking) this.#lookAgain(0);
    });
  }

  #lookAgain(afterMs: number): void {
    clearTimeout(this.#timer);
    if (!this.#closed) this.#timer = setTimeout(() => void this.#look(), afterMs);
  }

  async #look(): Promise<void> {
    this.#looking = true;
    // Who comes while this is being asked waits for the next answer.
    const asked = [...this.#waiting];
    const named = await this.#sentinels.primary();
    const role = named && (await this.#probe.ask(named));
    this.#looking = false;
    if (this.#closed) return;
    if (named && role === 'primary') {
      this.#leave(named);
      this.#primary = named;
      for (const give of asked) if (this.#waiting.delete(give)) give(named);
    } else if (role === 'replica') this.#leave(undefined);
    this.#lookAgain(role === 'primary' && this.#waiting.size === 0 ? lookMs : hurryMs);
  }

  /** Cuts the lines to any Redis but this one. */
  #leave(primary: Address | undefined): void {
    const here = primary && nameOf(primary);
    const known = this.#primary && nameOf(this.#primary);
    if (here === known) return;
    this.#log.info({ primary: here, before: known }, 'redis primary');
    this.#primary = primary;
    for (const [socket, at] of this.#lines) if (at !== '' && at !== here) socket.destroy();
  }
}

const nameOf = ({ host, port }: Address): string => `${host}:${port}`;
