import type { types } from 'mediasoup';
import { type RtpParameters, type Source, type StreamRef, streamKey } from '../protocol/media.ts';
import { type Clock, KeyFrameGate } from './keyFrameGate.ts';
import type { PipeOut } from './pipeOut.ts';
import { keyFrameRequestDelay, kindOf, type Stream } from './stream.ts';
import { Turnstile } from './turnstile.ts';

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
  #comings = 0;

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
    return new HomeStream(options.ref, producer, options.clock);
  }

  private constructor(ref: StreamRef, producer: types.Producer, clock: Clock) {
    this.ref = ref;
    this.key = streamKey(ref);
    this.producer = producer;
    if (producer.kind === 'audio') {
      this.turnstile = new Turnstile();
      return;
    }
    const gate = new KeyFrameGate({ clock, onWave: (tickets) => this.#wave(tickets) });
    this.#gate = gate;
    this.turnstile = new Turnstile({
      expect: (t) => gate.expect(t),
      ready: (t) => gate.ready(t),
      again: (t) => gate.ready(t),
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

  /** Lets packets through, or stops them here: for every receiver on every node at once. */
  async setOpen(open: boolean): Promise<void> {
    if (this.producer.closed || this.producer.paused === !open) return;
    await (open ? this.producer.resume() : this.producer.pause());
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

  #wave(tickets: readonly string[]): void {
    const here: string[] = [];
    const there = new Map<string, string[]>();
    for (const ticket of tickets) {
      const slash = ticket.indexOf('/');
      if (slash < 0) {
        here.push(ticket);
        continue;
      }
      const pipe = ticket.slice(0, slash);
      const list = there.get(pipe) ?? [];
      list.push(ticket.slice(slash + 1));
      there.set(pipe, list);
    }
    // The far side first: its word travels while the key frame is being made.
    for (const [pipe, list] of there) this.#pipes.get(pipe)?.wave(list);
    this.turnstile.admit(here);
  }
}

/** Ids of pipes and tickets hold no slash. */
const remote = (pipe: string, ticket: string) => `${pipe}/${ticket}`;
