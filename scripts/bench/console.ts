import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import { retryDelay } from '../../client/link/retry.ts';
import type { BriefingState } from '../../server/domain/briefing.ts';
import { evolve } from '../../server/domain/evolve.ts';
import type { BrowserCommand } from '../../server/protocol/commands.ts';
import type { AskMap, Replies, TellMap } from '../../server/protocol/wire.ts';
import { pause } from './figures.ts';

/** How long an answer may take, in milliseconds; as long as a page waits. */
const answerWithin = 8_000;
const pollMs = 10;

/**
 * A console's line to the servers without the console: it comes back by itself, by the very policy
 * of the pages, and follows the briefing as the office sees it.
 */
export class BenchConsole {
  readonly #socket: Socket<TellMap, AskMap>;
  #state: BriefingState | undefined;
  #live = false;
  #attempt = 0;
  #retry: NodeJS.Timeout | undefined;
  #closed = false;

  static async connect(options: { url: string; pass: string }): Promise<BenchConsole> {
    const made = new BenchConsole(options);
    while (!made.#live) await pause(pollMs);
    return made;
  }

  constructor({ url, pass }: { url: string; pass: string }) {
    this.#socket = io(url, {
      transports: ['websocket'],
      auth: { pass, page: randomUUID() },
      reconnection: false,
      forceNew: true,
    });
    this.#socket.on('welcome', ({ state }) => {
      this.#attempt = 0;
      this.#state = state;
      this.#live = true;
    });
    this.#socket.on('events', (events) => {
      for (const event of events) {
        if (this.#state && event.version > this.#state.version) {
          this.#state = evolve(this.#state, event);
        }
      }
    });
    this.#socket.on('disconnect', () => this.#broken());
    this.#socket.on('connect_error', () => this.#broken());
  }

  get live(): boolean {
    return this.#live;
  }

  get state(): BriefingState {
    if (!this.#state) throw new Error('the console was not let in');
    return this.#state;
  }

  /** Undefined when there is no line, or no answer came over it. */
  async command(command: BrowserCommand): Promise<Replies['command'] | undefined> {
    if (!this.#live) return undefined;
    const envelope = { id: randomUUID(), command };
    return this.#socket
      .timeout(answerWithin)
      .emitWithAck('command', envelope)
      .catch(() => undefined);
  }

  /** @throws Error naming the refusal. */
  async must(command: BrowserCommand): Promise<void> {
    const answer = await this.command(command);
    if (!answer?.ok) throw new Error(`${command.type}: ${answer?.refusal ?? 'no answer'}`);
  }

  /**
   * Gives a command every 20 ms until one is accepted, and gives that moment, in milliseconds of
   * `performance.now()`; undefined when none was in time. The seat is muted and unmuted in turn.
   */
  async accepted(seat: string, withinMs: number): Promise<number | undefined> {
    const deadline = performance.now() + withinMs;
    let mute = !this.state.seats[seat]?.muted;
    let at: number | undefined;
    while (at === undefined && performance.now() < deadline) {
      void this.command({ type: mute ? 'seat.mute' : 'seat.unmute', seat }).then((answer) => {
        if (answer?.ok) at ??= performance.now();
      });
      mute = !mute;
      await pause(20);
    }
    return at;
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#retry);
    this.#socket.disconnect();
  }

  #broken(): void {
    this.#live = false;
    if (this.#closed) return;
    clearTimeout(this.#retry);
    const wait = retryDelay(this.#attempt++, Math.random());
    this.#retry = setTimeout(() => this.#socket.connect(), wait);
  }
}
