import { z } from 'zod';
import { layer, source } from '../../sfu/protocol/media.ts';
import type { Instant, SeatId } from '../domain/ids.ts';
import { legs } from './legs.ts';

/**
 * What a site measures of itself every two seconds. Measurements travel beside the events: nothing
 * is decided from them without a command. What the browser does not tell is null.
 */

/** Whether a page has a device; else why not, as the browser said it. */
export const device = z.enum(['live', 'missing', 'busy', 'denied', 'insecure']);
export type DeviceState = z.infer<typeof device>;

/** A part of a whole, 0 … 1. */
const share = z.number().min(0).max(1);
/** Milliseconds. */
const ms = z.number().min(0).max(600_000);
/** Bits per second. */
const bitrate = z.number().min(0).max(10_000_000_000);
/** Pictures per second. */
const rate = z.number().min(0).max(1_000);
const pixels = z.int().min(0).max(16_384);
const count = z.int().min(0).max(1_000_000_000);
const words = z.string().max(120);

const size = z.strictObject({ width: pixels, height: pixels });

export const siteReading = z.strictObject({
  roundTripMs: ms.nullable(),
  /** Of what this site sends, by the media node's word (RTCP, RFC 3550 §6.4.1). */
  lossUp: share.nullable(),
  /** Of what this site receives. */
  lossDown: share.nullable(),
  jitterMs: ms.nullable(),
  bitrateUp: bitrate,
  bitrateDown: bitrate,
  /** What the browser believes that the line carries upwards. */
  availableUp: bitrate.nullable(),
  /** The camera as it is sent now. */
  sent: z.strictObject({
    /** `off`: nobody wants it, so that nothing is encoded. */
    wanted: z.enum(['off', 'low', 'medium', 'high']),
    framesPerSecond: rate,
    size: size.nullable(),
    /** Why the browser sends less than it was asked to (W3C webrtc-stats, qualityLimitationReason). */
    limitedBy: z.enum(['none', 'cpu', 'bandwidth', 'other']),
    /** The camera delivers pictures that are all but black. Null: not known. */
    dark: z.boolean().nullable(),
  }),
  /** The pictures of the programme that should be seen here now. */
  pictures: z
    .array(
      z.strictObject({
        seat: z.string().min(1).max(64),
        source,
        framesPerSecond: rate,
        size: size.nullable(),
      }),
    )
    .max(16),
  /** How often a received picture stood still since the page began, and for how long altogether. */
  freezes: count,
  frozenMs: z.number().min(0).max(1_000_000_000),
  /** The share of the sound that was heard here which had to be made up. */
  concealed: share.nullable(),
  /** The open microphone's own level, 0 … 1 (W3C webrtc-stats, audioLevel); null while it is shut. */
  level: share.nullable(),
  cameraLabel: words.nullable(),
  microphoneLabel: words.nullable(),
  browser: words,
  system: words,
  node: z.string().max(96).nullable(),
  leg: z.enum(legs).nullable(),
  /** The node of the leg that stands by, when it could take over now. */
  standbyNode: z.string().max(96).nullable(),
  /** A technician's limit to the layers that are sent. */
  cap: layer.nullable(),
  /** Whether the page can be seen: browsers slow a hidden one down. */
  visible: z.boolean(),
  /** How long the page has been there. */
  uptimeMs: z.number().min(0).max(10_000_000_000),
});
export type SiteReading = z.infer<typeof siteReading>;

/** A site's last reading as the office is told it. */
export interface SiteMeasure extends SiteReading {
  readonly seat: SeatId;
  /** When it came. */
  readonly at: Instant;
  /** Since when nothing about how the site sends and receives has changed; see `notable`. */
  readonly since: Instant;
}

/** What of a reading is a change worth a time of its own, and not just another figure. */
export const notable = (r: SiteReading): string =>
  JSON.stringify([
    r.cameraLabel,
    r.microphoneLabel,
    r.node,
    r.leg,
    r.cap,
    r.sent.wanted,
    r.sent.limitedBy,
    r.sent.dark,
    r.visible,
    r.pictures.map((p) => [p.seat, p.source, p.framesPerSecond > 0]),
  ]);
