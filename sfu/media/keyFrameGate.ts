/**
 * Lets subscriptions to one video source start in waves, each on one key-frame request.
 *
 * A browser drops a key-frame request that comes within 300 ms of the one before, whichever of
 * its simulcast layers either asked for; the SFU then repeats it only after a second. A receiver
 * that starts at the wrong moment would therefore show nothing for a second. So nobody starts by
 * himself: those who belong together are gathered, and a wave keeps its distance from the last
 * request that was seen to leave, whoever caused it.
 *
 * A source that sends nothing yet is another matter: its first frame is a key frame, and whoever
 * is there when it comes needs no request. So while it sleeps, everybody starts at once.
 *
 * Pure: time comes from outside. There is one gate for each source in the cluster, on its home
 * node; subscriptions on other nodes have their tickets here too.
 */
export interface Clock {
  /** Milliseconds, monotonic. */
  now(): number;
  /** Calls back once after so many milliseconds; the answer takes it back. */
  after(ms: number, callback: () => void): () => void;
}

export interface GateTimes {
  /** Longest wait for the others of the same cohort, from the first who is ready; ms. */
  readonly gather: number;
  /** Subscriptions made within so many ms of one another are a cohort: they wait for each other. */
  readonly cohort: number;
  /** A browser that is not ready so long after its subscription was made is not waited for; ms. */
  readonly patience: number;
  /** Least time between two requests; ms. */
  readonly spacing: number;
  /** How long the key frame of a request is believed to be on its way; ms. */
  readonly flight: number;
  /** How long after a wave its request may take to be seen; ms. */
  readonly guard: number;
  /** How long after the first key frame of a sleeper all who wait for it have seen it; ms. */
  readonly arrival: number;
}

export const gateTimes: GateTimes = {
  gather: 220,
  cohort: 150,
  patience: 1000,
  spacing: 310,
  flight: 200,
  guard: 30,
  arrival: 150,
};

/**
 * Starts these tickets' subscriptions together; the next wave waits until that is done. When a
 * key frame is `inFlight` they start on it, and nothing may ask for another.
 */
export type OnWave = (tickets: readonly string[], inFlight: boolean) => void | Promise<void>;

export interface KeyFrameGateOptions {
  readonly clock: Clock;
  readonly onWave: OnWave;
  readonly times?: Partial<GateTimes>;
}

export class KeyFrameGate {
  readonly #clock: Clock;
  readonly #onWave: OnWave;
  readonly #times: GateTimes;
  /** Ticket → when its subscription was made. */
  readonly #expected = new Map<string, number>();
  /** Ticket → its cohort's moment, or null for one that waits for nobody. */
  readonly #ready = new Map<string, number | null>();
  #firstReady = 0;
  #quietUntil = Number.NEGATIVE_INFINITY;
  /** A key frame is on its way until then: whoever starts before it comes needs no other. */
  #flightUntil = Number.NEGATIVE_INFINITY;
  /** No key frame has come since the source was said to sleep. */
  #asleep = false;
  /** A request has left since it fell asleep: something is there to be asked. */
  #asked = false;
  /** Those who saw no key frame of a source that sleeps: they ask when it is awake. */
  readonly #sweepers = new Set<string>();
  #cancelWake: (() => void) | undefined;
  #busy = false;
  #cancel: (() => void) | undefined;

  constructor(options: KeyFrameGateOptions) {
    this.#clock = options.clock;
    this.#onWave = options.onWave;
    this.#times = { ...gateTimes, ...options.times };
  }

  /** A subscription was made; its browser is not ready for it yet. */
  expect(ticket: string): void {
    this.#expected.set(ticket, this.#clock.now());
  }

  /** It may start. One that was never expected (a change of layer) waits for nobody. */
  ready(ticket: string): void {
    if (this.#ready.has(ticket)) return;
    const made = this.#expected.get(ticket) ?? null;
    this.#expected.delete(ticket);
    if (this.#ready.size === 0) this.#firstReady = this.#clock.now();
    this.#ready.set(ticket, made);
    this.#decideSoon(0);
  }

  /** It started but saw no key frame. A source that has nothing to give is not asked. */
  again(ticket: string): void {
    if (this.#asleep && !this.#asked) this.#sweepers.add(ticket);
    else this.ready(ticket);
  }

  forget(ticket: string): void {
    this.#sweepers.delete(ticket);
    const known = this.#expected.delete(ticket);
    if (this.#ready.delete(ticket) || known) this.#decideSoon(0);
  }

  /** A key-frame request has left for the source, for whatever reason. */
  requested(): void {
    const now = this.#clock.now();
    this.#quietUntil = now + this.#times.spacing;
    this.#flightUntil = now + this.#times.flight;
    this.#asked = true;
    this.#wakeLater(0);
    this.#decideSoon(0);
  }

  /** The source sends nothing now; the next that it sends is a key frame. */
  sleep(): void {
    this.#asleep = true;
    this.#asked = false;
    this.#decideSoon(0);
  }

  /** A key frame of the source has come. */
  keyFrame(): void {
    this.#flightUntil = Number.NEGATIVE_INFINITY;
    if (!this.#asleep) return;
    this.#asleep = false;
    this.#wakeLater(this.#times.arrival);
  }

  close(): void {
    this.#cancel?.();
    this.#cancelWake?.();
    this.#expected.clear();
    this.#ready.clear();
    this.#sweepers.clear();
  }

  /** Most of the sweepers see the key frame by then, and are forgotten. */
  #wakeLater(ms: number): void {
    this.#cancelWake?.();
    this.#cancelWake = undefined;
    if (this.#sweepers.size === 0) return;
    this.#cancelWake = this.#clock.after(ms, () => {
      const tickets = [...this.#sweepers];
      this.#sweepers.clear();
      for (const ticket of tickets) this.ready(ticket);
    });
  }

  /** At the end of this tick at the earliest, so that those who come in one message go together. */
  #decideSoon(ms: number): void {
    this.#cancel?.();
    this.#cancel = undefined;
    if (this.#ready.size === 0 || this.#busy) return;
    this.#cancel = this.#clock.after(ms, () => this.#decide());
  }

  #decide(): void {
    const now = this.#clock.now();
    const wait = this.#startsAt(now) - now;
    if (wait > 0) {
      this.#decideSoon(wait);
      return;
    }
    const wave = [...this.#ready.keys()];
    this.#ready.clear();
    const started = this.#onWave(wave, now < this.#flightUntil);
    if (!(started instanceof Promise)) {
      this.#started();
      return;
    }
    this.#busy = true;
    void started.finally(() => {
      this.#busy = false;
      this.#started();
    });
  }

  /** Until the wave's own request is seen nobody follows; on a silent source there is none. */
  #started(): void {
    this.#quietUntil = Math.max(this.#quietUntil, this.#clock.now() + this.#times.guard);
    this.#decideSoon(0);
  }

  #startsAt(now: number): number {
    if (this.#asleep || now < this.#flightUntil) return now;
    const gathered = this.#enough(now) ? now : this.#firstReady + this.#times.gather;
    return Math.max(gathered, this.#quietUntil);
  }

  /** Whether those who belong together are ready; one slow site in twenty is not waited for. */
  #enough(now: number): boolean {
    const { cohort, patience } = this.#times;
    const cohorts = [...new Set(this.#ready.values())].filter((made) => made !== null);
    let missing = 0;
    for (const made of this.#expected.values()) {
      if (now - made >= patience) continue;
      if (cohorts.some((other) => Math.abs(other - made) <= cohort)) missing += 1;
    }
    return missing <= Math.floor((missing + this.#ready.size) / 20);
  }
}
