import type { Logger } from 'pino';
import type { LineResult } from '../domain/lineCheck.ts';
import type { Actor } from '../domain/permits.ts';
import { seatById } from '../domain/roster.ts';
import { type CheckOrder, lineResult } from '../protocol/lineCheck.ts';
import type { Whisper } from '../protocol/whisper.ts';
import type {
  Ask,
  ClockReading,
  MediaProfile,
  PutOutReason,
  Replies,
  Snapshot,
} from '../protocol/wire.ts';
import { type Handlers, refused } from './asks.ts';
import { audienceOf, visibleTo } from './audience.ts';
import { rooms } from './fanout.ts';
import type { Identity, PageRole } from './identity.ts';
import type { BriefingPort, MediaPort, MediaSession, PresencePort, Submitted } from './ports.ts';
import type { PageSocket } from './sites/pageServer.ts';
import type { Sites } from './sites/sites.ts';
import type { Whispers } from './sites/whispers.ts';

export interface PageOptions {
  readonly socket: PageSocket;
  readonly briefing: BriefingPort;
  readonly presence: PresencePort;
  readonly media: MediaPort;
  readonly profile: MediaProfile;
  readonly sites: Sites;
  readonly whispers: Whispers;
  readonly now: () => number;
  readonly speed: number;
  readonly log: Logger;
}

/** One connected page: its seat while its socket lives, its view of the briefing, its asks. */
export class Page {
  readonly #o: PageOptions;
  readonly #identity: Identity;
  readonly #actor: Actor;
  #media: MediaSession | undefined;
  /** How the seat was given up, so that its socket's end is not taken for a loss. */
  #over: 'no' | 'left' | 'putOut' = 'no';
  #commands = 0;
  #checking = false;
  #whisper: Whisper | null = null;

  constructor(o: PageOptions) {
    this.#o = o;
    this.#identity = o.socket.data.identity;
    this.#actor = { role: this.#identity.role, seat: this.#identity.seat };
  }

  get briefing(): string {
    return this.#identity.briefing;
  }

  get seat(): string | null {
    return this.#identity.seat;
  }

  get role(): PageRole {
    return this.#identity.role;
  }

  /** By what the media side knows it. */
  get endpoint(): string {
    const { role, seat } = this.#identity;
    return seat ?? `${role}-${this.#o.socket.data.page}`;
  }

  /** Whether somebody speaks with it in private now. */
  get whispers(): boolean {
    return this.#whisper !== null;
  }

  /** The socket is the claim to the seat: a newer socket evicts it, be it of the same page. */
  get connection(): string {
    return this.#o.socket.id;
  }

  /** Takes the seat, if the page has one, and welcomes the page. */
  async enter(): Promise<Submitted> {
    const { socket, briefing, presence, media, profile, log } = this.#o;
    const { briefing: id, role, seat } = this.#identity;
    if (seat !== null) {
      const joined = await this.#system({ type: 'seat.join', seat, connection: this.connection });
      if (!joined.ok) return joined;
      if (socket.disconnected) {
        this.leave();
        return joined;
      }
      presence.claim({ briefing: id, seat, connection: this.connection });
    }
    if (this.#over !== 'no') return { ok: false, refusal: 'staleConnection' };
    this.#media = media.attach({
      briefing: id,
      endpoint: this.endpoint,
      page: socket.data.page,
      kept: socket.data.legs,
      role,
      seat,
      tell: (event, ...args) => {
        socket.emit(event, ...args);
      },
    });
    // It may have been told to measure already.
    this.#aside();
    // From here on without a pause: no event may slip in between the snapshot and the rooms.
    const audience = audienceOf(role);
    socket.join(audience === 'office' ? rooms.office(id) : rooms.points(id));
    if (role === 'technician') socket.join(rooms.technicians(id));
    if (audience === 'points' && seat !== null) socket.join(rooms.seat(id, seat));
    socket.emit('welcome', {
      ...this.#snapshot(),
      briefing: id,
      role,
      seat,
      media: profile,
      control: briefing.condition,
    });
    log.info('page entered');
    if (audience === 'office') {
      void this.#o.sites.welcome(socket);
      socket.emit('whispers', this.#o.whispers.list(id));
    }
    return { ok: true, version: briefing.state.version };
  }

  /** What the page may ask, once it is in. */
  handlers(): Handlers {
    const { briefing } = this.#o;
    const media = <T>(use: (m: MediaSession) => Promise<T>) =>
      this.#media ? use(this.#media) : { ok: false as const, refusal: 'mediaUnavailable' as const };
    return {
      command: ({ id, command }) => briefing.submit(command, this.#actor, id),
      snapshot: () => ({ ok: true, ...this.#snapshot() }),
      clock: () => ({ ok: true, ...this.#clock() }),
      leave: async () => {
        const { seat } = this.#identity;
        if (seat !== null && this.#over === 'no') {
          this.#over = 'left';
          await this.#system({ type: 'seat.leave', seat, connection: this.connection });
        }
        return { ok: true };
      },
      'site.devices': (found) => {
        const { seat } = this.#identity;
        if (seat === null) return refused('notPermitted');
        this.#o.sites.devices(this.#o.socket, seat, found);
        return { ok: true };
      },
      'site.report': (reading) => {
        const { seat } = this.#identity;
        if (seat === null) return refused('notPermitted');
        this.#o.sites.report(this.#o.socket, seat, reading);
        return { ok: true };
      },
      'site.act': (ask) => this.#act(ask),
      'whisper.start': ({ seat }) => this.#o.whispers.start(this, seat),
      'whisper.stop': () => {
        this.#o.whispers.stop(this);
        return { ok: true };
      },
      'media.view': (view) => {
        if (audienceOf(this.#identity.role) !== 'office') return refused('notPermitted');
        this.#media?.view(view);
        return { ok: true };
      },
      'media.move': () =>
        this.#media?.move() ? { ok: true } : refused('mediaUnavailable', 'no other media node'),
      'media.open': (ask) => media((m) => m.open(ask)),
      'media.promote': (ask) => media((m) => m.ask('media.promote', ask)),
      'media.connect': (ask) => media((m) => m.ask('media.connect', ask)),
      'media.restartIce': (ask) => media((m) => m.ask('media.restartIce', ask)),
      'media.publish': (ask) => media((m) => m.ask('media.publish', ask)),
      'media.unpublish': (ask) => media((m) => m.ask('media.unpublish', ask)),
      'media.ready': (ask) => media((m) => m.ask('media.ready', ask)),
    };
  }

  /** Has the site's page measure its line; null: it did not answer within so many milliseconds. */
  async checkLine(order: CheckOrder, withinMs: number): Promise<LineResult | null> {
    this.#checking = true;
    this.#aside();
    try {
      const said = await this.#o.socket.timeout(withinMs).emitWithAck('check', order);
      return lineResult.parse(said);
    } catch (err) {
      this.#o.log.info({ err }, 'no result of a line check');
      return null;
    } finally {
      this.#checking = false;
      this.#aside();
    }
  }

  /** Somebody speaks with this page in private, or nobody any more. */
  whisper(whisper: Whisper | null): void {
    if (this.#whisper?.seat === whisper?.seat && this.#whisper?.with === whisper?.with) return;
    this.#whisper = whisper;
    this.#aside();
    if (this.seat === null) return;
    const { by, with: peer } = whisper ?? {};
    this.#o.socket.emit('whisper', by && peer ? { by, with: peer } : null);
  }

  /** Takes its own seat again, unless it has been given up here or taken by another since. */
  async rejoin(): Promise<void> {
    const { briefing, presence, socket, log } = this.#o;
    const { seat } = this.#identity;
    if (seat === null || this.#over !== 'no' || socket.disconnected) return;
    const now = briefing.state.seats[seat];
    if (now?.status !== 'lost' || now.connection !== this.connection) return;
    log.warn('the seat was taken for lost: joining again');
    const joined = await this.#system({ type: 'seat.join', seat, connection: this.connection });
    if (joined.ok) presence.claim({ briefing: this.briefing, seat, connection: this.connection });
  }

  /** Puts the page out for good: it must not fight its way back. */
  putOut(reason: PutOutReason): void {
    if (this.#over !== 'no') return;
    if (reason === 'evicted') this.#over = 'putOut';
    this.#o.log.info({ reason }, 'page put out');
    this.#o.socket.emit('putOut', { reason });
    this.#o.socket.disconnect(true);
  }

  /** The socket has ended. Unless the page left or was evicted, its seat is lost from now on. */
  leave(): void {
    const { briefing: id, seat } = this.#identity;
    this.#o.whispers.stop(this);
    // The page may come back within its hold, and is then apart from nothing.
    this.#media?.aside(null);
    this.#media?.detach();
    this.#media = undefined;
    if (seat === null) return;
    this.#o.presence.drop({ briefing: id, seat, connection: this.connection });
    if (this.#over !== 'no') return;
    this.#over = 'left';
    // A refusal is normal (a newer connection has the seat); if Redis is away, the lease lapses.
    void this.#system({ type: 'seat.lose', seat, connection: this.connection });
  }

  async #act({ seat, action }: Ask<'site.act'>): Promise<Replies['site.act']> {
    const { briefing, role } = this.#identity;
    if (role !== 'technician') return refused('notPermitted');
    const site = seatById(this.#o.briefing.state.seats, seat);
    if (!site) return refused('unknownSeat');
    const { status, connection } = site;
    if (status !== 'connected' || !connection) return refused('seatNotConnected');
    return this.#o.sites.act({ briefing, seat, connection, action });
  }

  /** A whisper goes before a check. */
  #aside(): void {
    const peer = this.#whisper && (this.seat === null ? this.#whisper.seat : this.#whisper.with);
    if (peer !== null) this.#media?.aside({ is: 'whisper', with: peer });
    else this.#media?.aside(this.#checking ? { is: 'check' } : null);
  }

  #snapshot(): Snapshot {
    return {
      state: visibleTo(this.#o.briefing.state, this.#identity),
      ...this.#clock(),
    };
  }

  #clock(): ClockReading {
    const { now, speed } = this.#o;
    return { serverTime: now(), speed };
  }

  #system(command: Parameters<BriefingPort['submit']>[0]): Promise<Submitted> {
    this.#commands += 1;
    return this.#o.briefing.submit(
      command,
      { role: 'system', seat: null },
      `${this.connection}-${command.type}-${this.#commands}`,
    );
  }
}
