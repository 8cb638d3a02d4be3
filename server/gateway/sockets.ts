import type { Server as HttpServer } from 'node:http';
import type { Logger } from 'pino';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { Server } from 'socket.io';
import type { Recorded } from '../domain/event.ts';
import type { BriefingId } from '../domain/ids.ts';
import { type AskMap, handshake, type MediaProfile, type TellMap } from '../protocol/wire.ts';
import { answer, refused } from './asks.ts';
import { Fanout, rooms } from './fanout.ts';
import { verifyPass } from './identity.ts';
import { Page, type PageSocket, type Sites, type SocketData } from './page.ts';
import type { BriefingPort, MediaPort, PresencePort } from './ports.ts';

export interface GatewayOptions {
  readonly http: HttpServer;
  /** The socket.io adapter, for what concerns sockets of all servers. */
  readonly adapter: Parameters<Server['adapter']>[0];
  readonly secret: Uint8Array;
  readonly briefings: ReadonlyMap<BriefingId, BriefingPort>;
  readonly presence: PresencePort;
  readonly media: MediaPort;
  readonly profile: MediaProfile;
  readonly limits: { readonly commandsPerSecond: number; readonly maxHttpBufferSize: number };
  readonly now: () => number;
  readonly log: Logger;
}

type PageServer = Server<AskMap, TellMap, Record<string, never>, SocketData>;

/** The wire to browsers: lets pages in, hands their asks on, sends each audience its events. */
export class Gateway {
  readonly #o: GatewayOptions;
  readonly #io: PageServer;
  readonly #pages = new Set<Page>();
  readonly #unsubscribe: (() => void)[] = [];

  constructor(o: GatewayOptions) {
    this.#o = o;
    this.#io = new Server(o.http, {
      // Websocket alone: polling would need sticky sessions in front of several servers.
      transports: ['websocket'],
      maxHttpBufferSize: o.limits.maxHttpBufferSize,
      // The default notices a dead peer after up to 45 s; a seat's loss must show sooner.
      pingInterval: 4_000,
      pingTimeout: 4_000,
      serveClient: false,
      adapter: o.adapter,
    });
    this.#io.use((socket, next) => this.#letIn(socket, next));
    this.#io.on('connection', (socket) => void this.#enter(socket));
    for (const [id, briefing] of o.briefings) this.#serve(id, briefing);
  }

  /** Sites and office pages may be at different servers: the adapter carries this between them. */
  readonly #sites: Sites = {
    all: async (briefing) => {
      const sockets = await this.#io
        .in([rooms.points(briefing), rooms.office(briefing)])
        .fetchSockets();
      return sockets.flatMap(({ data }) => (data.devices ? [data.devices] : []));
    },
    tell: (briefing, report) => this.#io.to(rooms.office(briefing)).emit('sites', [report]),
  };

  async close(): Promise<void> {
    for (const stop of this.#unsubscribe.splice(0)) stop();
    await this.#io.close();
  }

  #serve(id: BriefingId, briefing: BriefingPort): void {
    const fanout = new Fanout({
      briefing: id,
      from: briefing.state.version,
      emit: (room, events) => this.#io.local.to(room).emit('events', events),
    });
    this.#unsubscribe.push(
      briefing.subscribe((events) => {
        fanout.send(events);
        this.#evict(id, events);
        this.#rejoin(id, events);
      }),
      briefing.onCondition((condition) => {
        this.#io.local.to([rooms.office(id), rooms.points(id)]).emit('control', { condition });
      }),
    );
  }

  /** A newer connection of the same seat, here or at another server, ends the older at once. */
  #evict(id: BriefingId, events: readonly Recorded[]): void {
    for (const { event } of events) {
      if (event.type !== 'seat.joined') continue;
      for (const page of this.#pages) {
        if (
          page.briefing === id &&
          page.seat === event.seat &&
          page.connection !== event.connection
        ) {
          page.putOut('evicted');
        }
      }
    }
  }

  /**
   * A seat was given up for lost by another server while its socket is open at this one: this
   * process had stood still, or Redis had forgotten the lease. The seat is taken again.
   */
  #rejoin(id: BriefingId, events: readonly Recorded[]): void {
    for (const { event } of events) {
      if (event.type !== 'seat.lost') continue;
      for (const page of this.#pages) {
        if (page.briefing === id && page.connection === event.connection) void page.rejoin();
      }
    }
  }

  async #letIn(socket: PageSocket, next: (error?: Error) => void): Promise<void> {
    const shown = handshake.safeParse(socket.handshake.auth);
    const identity =
      shown.success && (await verifyPass({ pass: shown.data.pass, secret: this.#o.secret }));
    if (!shown.success || !identity) return next(new Error('notPermitted'));
    if (!this.#o.briefings.has(identity.briefing)) return next(new Error('unknownBriefing'));
    socket.data.identity = identity;
    socket.data.page = shown.data.page;
    socket.data.legs = shown.data.legs ?? [];
    next();
  }

  async #enter(socket: PageSocket): Promise<void> {
    const { identity } = socket.data;
    const briefing = this.#o.briefings.get(identity.briefing);
    if (!briefing) return;
    const log = this.#o.log.child({
      briefing: identity.briefing,
      role: identity.role,
      seat: identity.seat,
      connection: socket.id,
    });
    const { presence, media, profile, now, limits } = this.#o;
    const sites = this.#sites;
    const page = new Page({ socket, briefing, presence, media, profile, sites, now, log });
    this.#pages.add(page);
    socket.on('disconnect', () => {
      this.#pages.delete(page);
      page.leave();
    });
    const limiter = new RateLimiterMemory({ points: limits.commandsPerSecond, duration: 1 });
    const handlers = page.handlers();
    let inside = false;
    socket.use((packet) => {
      const reply = packet.at(-1);
      const refuse = (why: 'tooManyCommands' | 'notPermitted') => {
        if (typeof reply === 'function') reply(refused(why));
      };
      limiter.consume(socket.id).then(
        () =>
          inside
            ? answer({
                packet,
                handlers,
                onBug: (err, ask) => log.error({ err, ask }, 'an ask failed'),
              })
            : refuse('notPermitted'),
        (limit: { consumedPoints?: number }) => {
          refuse('tooManyCommands');
          // A page that goes on regardless is broken or hostile: it may come back and behave.
          if ((limit.consumedPoints ?? 0) > limits.commandsPerSecond * 10) {
            page.putOut('tooManyCommands');
          }
        },
      );
    });
    const entered = await page.enter();
    if (entered.ok) inside = true;
    else {
      log.warn({ refusal: entered.refusal }, 'page refused');
      socket.disconnect(true);
    }
  }
}
