import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import { fold, type View, viewOf } from '../../client/link/fold.ts';
import type { BriefingState } from '../../server/domain/briefing.ts';
import { requestOf } from '../../server/domain/floor.ts';
import type { RequestId, SeatId } from '../../server/domain/ids.ts';
import type { PageRole } from '../../server/gateway/identity.ts';
import type { BrowserCommand } from '../../server/protocol/commands.ts';
import type {
  AskMap,
  AskName,
  NumberedEvent,
  PutOutReason,
  Replies,
  TellMap,
  Welcome,
} from '../../server/protocol/wire.ts';
import type { Cluster } from './cluster.ts';
import { until } from './until.ts';

export interface ClientOptions {
  readonly cluster: Cluster;
  /** Which server to go to. */
  readonly server?: number;
  readonly role: PageRole;
  readonly seat?: SeatId | null;
  /** The page load; a reconnection of the same page carries the same. */
  readonly page?: string;
  /** Adds listeners before the server can say anything: what it says at once is not lost. */
  readonly prepare?: (client: ClusterClient) => void;
}

/** How long an answer may take before the test gives up, in milliseconds. */
const answerWithinMs = 10_000;

/** A page without a browser: the wire as browsers speak it, and what they would have folded. */
export class ClusterClient {
  readonly socket: Socket<TellMap, AskMap>;
  readonly page: string;
  /** Everything that came, in order. */
  readonly events: NumberedEvent[] = [];
  readonly welcomes: Welcome[] = [];
  readonly putOuts: PutOutReason[] = [];
  /** How often events did not follow what was known. */
  gaps = 0;
  #view: View | undefined;

  /** @throws Error with the server's own word, when it does not let the page in. */
  static async connect(options: ClientOptions): Promise<ClusterClient> {
    const { cluster, server = 0, role, seat = null, page = randomUUID() } = options;
    const client = new ClusterClient(cluster.url(server), {
      pass: await cluster.pass(role, seat),
      page,
    });
    options.prepare?.(client);
    await client.welcomed();
    return client;
  }

  constructor(url: string, auth: unknown) {
    this.page = (auth as { page?: string } | undefined)?.page ?? '';
    this.socket = io(url, {
      transports: ['websocket'],
      auth: auth as Record<string, unknown>,
      reconnection: false,
      forceNew: true,
    });
    this.socket.on('welcome', (welcome) => {
      this.welcomes.push(welcome);
      this.#view = viewOf(welcome.state);
    });
    this.socket.on('events', (events) => this.#take(events));
    this.socket.on('putOut', ({ reason }) => this.putOuts.push(reason));
  }

  get state(): BriefingState {
    if (!this.#view) throw new Error('not welcomed yet');
    return this.#view.state;
  }

  /** The number of the last event that it was sent. */
  get seen(): number {
    return this.#view ? Math.max(...Object.values(this.#view.seen)) : 0;
  }

  /** @throws Error when the server says no or closes the socket instead. */
  welcomed(): Promise<Welcome> {
    return new Promise((resolve, reject) => {
      const { socket } = this;
      socket.once('welcome', resolve);
      socket.once('connect_error', reject);
      socket.once('disconnect', (reason) => reject(new Error(`closed: ${reason}`)));
    });
  }

  /**
   * Asks whatever a test wants to ask: bodies need not be well-formed.
   * @throws Error when the socket closes, or nothing comes back.
   */
  ask<N extends AskName>(name: N, body: unknown): Promise<Replies[N]>;
  ask(name: string, ...body: unknown[]): Promise<Replies['command']>;
  ask(name: string, ...body: unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const closed = () => reject(new Error(`closed before the answer to ${name}`));
      this.socket.once('disconnect', closed);
      const fuse = setTimeout(() => reject(new Error(`no answer to ${name}`)), answerWithinMs);
      const socket = this.socket as unknown as { emit(name: string, ...rest: unknown[]): void };
      socket.emit(name, ...body, (answer: unknown) => {
        clearTimeout(fuse);
        this.socket.off('disconnect', closed);
        resolve(answer);
      });
    });
  }

  command(command: BrowserCommand, id: string = randomUUID()): Promise<Replies['command']> {
    return this.ask('command', { id, command });
  }

  /** @throws Error naming the refusal, when the command is not accepted. */
  async done(command: BrowserCommand): Promise<number> {
    const answer = await this.command(command);
    if (!answer.ok) throw new Error(`${command.type} refused: ${answer.refusal}`);
    return answer.version;
  }

  /** Waits until what this page knows satisfies the condition. */
  sees(what: string, condition: (state: BriefingState) => unknown): Promise<BriefingState> {
    return until(() => (condition(this.state) ? this.state : undefined), {
      what: `${this.page} to see ${what}`,
      seen: () => ({ floor: this.state.floor, version: this.state.version }),
    });
  }

  /** The seat's live request, once this page knows of it. */
  async requestOf(seat: SeatId): Promise<RequestId> {
    const found = await until(() => requestOf(this.state.floor, seat)?.id, {
      what: `a request of ${seat}`,
    });
    return found;
  }

  /** Waits until the server has ended the connection. */
  async closed(): Promise<void> {
    await until(() => this.socket.disconnected, { what: 'the server to close the socket' });
  }

  /** The line goes without a word. */
  drop(): void {
    this.socket.io.engine.close();
  }

  close(): void {
    this.socket.disconnect();
  }

  #take(events: readonly NumberedEvent[]): void {
    this.events.push(...events);
    if (!this.#view) return;
    const folded = fold(this.#view, events);
    if (folded.ok) this.#view = folded.view;
    else this.gaps += 1;
  }
}
