import type { Logger } from 'pino';
import type { BriefingId, SeatId } from '../../domain/ids.ts';
import type { FaultEntry } from '../../protocol/faults.ts';
import { notable, type SiteReading } from '../../protocol/measures.ts';
import type {
  ActReply,
  DeviceState,
  RemoteAction,
  SiteMeasure,
  SiteReport,
} from '../../protocol/wire.ts';
import { rooms } from '../fanout.ts';
import type { FaultLog } from './faultLog.ts';
import type { PageServer, PageSocket } from './pageServer.ts';
import { faultOf, nothingSeen, type Watch, watch } from './watch.ts';

/** From one batch of measures to the next, milliseconds. */
const batchMs = 1_000;
/** How long a site may take to say that it does what it was told, milliseconds. */
const actWithinMs = 5_000;

export interface SitesOptions {
  readonly io: PageServer;
  readonly faults: FaultLog;
  /** Whether other servers can be reached now, through Redis. */
  readonly running: (briefing: BriefingId) => boolean;
  readonly now: () => number;
  readonly log: Logger;
}

/**
 * What sites measure and what technicians do to them, over all servers. It travels beside the
 * journal: a site's last word stays with its socket, and goes with it.
 */
export class Sites {
  readonly #o: SitesOptions;
  readonly #fresh = new Map<BriefingId, Map<SeatId, SiteMeasure>>();
  /** Whose cameras are sent, by the sites' own last word, at whichever server they are. */
  readonly #sending = new Map<BriefingId, Map<SeatId, boolean>>();
  readonly #watches = new WeakMap<PageSocket, Watch>();
  #timer: NodeJS.Timeout | undefined;

  constructor(o: SitesOptions) {
    this.#o = o;
    o.io.on('measures', (briefing, measures) => {
      this.#note(briefing, measures);
      o.io.local.to(rooms.office(briefing)).emit('measures', measures);
    });
  }

  /** What the site found of its devices. */
  devices(
    socket: PageSocket,
    seat: SeatId,
    found: { readonly camera: DeviceState; readonly microphone: DeviceState },
  ): void {
    const { briefing } = socket.data.identity;
    const before = socket.data.devices;
    const report: SiteReport = { seat, ...found };
    socket.data.devices = report;
    this.#o.io.to(rooms.office(briefing)).emit('sites', [report]);
    for (const device of ['camera', 'microphone'] as const) {
      const was = before?.[device] ?? 'live';
      const is = found[device];
      if (was === is) continue;
      const what =
        is === 'live'
          ? ({ is: 'deviceBack', seat, device } as const)
          : ({ is: 'deviceTrouble', seat, device, why: is } as const);
      this.#o.faults.add(briefing, what);
    }
  }

  /** What the site measured: told with the next batch, and watched for faults. */
  report(socket: PageSocket, seat: SeatId, reading: SiteReading): void {
    const { briefing } = socket.data.identity;
    const at = this.#o.now();
    const before = socket.data.measure;
    const same = before !== undefined && notable(before) === notable(reading);
    const measure: SiteMeasure = { ...reading, seat, at, since: same ? before.since : at };
    socket.data.measure = measure;
    const fresh = this.#fresh.get(briefing) ?? new Map<SeatId, SiteMeasure>();
    this.#fresh.set(briefing, fresh.set(seat, measure));
    this.#timer ??= setTimeout(() => this.#tell(), batchMs);
    this.#note(briefing, [measure]);
    const sends = (of: SeatId) => this.#sending.get(briefing)?.get(of) ?? false;
    const seen = watch(this.#watches.get(socket) ?? nothingSeen, reading, sends);
    this.#watches.set(socket, seen.watch);
    for (const trouble of seen.began) {
      this.#o.faults.add(briefing, { is: faultOf[trouble].began, seat });
    }
    for (const trouble of seen.ended) {
      this.#o.faults.add(briefing, { is: faultOf[trouble].ended, seat });
    }
  }

  /** Has the page that sits on the seat do something, at whichever server it is. */
  async act(o: {
    briefing: BriefingId;
    seat: SeatId;
    connection: string;
    action: RemoteAction;
  }): Promise<ActReply> {
    const gone = { ok: false, refusal: 'seatNotConnected' } as const;
    let reply: ActReply | undefined;
    try {
      [reply] = await this.#o.io.to(o.connection).timeout(actWithinMs).emitWithAck('act', o.action);
    } catch (err) {
      this.#o.log.debug({ err, seat: o.seat }, 'no answer from a site');
    }
    this.#o.log.info(
      { briefing: o.briefing, seat: o.seat, action: o.action, done: reply?.ok ?? false },
      'a technician acts on a site',
    );
    if (!reply) return gone;
    return reply.ok ? { ok: true } : { ok: false, refusal: reply.refusal ?? 'malformed' };
  }

  /** Tells an office page that has just come what there is. */
  async welcome(socket: PageSocket): Promise<void> {
    const { briefing, role } = socket.data.identity;
    if (role === 'technician') void this.#tellFaults(socket, briefing);
    try {
      const sockets = await this.#o.io
        .in([rooms.points(briefing), rooms.office(briefing)])
        .fetchSockets();
      const reports = sockets.flatMap(({ data }) => (data.devices ? [data.devices] : []));
      const measures = sockets.flatMap(({ data }) => (data.measure ? [data.measure] : []));
      socket.emit('sites', reports);
      if (measures.length > 0) socket.emit('measures', measures);
    } catch (err) {
      // Another server that does not answer in time: its sites' next change is told all the same.
      this.#o.log.warn({ err }, 'site reports incomplete');
    }
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #note(briefing: BriefingId, measures: readonly SiteMeasure[]): void {
    const sending = this.#sending.get(briefing) ?? new Map<SeatId, boolean>();
    this.#sending.set(briefing, sending);
    for (const { seat, sent } of measures) sending.set(seat, sent.framesPerSecond > 0);
  }

  async #tellFaults(socket: PageSocket, briefing: BriefingId): Promise<void> {
    const entries: readonly FaultEntry[] = await this.#o.faults.recent(briefing);
    socket.emit('faults', entries);
  }

  /** To this server's own pages at once; to those of others as far as they can be reached. */
  #tell(): void {
    this.#timer = undefined;
    const { io, running } = this.#o;
    for (const [briefing, fresh] of this.#fresh) {
      const measures = [...fresh.values()];
      io.local.to(rooms.office(briefing)).emit('measures', measures);
      // While Redis is away this would only pile up: measures are soon of no worth.
      if (running(briefing)) io.serverSideEmit('measures', briefing, measures);
    }
    this.#fresh.clear();
  }
}
