import type { CSSProperties } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** A camera whose picture has not moved for this long shows nothing any more, in milliseconds. */
const stale = 4_000;
/** How often a picture that is to take another's place is looked at, in milliseconds. */
const lookEvery = 50;

interface PlayerProps {
  readonly track: MediaStreamTrack | undefined;
  readonly place: Readonly<Record<`data-${string}`, string>>;
  readonly style: CSSProperties | undefined;
  /** A first picture has been decoded. Told again and again while it `waits`, with how many. */
  readonly onPicture: (of: MediaStreamTrack, decoded: number) => void;
  readonly waits?: boolean;
  /** It has not moved for long; when it does again, that is a first picture once more. */
  readonly onStale?: ((of: MediaStreamTrack) => void) | undefined;
}

/** One video element with one track, which it keeps for life. */
export function Player({ track, place, style, ...told }: PlayerProps) {
  const ref = useRef<HTMLVideoElement>(null);
  const now = useRef(told);
  now.current = told;
  useEffect(() => {
    const video = ref.current;
    if (!video || !track) return;
    const decoded = () => video.getVideoPlaybackQuality().totalVideoFrames;
    video.srcObject = new MediaStream([track]);
    // Muted pictures may always play; a rejection is a source that was replaced meanwhile.
    video.play().catch(() => undefined);
    const tell = () => now.current.onPicture(track, decoded());
    let waiting: ReturnType<typeof setInterval> | undefined;
    const first = () => {
      tell();
      clearInterval(waiting);
      waiting = setInterval(() => {
        if (now.current.waits) tell();
        else clearInterval(waiting);
      }, lookEvery);
    };
    let handle = video.requestVideoFrameCallback(first);
    let last = { frames: 0, at: performance.now(), told: true };
    const standing = setInterval(() => {
      const { frames, at } = last;
      // A page in the background paints nothing, which says nothing about what comes.
      if (decoded() !== frames || document.hidden) {
        last = { frames: decoded(), at: performance.now(), told: false };
      } else if (!last.told && performance.now() - at >= stale) {
        last.told = true;
        now.current.onStale?.(track);
        video.cancelVideoFrameCallback(handle);
        handle = video.requestVideoFrameCallback(first);
      }
    }, stale / 4);
    return () => {
      clearInterval(waiting);
      clearInterval(standing);
      video.cancelVideoFrameCallback(handle);
    };
  }, [track]);
  return (
    <video
      ref={ref}
      class="picture"
      style={style}
      autoPlay
      muted
      playsInline
      disablePictureInPicture
      {...place}
    />
  );
}
