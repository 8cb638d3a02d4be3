import type { MediaProfile } from '../../server/protocol/wire.ts';
import type { DeviceKind } from './remembered.ts';

interface Wanted {
  readonly profile: MediaProfile;
  readonly asked: readonly DeviceKind[];
  /** By id; an empty id asks for none in particular. */
  readonly ids: Readonly<Partial<Record<DeviceKind, { ideal: string } | { exact: string }>>>;
}

/** What is asked of the browser: pictures as the briefing wants them, and speech made clean. */
export function deviceConstraints({ profile, asked, ids }: Wanted): MediaStreamConstraints {
  const { width, height, frameRate } = profile.camera;
  const of = (kind: DeviceKind) => {
    const id = ids[kind];
    return id && Object.values(id)[0] !== '' ? { deviceId: id } : {};
  };
  return {
    video: asked.includes('camera') && {
      ...of('camera'),
      width: { ideal: width },
      height: { ideal: height },
      frameRate: { ideal: frameRate },
    },
    audio: asked.includes('microphone') && {
      ...of('microphone'),
      channelCount: { ideal: 1 },
      echoCancellation: true,
      noiseSuppression: true,
      autoGainControl: true,
    },
  };
}
