import { effect, type ReadonlySignal, untracked } from '@preact/signals';
import type { types } from 'mediasoup-client';
import { anew, type Cut, cutAt, mendStep, tried } from './mending.ts';

/** A whole path is not restarted more often than this without need, in milliseconds. */
const nudgeEvery = 5_000;

interface PathOptions {
  readonly transport: types.Transport;
  /** Whether the line to the server is up: new credentials come over it. */
  readonly line: ReadonlySignal<boolean>;
  /** New ICE credentials from the node. Rejects when they cannot be had now. */
  readonly credentials: () => Promise<types.IceParameters>;
  readonly onUp: () => void;
  /** It could not be mended. May be called again while the path stays as it is. */
  readonly onDead: (why: unknown) => void;
}

/** One transport's way through the network: seen to break, and mended by restarting ICE. */
export class Path {
  readonly #options: PathOptions;
  #cut: Cut | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #restarting = false;
  #nudged = Number.NEGATIVE_INFINITY;
  #closed = false;
  readonly #stop: () => void;

  constructor(options: PathOptions) {
    this.#options = options;
    const { transport, line } = options;
    transport.on('connectionstatechange', (state) => this.#onState(state));
    this.#stop = effect(() => {
      if (line.value) untracked(() => this.#tryAnew());
      else clearTimeout(this.#timer);
    });
  }

  /** Packets go through, as far as the browser knows. */
  get connected(): boolean {
    return this.#options.transport.connectionState === 'connected' && this.#cut === null;
  }

  /** Nothing has been sent over it yet. */
  get unused(): boolean {
    return this.#options.transport.connectionState === 'new';
  }

  /** The network has changed: what seems to work may go nowhere. `sure`: it certainly has. */
  nudge(sure: boolean): void {
    if (this.#cut) {
      this.#tryAnew();
      return;
    }
    const now = performance.now();
    if (!sure || !this.connected || now - this.#nudged < nudgeEvery) return;
    this.#nudged = now;
    void this.#restart();
  }

  /** A person wants it found anew. */
  restart(): void {
    if (this.#cut) this.#tryAnew();
    else if (!this.unused) void this.#restart();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#stop();
  }

  #onState(state: types.ConnectionState): void {
    if (this.#closed) return;
    if (state === 'connected') {
      this.#cut = null;
      clearTimeout(this.#timer);
      this.#options.onUp();
    } else if (state === 'failed' || state === 'disconnected') {
      // A path that breaks again while it is being mended is the same breakage.
      this.#cut ??= cutAt(performance.now(), state);
      if (state === 'failed' && this.#cut.tries === 0) this.#cut = anew(performance.now());
      this.#step();
    }
  }

  #tryAnew(): void {
    if (!this.#cut || this.#closed) return;
    this.#cut = anew(performance.now());
    this.#step();
  }

  #step(): void {
    clearTimeout(this.#timer);
    if (!this.#cut || this.#closed || !this.#options.line.peek()) return;
    const now = performance.now();
    const step = mendStep(this.#cut, now);
    switch (step.do) {
      case 'giveUp':
        this.#options.onDead(this.#options.transport.connectionState);
        return;
      case 'restart':
        this.#cut = tried(this.#cut, now, Math.random());
        void this.#restart();
        this.#step();
        return;
      case 'wait':
        this.#timer = setTimeout(() => this.#step(), step.ms);
    }
  }

  async #restart(): Promise<void> {
    if (this.#restarting) return;
    this.#restarting = true;
    try {
      const iceParameters = await this.#options.credentials();
      if (!this.#closed) await this.#options.transport.restartIce({ iceParameters });
    } catch (why) {
      // Tried again by the policy while the path is cut; a path that works has lost nothing.
      console.warn('media: ICE not restarted', why);
    } finally {
      this.#restarting = false;
    }
  }
}
