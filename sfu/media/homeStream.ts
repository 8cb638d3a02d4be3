import type { types } from 'mediasoup';
import {
  type Demand,
  type RtpParameters,
  type Source,
  type StreamRef,
  streamKey,
} from '../protocol/media.ts';
import { type Clock, KeyFrameGate } from './keyFrameGate.ts';
import type { PipeOut } from './pipeOut.ts';
import { keyFrameRequestDelay, kindOf, type Stream } from './stream.ts';
import { isStart, Turnstile } from './turnstile.ts';

/** A sender that is told that nobody wants its stream has stopped after this time; ms. */
const stopsWithin = 1000;

export interface HomeStreamOptions {
  readonly transport: Pick<types.Transport, 'produce'>;
  readonly ref: StreamRef;
  readonly rtpParameters: RtpParameters;
  /** Whether the plan in force lets its packets through. */
  readonly open: boolean;
  readonly clock: Clock;
}

/** A stream that a browser sends to this node. */
export class HomeStream implements Stream {
  readonly ref: StreamRef;
  readonly key: string;
  readonly producer: types.Producer;
  readonly turnstile: Turnstile;
  readonly #gate: KeyFrameGate | undefined;
  readonly #pipes = new Map<string, PipeOut>();
  readonly #clock: Clock;
  #comings = 0;
  /** Since when nobody wants it; undefined while somebody does. */
  #idleSince: number | undefined = Number.NEGATIVE_INFINITY;
  /** Whether the plan lets its packets through, as it was last said. */
  #open = false;

  /** Rejects when mediasoup does not take the RTP parameters. */
  static async create(options: HomeStreamOptions): Promise<HomeStream> {
    const kind = kindOf[options.ref.source];
    const producer = await options.transport.produce({
      kind,
      rtpParameters: options.rtpParameters as types.RtpParameters,
      paused: !options.open,
      keyFrameRequestDelay,
    });
    if (kind === 'video') await producer.enableTraceEvent(['keyframe', 'pli', 'fir']);
    return new HomeStream(options, producer);
  }

  private constructor({ ref, clock, open }: HomeStreamOptions, producer: types.Producer) {
    this.ref = ref;
    this.#open = open;
    this.key = streamKey(ref);
    this.producer = producer;
    this.#clock = clock;
    if (producer.kind === 'audio') {
      this.turnstile = new Turnstile();
      return;
    }
    const gate = new KeyFrameGate({
      clock,
      onWave: (tickets, inFlight) => this.#wave(tickets, inFlight),
    });
    this.#gate = gate;
    this.turnstile = new Turnstile({
      expect: (t) => gate.expect(t),
      ready: (t) => gate.ready(t),
      again: (t) => gate.again(t),
      forget: (t) => gate.forget(t),
    });
    producer.on('trace', ({ type }) => {
      if (type === 'keyframe') gate.keyFrame();
      else gate.requested();
    });
  }

  get source(): Source {
    return this.ref.source;
  }

  /**
   * Lets packets through, or stops them here: for every receiver on every node at once. A worker
   * carries out in order what it is told, so what is said last holds; mediasoup's own flag is not
   * asked, because it changes only with the worker's answer, and with every wave.
   */
  async setOpen(open: boolean): Promise<void> {
    if (this.producer.closed || this.#open === open) return;
    this.#open = open;
    // Of whatever runs already mediasoup asks for a key frame now.
    if (open) this.#gate?.sleep();
    await (open ? this.producer.resume() : this.producer.pause());
  }

  /** Its sender starts to encode when somebody wants it, with a key frame; not so at once. */
  setDemand(demand: Demand): void {
    const now = this.#clock.now();
    if (demand === 'off') {
      this.#idleSince ??= now;
      return;
    }
    const idle = this.#idleSince;
    this.#idleSince = undefined;
    if (idle !== undefined && now - idle >= stopsWithin) this.#gate?.sleep();
  }

  /**
   * A pipe is being made: whoever wants the stream here at the same time waits for those at its
   * far end, who are not known yet. The answer ends the wait.
   */
  expectPipe(): () => void {
    const ticket = remote('coming', String(this.#comings++));
    this.#gate?.expect(ticket);
    return () => this.#gate?.forget(ticket);
  }

  addPipe(pipe: PipeOut): void {
    this.#pipes.set(pipe.id, pipe);
  }

  removePipe(pipe: PipeOut): void {
    this.#pipes.delete(pipe.id);
    for (const ticket of pipe.tickets) this.#gate?.forget(remote(pipe.id, ticket));
  }

  expectAt(pipe: PipeOut, ticket: string): void {
    this.#gate?.expect(remote(pipe.id, ticket));
  }

  readyAt(pipe: PipeOut, ticket: string): void {
    this.#gate?.ready(remote(pipe.id, ticket));
  }

  forgetAt(pipe: PipeOut, ticket: string): void {
    this.#gate?.forget(remote(pipe.id, ticket));
  }

  close(): void {
    this.#gate?.close();
    this.producer.close();
  }

  /** Those start at once who need no key frame but the one that is on its way. */
  async #join(here: readonly string[], there: Map<PipeOut, string[]>): Promise<void> {
    const far = [...there].map(async ([pipe, list]) => {
      await pipe.start(list, false);
      pipe.flow();
    });
    await Promise.all([this.turnstile.admit(here), ...far]);
  }

  /**
   * Starts these together on one key frame. A sender may answer a request within milliseconds, and
   * whoever starts after that has missed it; so the far ends start first, behind pipes that are
   * held, and all that is here within one pause of the source, which ends with the request.
   */
  async #wave(tickets: readonly string[], inFlight: boolean): Promise<void> {
    const { here, there } = this.#sorted(tickets);
    if (inFlight) return this.#join(here, there);
    const held = tickets.filter(isStart).length > 1;
    await Promise.all(
      [...there].map(([pipe, list]) => pipe.start(list, held && list.some(isStart))),
    );
    if (this.producer.closed) return;
    const pause = held && this.#open && here.filter(isStart).length + there.size > 1;
    const done: Promise<void>[] = [];
    if (pause) done.push(this.producer.pause());
    done.push(this.turnstile.admit(here));
    for (const pipe of there.keys()) pipe.flow();
    if (pause) done.push(this.producer.resume());
    await Promise.allSettled(done);
  }

  #sorted(tickets: readonly string[]) {
    const here: string[] = [];
    const there = new Map<PipeOut, string[]>();
    for (const ticket of tickets) {
      const slash = ticket.indexOf('/');
      const pipe = this.#pipes.get(ticket.slice(0, Math.max(0, slash)));
      if (slash < 0) here.push(ticket);
      else if (pipe) there.set(pipe, [...(there.get(pipe) ?? []), ticket.slice(slash + 1)]);
    }
    return { here, there };
  }
}

/** Ids of pipes and tickets hold no slash. */
const remote = (pipe: string, ticket: string) => `${pipe}/${ticket}`;
