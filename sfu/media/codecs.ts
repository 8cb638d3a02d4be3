import type { types } from 'mediasoup';

/**
 * What every browser speaks (RFC 7742, RFC 7874), so that whoever sends can be received by all:
 * a node does not ask what a receiver can decode. mediasoup adds retransmission, transport-wide
 * congestion control, NACK, PLI and FIR.
 */
export const mediaCodecs: types.RouterRtpCodecCapability[] = [
  {
    kind: 'audio',
    mimeType: 'audio/opus',
    clockRate: 48_000,
    channels: 2,
    parameters: { useinbandfec: 1, usedtx: 1 },
  },
  { kind: 'video', mimeType: 'video/VP8', clockRate: 90_000 },
];
