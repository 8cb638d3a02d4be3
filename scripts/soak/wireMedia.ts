import type { Ask, Source } from '../../server/protocol/wire.ts';

/** A certificate's hash that nobody has: no handshake ever comes to ask. */
export const dtlsParameters: Ask<'media.connect'>['dtlsParameters'] = {
  role: 'client',
  fingerprints: [{ algorithm: 'sha-256', value: Array.from({ length: 32 }, () => 'AB').join(':') }],
};

type RtpParameters = Ask<'media.publish'>['rtpParameters'];

/** Sources of one transport differ in mid and SSRC (RFC 8843 §14.3). */
const mids: Readonly<Record<Source, number>> = {
  camera: 0,
  microphone: 1,
  presentation: 2,
  aside: 3,
};

/** What a browser would say of a source that it sends; a camera in three simulcast layers. */
export function rtpParametersOf(source: Source): RtpParameters {
  const mid = String(mids[source]);
  const ssrc = 1_000 * (mids[source] + 1);
  if (source === 'microphone') {
    return {
      mid,
      codecs: [{ mimeType: 'audio/opus', payloadType: 100, clockRate: 48_000, channels: 2 }],
      encodings: [{ ssrc }],
      rtcp: { cname: 'soak' },
    };
  }
  const layers = source === 'camera' ? 3 : 1;
  return {
    mid,
    codecs: [
      {
        mimeType: 'video/VP8',
        payloadType: 101,
        clockRate: 90_000,
        rtcpFeedback: [{ type: 'nack' }, { type: 'nack', parameter: 'pli' }],
      },
    ],
    encodings: Array.from({ length: layers }, (_, i) => ({ ssrc: ssrc + i })),
    rtcp: { cname: 'soak' },
  };
}
