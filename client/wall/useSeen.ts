import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

/** A picture as this page decodes it. */
export interface Seen {
  readonly width: number;
  readonly height: number;
  /** Pictures decoded in the last second. */
  readonly rate: number;
}

const lookEvery = 1_000;

/** What is seen of the picture that `selector` finds, told every second; null while there is none. */
export function useSeen(selector: string): Seen | null {
  const seen = useSignal<Seen | null>(null);
  useEffect(() => {
    let last: {
      readonly video: HTMLVideoElement;
      readonly frames: number;
      readonly at: number;
    } | null = null;
    const look = () => {
      const video = document.querySelector<HTMLVideoElement>(selector);
      if (!video || video.videoWidth === 0) {
        seen.value = null;
        return;
      }
      const frames = video.getVideoPlaybackQuality().totalVideoFrames;
      const at = performance.now();
      if (last?.video === video) {
        seen.value = {
          width: video.videoWidth,
          height: video.videoHeight,
          rate: ((frames - last.frames) * 1_000) / (at - last.at),
        };
      }
      last = { video, frames, at };
    };
    look();
    const timer = setInterval(look, lookEvery);
    return () => clearInterval(timer);
  }, [selector]);
  return seen.value;
}
