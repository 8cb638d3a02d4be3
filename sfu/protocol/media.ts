import { z } from 'zod';

/**
 * Media shapes: the parts of WebRTC that browsers, servers and media nodes hand one another.
 * Everything is bounded, because each of these comes from a wire that somebody can tamper with.
 */

/** Ids are opaque to a media node: a space is a briefing, an endpoint a seat or a viewer. */
export const opaqueId = z
  .string()
  .min(1)
  .max(96)
  .regex(/^[A-Za-z0-9][A-Za-z0-9:._-]*$/);

/** `aside` is sound beside the microphone's, for the one receiver that a plan names, and nobody else. */
export const source = z.enum(['camera', 'microphone', 'presentation', 'aside']);
export type Source = z.infer<typeof source>;

/** Names a stream within its space. */
export const streamRef = z.strictObject({ endpoint: opaqueId, source });
export type StreamRef = z.infer<typeof streamRef>;

export const streamKey = (s: StreamRef): string => `${s.endpoint}/${s.source}`;

/** How much of a stream a receiver wants: a simulcast layer; sound knows only `high`. */
export const layer = z.enum(['low', 'medium', 'high']);
export type Layer = z.infer<typeof layer>;

/** The most that anyone wants of a stream now; `off`: nobody, so the sender may stop encoding. */
export const demand = z.enum(['off', 'low', 'medium', 'high']);
export type Demand = z.infer<typeof demand>;

const shortText = z.string().max(256);

/** As SDP writes a certificate's hash (RFC 8122 §5); SHA-512 has 64 bytes. */
const fingerprint = z.string().regex(/^[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){15,63}$/);

export const dtlsParameters = z.strictObject({
  role: z.enum(['auto', 'client', 'server']).optional(),
  fingerprints: z
    .array(z.strictObject({ algorithm: shortText.min(1), value: fingerprint }))
    .min(1)
    .max(8),
});
export type DtlsParameters = z.infer<typeof dtlsParameters>;

const parameters = z.record(z.string().max(64), z.union([z.string().max(256), z.number()]));

const codec = z.strictObject({
  mimeType: z
    .string()
    .max(64)
    .regex(/^(audio|video)\/[A-Za-z0-9.-]+$/),
  payloadType: z.int().min(0).max(127),
  clockRate: z.int().positive().max(192_000),
  channels: z.int().min(1).max(8).optional(),
  parameters: parameters.optional(),
  rtcpFeedback: z
    .array(z.strictObject({ type: shortText, parameter: shortText.optional() }))
    .max(16)
    .optional(),
});

const ssrc = z.int().min(0).max(0xffff_ffff);

const encoding = z.strictObject({
  ssrc: ssrc.optional(),
  rid: z.string().max(16).optional(),
  codecPayloadType: z.int().min(0).max(127).optional(),
  rtx: z.strictObject({ ssrc }).optional(),
  dtx: z.boolean().optional(),
  scalabilityMode: z.string().max(16).optional(),
  scaleResolutionDownBy: z.number().min(1).max(64).optional(),
  maxBitrate: z.number().nonnegative().max(100_000_000).optional(),
  maxFramerate: z.number().nonnegative().max(240).optional(),
  active: z.boolean().optional(),
  adaptivePtime: z.boolean().optional(),
  priority: z.string().max(16).optional(),
  networkPriority: z.string().max(16).optional(),
});

/** RTP send parameters of a browser (ORTC; RFC 8834), as mediasoup-client makes them. */
export const rtpParameters = z.strictObject({
  mid: z.string().max(32).optional(),
  msid: z.string().max(256).optional(),
  codecs: z.array(codec).min(1).max(16),
  headerExtensions: z
    .array(
      z.strictObject({
        uri: z.string().max(128),
        id: z.int().min(1).max(255),
        encrypt: z.boolean().optional(),
        parameters: parameters.optional(),
      }),
    )
    .max(32)
    .optional(),
  encodings: z.array(encoding).min(1).max(4),
  rtcp: z
    .strictObject({
      cname: z.string().max(128).optional(),
      reducedSize: z.boolean().optional(),
      mux: z.boolean().optional(),
    })
    .optional(),
});
export type RtpParameters = z.infer<typeof rtpParameters>;

/** What a browser needs to make its side of a transport. Made by mediasoup, carried as it is. */
export interface TransportOffer {
  readonly id: string;
  readonly iceParameters: unknown;
  readonly iceCandidates: readonly unknown[];
  readonly dtlsParameters: unknown;
}

/** What a browser needs to receive one stream. */
export interface ConsumerOffer {
  readonly id: string;
  readonly producerId: string;
  readonly stream: StreamRef;
  readonly kind: 'audio' | 'video';
  readonly rtpParameters: unknown;
}

export const direction = z.enum(['send', 'receive']);
export type Direction = z.infer<typeof direction>;
