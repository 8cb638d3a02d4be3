import type { CSSProperties } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { StreamKey } from '../../media/streamKey.ts';
import { useSurface } from '../useSurface.ts';
import type { Shown } from './place.ts';

interface VideoProps {
  readonly stream: StreamKey;
  readonly track: MediaStreamTrack | undefined;
  readonly shown: Shown;
  readonly style?: CSSProperties | undefined;
}

/**
 * One picture. The element lives as long as its stream is received: who is large and who is not is
 * a matter of style alone, because a new element would start black.
 */
export function Video({ stream, track, shown, style }: VideoProps) {
  const { frames } = useSurface();
  const ref = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const video = ref.current;
    if (!video || !track) return;
    video.srcObject = new MediaStream([track]);
    // Muted pictures may always play; a rejection is a source that was replaced meanwhile.
    video.play().catch(() => undefined);
    const own = shown === 'own';
    const handle = video.requestVideoFrameCallback(() => {
      if (!own) frames.arrived(stream, track.id);
    });
    return () => {
      video.cancelVideoFrameCallback(handle);
      if (!own) frames.gone(stream, track.id);
    };
  }, [track, stream, shown === 'own']);
  return (
    <video
      ref={ref}
      class="picture"
      data-stream={stream}
      data-shown={shown}
      style={style}
      autoPlay
      muted
      playsInline
      disablePictureInPicture
    />
  );
}
