import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import type { BriefingState } from '../../server/domain/briefing.ts';
import { evolve } from '../../server/domain/evolve.ts';
import type { AskMap, TellMap } from '../../server/protocol/wire.ts';

/** The briefing as the office sees it, for telling who is there and whether the chair sends. */
export class OfficeView {
  readonly #socket: Socket<TellMap, AskMap>;
  #state: BriefingState;

  /** @throws Error when the system does not answer or does not know the pass. */
  static async create({ url, pass }: { url: string; pass: string }): Promise<OfficeView> {
    const socket: Socket<TellMap, AskMap> = io(url, {
      transports: ['websocket'],
      auth: { pass, page: randomUUID() },
    });
    const state = await new Promise<BriefingState>((resolve, reject) => {
      socket.once('welcome', (welcome) => resolve(welcome.state));
      socket.once('connect_error', (error) =>
        reject(new Error(`${url} does not let the rehearsal in: ${error.message}. Is it running?`)),
      );
    });
    return new OfficeView(socket, state);
  }

  constructor(socket: Socket<TellMap, AskMap>, state: BriefingState) {
    this.#socket = socket;
    this.#state = state;
    socket.on('welcome', (welcome) => {
      this.#state = welcome.state;
    });
    socket.on('events', (events) => {
      for (const event of events) {
        if (event.version > this.#state.version) this.#state = evolve(this.#state, event);
      }
    });
  }

  get state(): BriefingState {
    return this.#state;
  }

  close(): void {
    this.#socket.disconnect();
  }
}
