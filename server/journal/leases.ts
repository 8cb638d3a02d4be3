import type { Logger } from 'pino';
import type { BriefingId, ConnectionId, SeatId } from '../domain/ids.ts';
import type { RefusalCode } from '../domain/refusal.ts';
import type { RedisLink } from './connect.ts';
import type { Answer } from './group.ts';
import { briefingKeys, leasedBriefingsKey } from './keys.ts';

/** A socket's claim to a seat, which holds as long as its server renews it. */
export interface Claim {
  readonly briefing: BriefingId;
  readonly seat: SeatId;
  readonly connection: ConnectionId;
}

/** Calls back every so many milliseconds; returns how to stop. */
export type Every = (ms: number, call: () => void) => () => void;

export interface LeasesOptions {
  readonly redis: RedisLink;
  /** How long a claim holds after its last renewal, milliseconds by Redis's clock. */
  readonly ttlMs: number;
  /** From one renewal, and one sweep, to the next; a third of `ttlMs` or less. */
  readonly renewMs: number;
  /**
   * A claim lapsed: its server died. The claim is forgotten once this has answered; it comes again
   * when this rejects, answers that control is paused, or this server dies over it. Harmless if
   * the seat has a newer connection, since `seat.lose` quotes the claim's own.
   */
  readonly onLapsed: (claim: Claim) => Promise<Answer | undefined>;
  readonly log: Logger;
  readonly prefix?: string;
  /** Milliseconds that only go forward. */
  readonly now?: () => number;
  readonly every?: Every;
}

const maxSwept = 256;
const tryAgain: ReadonlySet<RefusalCode> = new Set(['controlPaused', 'tooManyCommands']);

/** Presence: renews the claims of this server's sockets and finds those of dead servers. */
export class Leases {
  readonly #options: Required<LeasesOptions>;
  readonly #own = new Map<BriefingId, Set<string>>();
  readonly #stops: readonly (() => void)[];
  /** Since when Redis has answered without a break; undefined while it does not. */
  #trustedSince: number | undefined;
  #working = false;
  #work: Promise<void> = Promise.resolve();

  private constructor(options: LeasesOptions) {
    this.#options = {
      prefix: 'diemcau',
      now: () => performance.now(),
      every: (ms, call) => {
        const timer = setInterval(call, ms);
        return () => clearInterval(timer);
      },
      ...options,
    };
    const { every, renewMs, redis } = this.#options;
    const distrust = () => {
      this.#trustedSince = undefined;
    };
    redis.on('reconnecting', distrust);
    const tick = every(renewMs, () => {
      // A Redis that does not answer must not gather turns.
      if (this.#working) return;
      this.#working = true;
      this.#work = this.#turn();
    });
    this.#stops = [tick, () => redis.off('reconnecting', distrust)];
  }

  static async create(options: LeasesOptions): Promise<Leases> {
    const leases = new Leases(options);
    await leases.renew();
    return leases;
  }

  /** From now on this server answers for the claim. */
  claim({ briefing, seat, connection }: Claim): void {
    const member = `${seat} ${connection}`;
    const own = this.#own.get(briefing) ?? new Set();
    this.#own.set(briefing, own.add(member));
    this.#quietly(this.#put(briefing, [member], 'GT'));
  }

  /** The socket is gone and its server has said so; nothing is left to lapse. */
  drop({ briefing, seat, connection }: Claim): void {
    const member = `${seat} ${connection}`;
    this.#own.get(briefing)?.delete(member);
    this.#quietly(this.#forget(briefing, member));
  }

  /**
   * Makes leases for seats that the journal says are connected somewhere, where there are none:
   * their server may have died after the seat joined and before it claimed it.
   */
  async expect(briefing: BriefingId, claims: readonly Omit<Claim, 'briefing'>[]): Promise<void> {
    const members = claims.map(({ seat, connection }) => `${seat} ${connection}`);
    await this.#put(briefing, members, 'NX');
  }

  /** Renews all of this server's claims: one call for each briefing. Never rejects. */
  async renew(): Promise<void> {
    const { redis, now, log } = this.#options;
    try {
      const own = [...this.#own].filter(([, members]) => members.size > 0);
      const renewals = own.map(([briefing, members]) => this.#put(briefing, [...members], 'GT'));
      await Promise.all(renewals.length > 0 ? renewals : [redis.ping()]);
      this.#trustedSince ??= now();
    } catch (error) {
      this.#trustedSince = undefined;
      log.debug({ err: error }, 'leases not renewed');
    }
  }

  /**
   * Hands over what has lapsed. Not until Redis has answered for a whole `ttlMs`: while it was away
   * nobody could renew, and its clock went on. Never rejects.
   */
  async sweep(): Promise<void> {
    const { redis, prefix, ttlMs, now, log } = this.#options;
    if (this.#trustedSince === undefined || now() - this.#trustedSince < ttlMs) return;
    try {
      for (const briefing of await redis.sMembers(leasedBriefingsKey(prefix))) {
        await this.#sweepOne(briefing);
      }
    } catch (error) {
      this.#trustedSince = undefined;
      log.debug({ err: error }, 'leases not swept');
    }
  }

  /** Stops renewing and sweeping; this server's claims are left to lapse. Idempotent. */
  async close(): Promise<void> {
    for (const stop of this.#stops) stop();
    if (this.#options.redis.isReady) await this.#work;
  }

  async #turn(): Promise<void> {
    await this.renew();
    await this.sweep();
    this.#working = false;
  }

  async #sweepOne(briefing: BriefingId): Promise<void> {
    const { redis, prefix, ttlMs, onLapsed, log } = this.#options;
    const key = briefingKeys(briefing, prefix).leases;
    const lapsed = (await redis.sweepLeases(key, [String(ttlMs), String(maxSwept)])) as string[];
    for (const member of lapsed) {
      if (this.#own.get(briefing)?.has(member)) continue;
      const [seat = '', connection = ''] = member.split(' ');
      log.info({ briefing, seat, connection }, 'lease lapsed');
      const answer = await onLapsed({ briefing, seat, connection });
      if (answer?.ok === false && tryAgain.has(answer.refusal)) continue;
      await this.#forget(briefing, member);
    }
    if ((await redis.zCard(key)) === 0) await redis.sRem(leasedBriefingsKey(prefix), briefing);
  }

  async #put(briefing: BriefingId, members: readonly string[], how: 'GT' | 'NX'): Promise<void> {
    const { redis, prefix, ttlMs } = this.#options;
    const { leases } = briefingKeys(briefing, prefix);
    await Promise.all([
      redis.renewLeases(leases, [String(ttlMs), how, ...members]),
      redis.sAdd(leasedBriefingsKey(prefix), briefing),
    ]);
  }

  async #forget(briefing: BriefingId, member: string): Promise<void> {
    const { redis, prefix } = this.#options;
    await redis.zRem(briefingKeys(briefing, prefix).leases, member);
  }

  /** For what the next renewal or the lapse makes good anyway. */
  #quietly(work: Promise<void>): void {
    work.catch((error: unknown) => this.#options.log.debug({ err: error }, 'lease not written'));
  }
}
