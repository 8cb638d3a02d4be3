import { z } from 'zod';
import {
  type ConsumerOffer,
  type Demand,
  direction,
  dtlsParameters,
  rtpParameters,
  type Source,
  source,
  type TransportOffer,
} from '../../sfu/protocol/media.ts';
import type { BriefingState } from '../domain/briefing.ts';
import type { Recorded } from '../domain/event.ts';
import type { BriefingId, Instant, SeatId, Version } from '../domain/ids.ts';
import type { LineResult } from '../domain/lineCheck.ts';
import type { Role } from '../domain/permits.ts';
import type { RefusalCode } from '../domain/refusal.ts';
import { commandEnvelope } from './commands.ts';
import type { FaultEntry } from './faults.ts';
import { type Leg, legs } from './legs.ts';
import type { CheckOrder } from './lineCheck.ts';
import { type DeviceState, device, type SiteMeasure, siteReading } from './measures.ts';
import { type RemoteAction, remoteAction } from './remote.ts';
import type { Whisper, WhisperAtSite } from './whisper.ts';

const leg = z.enum(legs);
const seat = z.string().min(1).max(64);

/** What a socket must show to be let in: the pass from its link, as socket.io's `auth`. */
export const handshake = z.strictObject({
  pass: z.string().min(16).max(2048),
  /** The page's own id, kept over reconnections of one page load, so that it does not evict itself. */
  page: z
    .string()
    .min(8)
    .max(64)
    .regex(/^[A-Za-z0-9-]+$/),
  /** The legs that this page load still has, so that media goes on over a change of server. */
  legs: z
    .array(
      z.strictObject({
        leg,
        node: z.string().min(1).max(96),
        incarnation: z.string().min(1).max(64),
        standby: z.boolean(),
      }),
    )
    .max(2)
    .optional(),
});
/** A leg as the page that has it names it to a server that may not know it. */
export type KeptLeg = NonNullable<z.infer<typeof handshake>['legs']>[number];

export interface Refused {
  readonly ok: false;
  readonly refusal: RefusalCode;
  /** For technicians and logs, in English; never shown to the room. */
  readonly detail?: string;
}
export type Reply<T> = ({ readonly ok: true } & T) | Refused;

/** browser → server. Each is answered by an acknowledgement. */
export const asks = {
  command: commandEnvelope,
  /** A client that saw a gap in the numbers (RFC 4575 §4: fetch the full state). */
  snapshot: z.strictObject({}),
  /** The time again: machines' clocks drift, and are set by people. */
  clock: z.strictObject({}),
  /** The page says goodbye: its seat is left, not lost. */
  leave: z.strictObject({}),
  /**
   * Makes (or makes anew) a leg: this page's two transports on one media node. An active leg is
   * asked for by the page when it has none; a standby leg after `media.standby`.
   */
  'media.open': z.strictObject({ standby: z.boolean() }),
  /** The active leg's path is dead, as this page sees it: the standby leg shall take its place. */
  'media.promote': z.strictObject({ leg }),
  'media.connect': z.strictObject({ leg, direction, dtlsParameters }),
  /** New ICE credentials for one transport (RFC 8445 §2.4): the page's address may have changed. */
  'media.restartIce': z.strictObject({ leg, direction }),
  'media.publish': z.strictObject({
    leg,
    source,
    kind: z.enum(['audio', 'video']),
    rtpParameters,
  }),
  'media.unpublish': z.strictObject({ leg, source }),
  /** The browser has made its side of these consumers. */
  'media.ready': z.strictObject({
    leg,
    consumers: z.array(z.string().max(64)).min(1).max(512),
  }),
  /** What an office page has on its screen: only that flows to it. Nobody else is told. */
  'media.view': z.strictObject({
    tiles: z.union([z.literal('all'), z.array(seat).max(256)]),
    closer: seat.nullable(),
  }),
  /** The page's media is to go on over another node. */
  'media.move': z.strictObject({}),
  /** What the page found of its devices: a measurement for the office, never an event. */
  'site.devices': z.strictObject({ camera: device, microphone: device }),
  /** What the page measured of its media. */
  'site.report': siteReading,
  /** A technician's hand on a site. Answered when the site's page has said that it does it. */
  'site.act': z.strictObject({ seat, action: remoteAction }),
  /** A secretary or technician begins to speak with one site in private; with one at a time. */
  'whisper.start': z.strictObject({ seat }),
  'whisper.stop': z.strictObject({}),
} as const;

export type AskName = keyof typeof asks;
export type Ask<N extends AskName> = z.infer<(typeof asks)[N]>;

export interface Replies {
  command: Reply<{ readonly version: Version }>;
  snapshot: Reply<Snapshot>;
  clock: Reply<ClockReading>;
  leave: Reply<object>;
  'media.open': Reply<MediaOffer>;
  'media.promote': Reply<object>;
  'media.connect': Reply<object>;
  'media.restartIce': Reply<{ readonly iceParameters: unknown }>;
  'media.publish': Reply<{ readonly producer: string }>;
  'media.unpublish': Reply<object>;
  'media.ready': Reply<object>;
  'media.view': Reply<object>;
  'media.move': Reply<object>;
  'site.devices': Reply<object>;
  'site.report': Reply<object>;
  'site.act': Reply<object>;
  'whisper.start': Reply<{ readonly whisper: Whisper }>;
  'whisper.stop': Reply<object>;
}

/** A site's own word about its devices, for the office's surfaces. */
export interface SiteReport {
  readonly seat: SeatId;
  readonly camera: DeviceState;
  readonly microphone: DeviceState;
}

/** The clock that the briefing goes by. */
export interface ClockReading {
  readonly serverTime: Instant;
  /** Its milliseconds for each real one: 1 but in a rehearsal. */
  readonly speed: number;
}

/** The briefing as this audience may see it, and the number of the last event sent to it. */
export interface Snapshot extends ClockReading {
  readonly state: BriefingState;
}

/**
 * An event as sent to browsers. What goes to everybody in an audience and what goes to one seat
 * alone are two channels, so that the first is written once for all; `after` is the version that
 * was sent before on the same channel. A client that has seen less than `after` has missed
 * something and asks for a snapshot (RFC 4575 §4); one that has seen `version` ignores it.
 */
export interface NumberedEvent extends Recorded {
  readonly channel: 'all' | 'own';
  readonly after: Version;
}

export interface MediaOffer {
  readonly leg: Leg;
  readonly node: string;
  /** Tells this endpoint from its former selves. */
  readonly incarnation: string;
  readonly rtpCapabilities: unknown;
  readonly iceServers: readonly unknown[];
  readonly send: TransportOffer;
  readonly receive: TransportOffer;
}

/** How this page is to send its camera and presentation; from the configuration. */
export interface MediaProfile {
  readonly camera: VideoProfile;
  readonly presentation: VideoProfile;
  /** Opus bitrate, bits per second. */
  readonly audioBitrate: number;
}

export interface VideoProfile {
  readonly width: number;
  readonly height: number;
  /** Frames per second. */
  readonly frameRate: number;
  /** Simulcast layers, lowest first: bits per second, by how much scaled down, frames per second. */
  readonly layers: readonly {
    readonly maxBitrate: number;
    readonly scaleDownBy: number;
    readonly maxFrameRate: number;
  }[];
}

export interface Welcome extends Snapshot {
  readonly briefing: BriefingId;
  readonly role: Role;
  /** The seat this page sits on; null for the wall, the secretary and the technician. */
  readonly seat: SeatId | null;
  readonly media: MediaProfile;
  readonly control: ControlCondition;
}

/**
 * Whether commands are taken. `paused`: the journal cannot be reached now, which mends itself.
 * `regressed`: the journal has lost what was accepted, and people must say how to go on.
 */
export type ControlCondition = 'running' | 'paused' | 'regressed';

/** Why a page was put out. `evicted`: the same seat was opened elsewhere. It must not fight back. */
export type PutOutReason = 'evicted' | 'tooManyCommands' | 'passRevoked';

/** server → browser. */
export interface TellMap {
  welcome: (w: Welcome) => void;
  events: (events: readonly NumberedEvent[]) => void;
  /**
   * Consumers of one leg to make, then to be named in `media.ready`; and consumers that are gone.
   * `complete`: these are all there are (after a change of server), and the page drops any other.
   */
  'media.consumers': (change: {
    readonly leg: Leg;
    readonly added: readonly ConsumerOffer[];
    readonly removed: readonly string[];
    readonly complete?: boolean;
  }) => void;
  /** How much of a leg's sources anybody wants: `off` means stop encoding. */
  'media.demand': (change: {
    readonly leg: Leg;
    readonly wanted: readonly { readonly source: Source; readonly demand: Demand }[];
  }) => void;
  /**
   * What flows now: this page's active leg, and for each seat that it receives the leg of that seat
   * on which its streams come. All other consumers wait, ready. Told whole at every change.
   */
  'media.route': (route: {
    readonly active: Leg;
    readonly sources: Readonly<Record<SeatId, Leg>>;
  }) => void;
  /** A standby leg can be had now: ask `media.open` with `standby`. */
  'media.standby': () => void;
  /** The leg is gone (node lost, moved). If it was the active one: ask `media.open` again. */
  'media.reset': (why: {
    readonly leg: Leg;
    readonly reason: 'nodeLost' | 'moved' | 'workerDied';
  }) => void;
  /** To the office: what sites found of their devices, all on arrival and then each change. */
  sites: (reports: readonly SiteReport[]) => void;
  /** To the office: what sites measured, all on arrival and then once a second what is new. */
  measures: (measures: readonly SiteMeasure[]) => void;
  /**
   * To the office, up to five times a second: how loud the open microphones are, in dBov (−127 … 0),
   * by the media nodes' measure. Whoever is silent or shut is absent. Told whole.
   */
  levels: (levels: Readonly<Record<SeatId, number>>) => void;
  /** To technicians: the log of faults, all that is kept on arrival and then each; newest first. */
  faults: (faults: readonly FaultEntry[]) => void;
  /** To one site: what a technician wants done there. */
  act: (action: RemoteAction, done: (reply: ActReply) => void) => void;
  /** To one site: measure the line. Its camera and its `aside` sound come back to it meanwhile. */
  check: (order: CheckOrder, done: (result: LineResult) => void) => void;
  /** To one site: somebody speaks with it in private; null: no more. */
  whisper: (whisper: WhisperAtSite | null) => void;
  /** To the office: who speaks with whom in private. Told whole, on arrival and at each change. */
  whispers: (whispers: readonly Whisper[]) => void;
  control: (now: { readonly condition: ControlCondition }) => void;
  putOut: (why: { readonly reason: PutOutReason }) => void;
}

/** A site's word on what it was told to do. */
export type ActReply =
  | { readonly ok: true }
  | { readonly ok: false; readonly refusal: RefusalCode };

export type AskMap = {
  [N in AskName]: (ask: Ask<N>, reply: (r: Replies[N]) => void) => void;
};

export type {
  ConsumerOffer,
  Demand,
  DeviceState,
  FaultEntry,
  Leg,
  RemoteAction,
  SiteMeasure,
  Source,
  TransportOffer,
  Whisper,
  WhisperAtSite,
};
