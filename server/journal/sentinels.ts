import type { Logger } from 'pino';
import { createClient } from 'redis';

export interface Address {
  readonly host: string;
  readonly port: number;
}

export interface SentinelsOptions {
  /** `host:port` of each. */
  readonly sentinels: readonly string[];
  /** The name under which they watch the primary. */
  readonly masterName: string;
  /** Their own password, if they ask for one. */
  readonly password?: string | undefined;
  readonly log: Logger;
}

interface Named extends Address {
  /** Grows with every failover. */
  readonly epoch: number;
}

/** How long one sentinel may take to answer, in milliseconds: the others are not kept waiting. */
const answerWithinMs = 150;
/** A sentinel that says nothing for so long is asked on a new connection. */
const silenceMs = 2_000;
const retryMs = 250;

/** The sentinels of one primary, each asked on a connection of its own. */
export class Sentinels {
  readonly #options: SentinelsOptions;
  readonly #links: readonly SentinelLink[];
  #epoch = 0;

  constructor(options: SentinelsOptions) {
    this.#options = options;
    this.#links = options.sentinels.map((at) => linkTo(at, options));
  }

  /**
   * Where they say that the primary is. Sentinels learn of a failover one after another, so all are
   * asked, and the newest configuration counts; never rejects, undefined when none answers. What
   * one says alone is no older than what was known already.
   */
  async primary(): Promise<Address | undefined> {
    const answers = await Promise.all(this.#links.map((link) => this.#ask(link)));
    const known = answers.filter((answer) => answer !== undefined);
    const newest = known.sort((a, b) => b.epoch - a.epoch)[0];
    if (!newest) return undefined;
    // Sentinels that were set up anew count from the beginning again; then most of them say so.
    if (newest.epoch < this.#epoch && known.length * 2 <= this.#links.length) return undefined;
    this.#epoch = newest.epoch;
    return newest;
  }

  close(): void {
    for (const link of this.#links) if (link.isOpen) link.destroy();
  }

  async #ask(link: SentinelLink): Promise<Named | undefined> {
    if (!link.isReady) return undefined;
    try {
      const asked = link.sendCommand(['SENTINEL', 'MASTER', this.#options.masterName]);
      const flat = (await within(answerWithinMs, asked)) as unknown as readonly string[];
      const field = (name: string) => flat[flat.indexOf(name) + 1] ?? '';
      return {
        host: field('ip'),
        port: Number(field('port')),
        epoch: Number(field('config-epoch')),
      };
    } catch (error) {
      this.#options.log.debug({ err: error }, 'a sentinel did not answer');
      return undefined;
    }
  }
}

function linkTo(at: string, { password, log }: SentinelsOptions) {
  const { hostname, port } = new URL(`redis://${at}`);
  const link = createClient({
    // Fields come as a flat list then, whichever version the sentinel has.
    RESP: 2,
    ...(password === undefined ? {} : { password }),
    name: 'diemcau-sentinels',
    disableOfflineQueue: true,
    disableClientInfo: true,
    maintNotifications: 'disabled',
    commandOptions: { timeout: 0 },
    socket: {
      host: hostname.replace(/^\[(.*)\]$/, '$1'),
      port: Number(port || 26_379),
      connectTimeout: silenceMs,
      socketTimeout: silenceMs,
      reconnectStrategy: () => retryMs,
    },
  });
  link.on('error', (error: Error) => log.debug({ err: error, sentinel: at }, 'sentinel away'));
  // It never gives up, so the only rejection is that it was destroyed meanwhile.
  link.connect().catch(() => {});
  return link;
}

type SentinelLink = ReturnType<typeof linkTo>;

/** @throws Error when it takes longer. */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
