import type { Server as HttpServer } from 'node:http';
import type { Logger } from 'pino';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { Server } from 'socket.io';
import type { Recorded } from '../domain/event.ts';
import type { BriefingId } from '../domain/ids.ts';
import { handshake, type MediaProfile } from '../protocol/wire.ts';
import { answer, refused } from './asks.ts';
import { Fanout, rooms } from './fanout.ts';
import { verifyPass } from './identity.ts';
import { Page } from './page.ts';
import type { BriefingPort, BriefingsPort, FaultsPort, MediaPort, PresencePort } from './ports.ts';
import { FaultLog } from './sites/faultLog.ts';
import { LineChecks } from './sites/lineChecks.ts';
import type { PageServer, PageSocket } from './sites/pageServer.ts';
import { Sites } from './sites/sites.ts';
import { Whispers } from './sites/whispers.ts';

export interface GatewayOptions {
  readonly http: HttpServer;
  /** The socket.io adapter, for what concerns sockets of all servers. */
  readonly adapter: Parameters<Server['adapter']>[0];
  readonly secret: Uint8Array;
  readonly briefings: BriefingsPort;
  readonly presence: PresencePort;
  readonly media: MediaPort;
  readonly faults: FaultsPort;
  readonly profile: MediaProfile;
  /** Whether sites are measured as they come, in the last hour before the briefing. */
  readonly checkAtJoin: boolean;
  readonly limits: { readonly commandsPerSecond: number; readonly maxHttpBufferSize: number };
  readonly now: () => number;
  /** Milliseconds of `now` for each real one; 1 but in a rehearsal. */
  readonly speed: number;
  readonly log: Logger;
}

/** The wire to browsers: lets pages in, hands their asks on, sends each audience its events. */
export class Gateway {
  readonly #o: GatewayOptions;
  readonly #io: PageServer;
  readonly #pages = new Set<Page>();
  readonly #unsubscribe: () => void;
  readonly #sites: Sites;
  readonly #faults: FaultLog;
  readonly #lineChecks: LineChecks;
  readonly #whispers: Whispers;

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
    const { now, log, briefings, media } = o;
    this.#faults = new FaultLog({ io: this.#io, store: o.faults, now, log });
    const running = (id: BriefingId) => briefings.get(id)?.condition === 'running';
    const pages = this.#pages;
    this.#sites = new Sites({ io: this.#io, faults: this.#faults, running, now, log });
    this.#lineChecks = new LineChecks({ pages, atJoin: o.checkAtJoin, now, log });
    const stateOf = (id: BriefingId) => briefings.get(id)?.state;
    this.#whispers = new Whispers({ io: this.#io, pages, stateOf, running, now, log });
    // Every server hears every node: each tells its own pages.
    media.onLevels((id, levels) => this.#io.local.to(rooms.office(id)).emit('levels', levels));
    media.onNode((node, what) => {
      const is = (
        { lost: 'nodeLost', returned: 'nodeReturned', draining: 'nodeDraining' } as const
      )[what];
      for (const id of briefings.keys()) this.#faults.seenByAll(id, { is, node }, node);
    });
    this.#io.use((socket, next) => this.#letIn(socket, next));
    this.#io.on('connection', (socket) => void this.#enter(socket));
    this.#unsubscribe = briefings.each((id, briefing) => this.#serve(id, briefing));
  }

  async close(): Promise<void> {
    this.#unsubscribe();
    this.#sites.close();
    this.#lineChecks.close();
    this.#whispers.close();
    await this.#io.close();
  }

  #serve(id: BriefingId, briefing: BriefingPort): () => void {
    const fanout = new Fanout({
      briefing: id,
      from: briefing.state.version,
      emit: (room, events) => this.#io.local.to(room).emit('events', events),
    });
    const stops = [
      briefing.subscribe((events, state) => {
        fanout.send(events);
        this.#faults.events(id, events);
        this.#evict(id, events);
        this.#rejoin(id, events);
        this.#lineChecks.events(id, briefing, events);
        this.#whispers.events(id, events, state);
      }),
      briefing.onCondition((condition) => {
        const is = condition === 'running' ? 'controlRunning' : 'controlPaused';
        this.#faults.seenByAll(id, { is }, 'control');
        this.#io.local.to([rooms.office(id), rooms.points(id)]).emit('control', { condition });
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }

  /**
   * A newer connection of the same seat, here or at another server, ends the older at once; a plan
   * without a seat ends its page.
   */
  #evict(id: BriefingId, events: readonly Recorded[]): void {
    for (const { event } of events) {
      if (event.type === 'briefing.planned') {
        const planned = new Set(event.plan.points.map((point) => point.id));
        for (const page of this.#pages) {
          const goes = page.briefing === id && page.seat !== null && !planned.has(page.seat);
          if (goes) page.putOut('passRevoked');
        }
      }
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
    const known = await this.#o.briefings.open(identity.briefing).catch(() => null);
    if (known === null) return next(new Error('controlPaused'));
    if (known === undefined) return next(new Error('unknownBriefing'));
    socket.data.identity = identity;
    socket.data.page = shown.data.page;
    socket.data.legs = shown.data.legs ?? [];
    next();
  }

  async #enter(socket: PageSocket): Promise<void> {
    const { identity } = socket.data;
    const briefing = this.#o.briefings.get(identity.briefing);
    if (!briefing) return;
    const release = this.#o.briefings.hold(identity.briefing);
    const log = this.#o.log.child({
      briefing: identity.briefing,
      role: identity.role,
      seat: identity.seat,
      connection: socket.id,
    });
    const { presence, media, profile, now, speed, limits } = this.#o;
    const sites = this.#sites;
    const whispers = this.#whispers;
    const page = new Page({
      socket,
      briefing,
      presence,
      media,
      profile,
      sites,
      whispers,
      now,
      speed,
      log,
    });
    this.#pages.add(page);
    socket.on('disconnect', () => {
      this.#pages.delete(page);
      page.leave();
      release();
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
    if (entered.ok) {
      inside = true;
      this.#lineChecks.entered(page, briefing);
    } else {
      log.warn({ refusal: entered.refusal }, 'page refused');
      socket.disconnect(true);
    }
  }
}
