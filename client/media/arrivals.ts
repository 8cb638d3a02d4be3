import type { Stat } from './measure.ts';

/** Which receiver each received track comes from: the track itself does not say. */
const receivers = new WeakMap<MediaStreamTrack, RTCRtpReceiver>();

export function receivedBy(track: MediaStreamTrack, receiver: RTCRtpReceiver): void {
  receivers.set(track, receiver);
}

/** What the browser says of the track's way here; empty when the track is not received. */
export async function arrivalStats(track: MediaStreamTrack): Promise<readonly Stat[]> {
  const report = await receivers.get(track)?.getStats();
  return report ? [...report.values()] : [];
}

/**
 * When something of the track was last played out: a picture, or sound (webrtc-pc §5.3,
 * RTCRtpContributingSource). Milliseconds since the epoch; null when nothing ever was, or when the
 * track is not received.
 */
export function lastArrival(track: MediaStreamTrack): number | null {
  const times =
    receivers
      .get(track)
      ?.getSynchronizationSources()
      .map((s) => s.timestamp) ?? [];
  return times.length === 0 ? null : Math.max(...times);
}
