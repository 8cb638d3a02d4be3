import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import { io, type Socket } from 'socket.io-client';
import type { BriefingState } from '../../server/domain/briefing.ts';
import type { SeatId } from '../../server/domain/ids.ts';
import type { BrowserCommand } from '../../server/protocol/commands.ts';
import type {
  Ask,
  AskMap,
  AskName,
  ControlCondition,
  FaultEntry,
  KeptLeg,
  NumberedEvent,
  PutOutReason,
  Replies,
  SiteMeasure,
  SiteReport,
  TellMap,
  Welcome,
  Whisper,
  WhisperAtSite,
} from '../../server/protocol/wire.ts';
import { withFaults } from './faults.ts';
import { fold, type View, viewOf } from './fold.ts';
import { type CommandOutcome, meantFor, Outbox } from './outbox.ts';
import { longestWait, retryDelay } from './retry.ts';
import { ServerClock, slow } from './serverClock.ts';
import { sharing } from './sharing.ts';

type LinkStatus =
  | { readonly is: 'connecting' | 'live' | 'lost' }
  /** The server does not accept the pass. Tried again, slowly: it may only not know it yet. */
  | { readonly is: 'refused' }
  /** Put out by the server. Nothing is tried until a person asks for it. */
  | { readonly is: 'putOut'; readonly reason: PutOutReason };

/** The line broke before the server answered. What was asked may or may not have been done. */
class LineLost extends Error {}

/** How long an answer may take, in milliseconds. */
const answerWithin = 8_000;
/** How often the server's time is asked for, in milliseconds; sooner when an answer was slow. */
const askClockEvery = 20_000;
const askClockSoon = 1_500;

interface LinkOptions {
  readonly pass: string;
  /** This page load's own id, kept over reconnections, so that the page does not evict itself. */
  readonly page: string;
}

/** The page's line to the server: state and status as signals, commands and questions as calls. */
export class Link {
  readonly #status = signal<LinkStatus>({ is: 'connecting' });
  readonly #welcome = signal<Welcome | null>(null);
  readonly #state = signal<BriefingState | null>(null);
  readonly status: ReadonlySignal<LinkStatus> = this.#status;
  /** The last welcome: a new one after every reconnection. */
  readonly welcome: ReadonlySignal<Welcome | null> = this.#welcome;
  readonly state: ReadonlySignal<BriefingState | null> = this.#state;
  readonly #sites = signal<ReadonlyMap<SeatId, SiteReport>>(new Map());
  /** What sites say of their devices; told to the office only. */
  readonly sites: ReadonlySignal<ReadonlyMap<SeatId, SiteReport>> = this.#sites;
  readonly #measures = signal<ReadonlyMap<SeatId, SiteMeasure>>(new Map());
  /** What sites last measured; told to the office only. Those of lost sites stay, with their time. */
  readonly measures: ReadonlySignal<ReadonlyMap<SeatId, SiteMeasure>> = this.#measures;
  readonly #levels = signal<ReadonlyMap<SeatId, number>>(new Map());
  /** How loud open microphones are, in dBov (−127 … 0); silent and shut ones are absent. */
  readonly levels: ReadonlySignal<ReadonlyMap<SeatId, number>> = this.#levels;
  readonly #faults = signal<readonly FaultEntry[]>([]);
  /** The log of faults, newest first; told to technicians only. */
  readonly faults: ReadonlySignal<readonly FaultEntry[]> = this.#faults;
  readonly #whispers = signal<readonly Whisper[]>([]);
  /** Who of the office speaks with which site in private; told to the office only. */
  readonly whispers: ReadonlySignal<readonly Whisper[]> = this.#whispers;
  readonly #whisper = signal<WhisperAtSite | null>(null);
  /** Who speaks with this site in private; told to that site only. */
  readonly whisper: ReadonlySignal<WhisperAtSite | null> = this.#whisper;
  readonly clock = new ServerClock(() => performance.now());
  /** Whether the server hears this page now. */
  readonly live = computed(() => this.#status.value.is === 'live');
  readonly #control = signal<ControlCondition>('running');
  /** Whether commands are taken, as the server last said. */
  readonly control: ReadonlySignal<ControlCondition> = this.#control;
  /** The legs that this page still has: shown at every connection, so that media goes on. */
  legs: readonly KeptLeg[] = [];
  readonly socket: Socket<TellMap, AskMap>;
  readonly #outbox = new Outbox();
  /** Null while the full state is awaited; what comes meanwhile is kept in `#early`. */
  #view: View | null = null;
  #early: NumberedEvent[] = [];
  #attempt = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #clockTimer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor({ pass, page }: LinkOptions) {
    this.socket = io({
      transports: ['websocket'],
      auth: (show) => show({ pass, page, legs: this.legs }),
      // The retry policy is our own, and for ever; see retryDelay.
      reconnection: false,
      autoConnect: false,
    });
    this.socket.on('welcome', (welcome) => this.#onWelcome(welcome));
    this.socket.on('events', (events) => this.#onEvents(events));
    this.socket.on('sites', (reports) => {
      const known = reports.map((r) => [r.seat, r] as const);
      this.#sites.value = new Map([...this.#sites.peek(), ...known]);
    });
    this.socket.on('measures', (fresh) => {
      const newer = fresh.filter((m) => m.at > (this.#measures.peek().get(m.seat)?.at ?? 0));
      if (newer.length === 0) return;
      const known = newer.map((m) => [m.seat, m] as const);
      this.#measures.value = new Map([...this.#measures.peek(), ...known]);
    });
    this.socket.on('levels', (levels) => {
      this.#levels.value = new Map(Object.entries(levels));
    });
    this.socket.on('faults', (entries) => {
      this.#faults.value = withFaults(this.#faults.peek(), entries);
    });
    this.socket.on('whispers', (whispers) => {
      this.#whispers.value = whispers;
    });
    this.socket.on('whisper', (whisper) => {
      this.#whisper.value = whisper;
    });
    this.socket.on('control', ({ condition }) => {
      this.#control.value = condition;
    });
    this.socket.on('putOut', ({ reason }) => this.#onPutOut(reason));
    this.socket.on('connect', () => {
      this.#view = null;
      this.#early = [];
    });
    this.socket.on('disconnect', () => {
      this.#levels.value = new Map();
      // A whisper lives with the line.
      this.#whispers.value = [];
      this.#whisper.value = null;
      this.#onBroken('lost');
    });
    this.socket.on('connect_error', (error) => this.#onBroken(saidNo(error) ? 'refused' : 'lost'));
    globalThis.addEventListener?.('online', this.#tryNow);
    this.socket.connect();
  }

  /** Gives a command; the outcome is a value. A retry after a reconnection carries the same id. */
  command(command: BrowserCommand): Promise<CommandOutcome> {
    const id = crypto.randomUUID();
    const outcome = this.#outbox.add(id, command, performance.now());
    this.#send(id, command);
    setTimeout(() => this.#outbox.unanswered(performance.now()), meantFor + 50);
    return outcome;
  }

  /**
   * Asks the server something. Refusals are values.
   * @throws LineLost when there is no line, or it breaks before the answer.
   */
  ask<N extends AskName>(name: N, ask: Ask<N>): Promise<Replies[N]> {
    if (!this.socket.connected) return Promise.reject(new LineLost(name));
    return new Promise((resolve, reject) => {
      const answered = (broken: Error | null, reply: Replies[N]) =>
        broken ? reject(new LineLost(name, { cause: broken })) : resolve(reply);
      // The event map ties each name to its own payload; TypeScript cannot follow a generic name.
      const timed = this.socket.timeout(answerWithin) as unknown as {
        emit(name: N, ask: Ask<N>, answered: (e: Error | null, r: Replies[N]) => void): void;
      };
      timed.emit(name, ask, answered);
    });
  }

  /** A deliberate goodbye: the seat is left, not lost. */
  async leave(): Promise<void> {
    await this.ask('leave', {}).catch(() => undefined);
    this.close();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#retry);
    globalThis.removeEventListener?.('online', this.#tryNow);
    clearTimeout(this.#clockTimer);
    this.clock.close();
    this.socket.disconnect();
  }

  #onWelcome(welcome: Welcome): void {
    this.#attempt = 0;
    const { serverTime, speed } = welcome;
    this.clock.set({ serverTime, speed, receivedAt: performance.now(), roundTrip: null });
    void this.#askClock();
    batch(() => {
      this.#take(welcome.state);
      this.#status.value = { is: 'live' };
      this.#control.value = welcome.control;
      // The log comes whole after every welcome.
      this.#faults.value = [];
      this.#welcome.value = welcome;
    });
    for (const { id, command } of this.#outbox.unanswered(performance.now()))
      this.#send(id, command);
  }

  /** The whole truth, of which this page mostly knows all: what is the same stays the same object. */
  #take(whole: BriefingState): void {
    const state = sharing(this.#state.peek(), whole);
    const early = this.#early;
    this.#early = [];
    this.#view = viewOf(state);
    this.#state.value = state;
    if (early.length > 0) this.#onEvents(early);
  }

  #onEvents(events: readonly NumberedEvent[]): void {
    const folded = this.#view && fold(this.#view, events);
    if (folded?.ok) {
      this.#view = folded.view;
      this.#state.value = folded.view.state;
      return;
    }
    const awaited = this.#view === null;
    this.#view = null;
    this.#early.push(...events);
    if (!awaited) void this.#askSnapshot();
  }

  async #askSnapshot(): Promise<void> {
    try {
      const snapshot = await this.ask('snapshot', {});
      if (this.#view !== null) return;
      // A refusal leaves this page without the truth: the welcome of a new connection brings it.
      if (!snapshot.ok) return void this.socket.disconnect();
      this.#take(snapshot.state);
    } catch {
      // With the line gone, the next welcome brings the state; an answer merely late is asked again.
      if (this.#view === null && this.socket.connected) void this.#askSnapshot();
    }
  }

  /** Again and again: clocks of machines drift apart, and all surfaces must show the same. */
  async #askClock(): Promise<void> {
    clearTimeout(this.#clockTimer);
    const asked = performance.now();
    let next = askClockEvery;
    try {
      const answer = await this.ask('clock', {});
      const receivedAt = performance.now();
      const roundTrip = receivedAt - asked;
      if (answer.ok) this.clock.set({ ...answer, receivedAt, roundTrip });
      if (roundTrip > slow) next = askClockSoon;
    } catch {
      // The next welcome, or the next time, brings it.
    }
    if (this.#closed) return;
    clearTimeout(this.#clockTimer);
    this.#clockTimer = setTimeout(() => void this.#askClock(), next);
  }

  #send(id: string, command: BrowserCommand): void {
    this.ask('command', { id, command }).then(
      (outcome) => this.#outbox.answer(id, outcome),
      () => undefined,
    );
  }

  #onPutOut(reason: PutOutReason): void {
    this.#status.value = { is: 'putOut', reason };
    clearTimeout(this.#retry);
    this.socket.disconnect();
  }

  #onBroken(why: 'lost' | 'refused'): void {
    if (this.#closed || this.#status.value.is === 'putOut') return;
    const never = this.#welcome.value === null;
    this.#status.value = { is: why === 'lost' && never ? 'connecting' : why };
    const wait = why === 'refused' ? longestWait : retryDelay(this.#attempt++, Math.random());
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.socket.connect(), wait);
  }

  readonly #tryNow = (): void => {
    if (this.socket.connected || this.#closed || this.#status.value.is === 'putOut') return;
    clearTimeout(this.#retry);
    this.socket.connect();
  };
}

/** Tells a server that answered "no" from a server that did not answer. */
function saidNo(error: Error & { readonly type?: string }): boolean {
  return error.type !== 'TransportError' && error.message !== 'timeout';
}
