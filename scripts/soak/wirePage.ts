import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import type { PageRole } from '../../server/gateway/identity.ts';
import type { BrowserCommand } from '../../server/protocol/commands.ts';
import type {
  Ask,
  AskMap,
  AskName,
  KeptLeg,
  Leg,
  MediaOffer,
  NumberedEvent,
  Replies,
  Source,
  TellMap,
  Welcome,
} from '../../server/protocol/wire.ts';
import { dtlsParameters, rtpParametersOf } from './wireMedia.ts';

export interface WirePageOptions {
  /** Addresses of the servers; a page that loses one goes to the next. */
  readonly urls: readonly string[];
  /** At which of them it begins. */
  readonly at: number;
  readonly pass: string;
  readonly role: PageRole;
  readonly seat: string | null;
  readonly onWelcome?: (welcome: Welcome) => void;
  readonly onEvents?: (events: readonly NumberedEvent[]) => void;
}

/** How long an answer may take until the page takes it for lost, in milliseconds. */
const answerWithinMs = 8_000;
/** Retries begin at this and double up to ten times it, in milliseconds. */
const firstRetryMs = 250;

/**
 * A page without a browser: it speaks the wire as browsers do (legs, standby, readiness), and only
 * its transports never find a path. It never stops trying until it leaves or is put out.
 */
export class WirePage {
  readonly #o: WirePageOptions;
  readonly #page = randomUUID();
  readonly #legs = new Map<Leg, KeptLeg>();
  readonly #received = new Set<Leg>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #socket: Socket<TellMap, AskMap> | undefined;
  #at: number;
  #failures = 0;
  #active: Leg = 'a';
  #presents = false;
  #over = false;

  constructor(options: WirePageOptions) {
    this.#o = options;
    this.#at = options.at;
    this.#connect();
  }

  get seat(): string | null {
    return this.#o.seat;
  }

  /** It will not come back: it left, was closed, or was put out. */
  get over(): boolean {
    return this.#over;
  }

  get connected(): boolean {
    return this.#socket?.connected ?? false;
  }

  /** Undefined when nothing came back. */
  async command(command: BrowserCommand): Promise<Replies['command'] | undefined> {
    return this.ask('command', { id: randomUUID(), command });
  }

  async ask<N extends AskName>(name: N, ask: Ask<N>): Promise<Replies[N] | undefined> {
    const socket = this.#socket;
    if (!socket?.connected) return undefined;
    // The wire's map ties each name to its ask and reply; socket.io's generics cannot follow.
    const timed = socket.timeout(answerWithinMs) as unknown as {
      emitWithAck(name: string, ask: unknown): Promise<Replies[N]>;
    };
    return timed.emitWithAck(name, ask).catch(() => undefined);
  }

  /** The line goes without a word; the page comes back by itself, at the next server. */
  drop(): void {
    this.#socket?.io.engine?.close();
  }

  /** Says goodbye and goes. */
  async leave(): Promise<void> {
    await this.ask('leave', {});
    this.close();
  }

  /** Goes as a closed browser does: without a word, for good. */
  close(): void {
    this.#over = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#socket?.disconnect();
  }

  #connect(): void {
    const { urls, pass } = this.#o;
    const socket: Socket<TellMap, AskMap> = io(urls[this.#at % urls.length] ?? '', {
      transports: ['websocket'],
      auth: { pass, page: this.#page, legs: [...this.#legs.values()] },
      reconnection: false,
      forceNew: true,
    });
    this.#socket = socket;
    socket.on('welcome', (welcome) => {
      this.#failures = 0;
      this.#o.onWelcome?.(welcome);
      const { seat } = this.#o;
      if (seat !== null) void this.ask('site.devices', { camera: 'live', microphone: 'live' });
      this.#presents = welcome.state.presentation?.seat === seat;
      if (this.#o.role !== 'technician' && !this.#legs.has(this.#active)) this.#openActive();
    });
    socket.on('events', (events) => {
      this.#o.onEvents?.(events);
      for (const { event } of events) this.#follow(event);
    });
    socket.on('media.consumers', ({ leg, added }) => {
      if (added.length > 0)
        void this.#take(
          leg,
          added.map(({ id }) => id),
        );
    });
    socket.on('media.route', ({ active }) => {
      this.#active = active;
    });
    socket.on('media.standby', () => void this.#open(true));
    socket.on('media.reset', ({ leg }) => {
      this.#legs.delete(leg);
      if (leg === this.#active) this.#openActive();
    });
    socket.on('putOut', () => this.close());
    socket.on('connect_error', () => this.#again());
    socket.on('disconnect', () => this.#again());
  }

  #again(): void {
    if (this.#over) return;
    this.#at += 1;
    this.#later(() => this.#connect());
  }

  #openActive(): void {
    void this.#open(false).then((opened) => {
      if (!opened && this.connected) {
        this.#later(() => {
          if (this.connected && !this.#legs.has(this.#active)) this.#openActive();
        });
      }
    });
  }

  async #open(standby: boolean): Promise<boolean> {
    const offer = await this.ask('media.open', { standby });
    if (!offer?.ok) return false;
    const { leg, node, incarnation } = offer;
    this.#legs.set(leg, { leg, node, incarnation, standby });
    this.#received.delete(leg);
    if (!standby) this.#active = leg;
    await this.#send(offer);
    return true;
  }

  async #send({ leg }: MediaOffer): Promise<void> {
    if (this.#o.seat === null) return;
    await this.ask('media.connect', { leg, direction: 'send', dtlsParameters });
    await this.#publish(leg, 'camera');
    await this.#publish(leg, 'microphone');
    if (this.#presents) await this.#publish(leg, 'presentation');
  }

  #publish(leg: Leg, source: Source): Promise<unknown> {
    const kind = source === 'microphone' ? 'audio' : 'video';
    return this.ask('media.publish', { leg, source, kind, rtpParameters: rtpParametersOf(source) });
  }

  async #take(leg: Leg, consumers: string[]): Promise<void> {
    if (!this.#received.has(leg)) {
      this.#received.add(leg);
      await this.ask('media.connect', { leg, direction: 'receive', dtlsParameters });
    }
    await this.ask('media.ready', { leg, consumers });
  }

  /** Begins and ceases to send a presentation as it is told to. */
  #follow(event: NumberedEvent['event']): void {
    if (event.type !== 'presentation.started' && event.type !== 'presentation.stopped') return;
    if (event.seat !== this.#o.seat) return;
    this.#presents = event.type === 'presentation.started';
    for (const leg of this.#legs.keys()) {
      if (this.#presents) void this.#publish(leg, 'presentation');
      else void this.ask('media.unpublish', { leg, source: 'presentation' });
    }
  }

  #later(act: () => void): void {
    const wait = firstRetryMs * Math.min(10, 2 ** this.#failures) * (0.5 + Math.random());
    this.#failures += 1;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      if (!this.#over) act();
    }, wait);
    this.#timers.add(timer);
  }
}
