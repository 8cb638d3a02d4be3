import { holds } from '../../server/domain/floor.ts';
import type { SeatId, Version } from '../../server/domain/ids.ts';
import type { Leg } from '../../server/protocol/wire.ts';
import type { Link } from '../link/link.ts';
import type { Frames } from './frames.ts';
import type { Media } from './media.ts';

/** One received stream, as a rehearsal or a test reads it. Times in milliseconds since the epoch. */
interface ProbedStream {
  /** `seat/source`. */
  readonly stream: string;
  /** Where the picture stands now (`main`, `inset`, …); null for sound. */
  readonly shown: string | null;
  /** When the present track's first picture was decoded; null while none has been. */
  readonly firstFrameAt: number | null;
  /** Pictures decoded since the element began. */
  readonly frames: number;
}

/** `window.diemcau`: what this page is and receives. To be read only; nothing can be done with it. */
export interface Probe {
  /** connecting, live, lost, refused or putOut. */
  readonly state: string;
  /** idle, opening, open or mending. */
  readonly media: string;
  /** The active leg's. */
  readonly node: string | null;
  readonly leg: Leg | null;
  /** The leg that stands by; `connected`: it could take the active one's place now. */
  readonly standby: { readonly node: string; readonly connected: boolean } | null;
  readonly seat: SeatId | null;
  readonly version: Version | null;
  /** The server's clock as this page has it now, in milliseconds since the epoch. */
  readonly serverTime: number;
  /** Whether this page's seat holds the floor, as far as the page knows. */
  readonly onAir: boolean;
  readonly receiving: readonly ProbedStream[];
}

declare global {
  interface Window {
    readonly diemcau?: Probe;
  }
}

interface Sources {
  readonly link: Link;
  readonly media: Media | null;
  readonly frames: Frames;
}

export function exposeProbe({ link, media, frames }: Sources): void {
  const seat = () => link.welcome.peek()?.seat ?? null;
  const probe: Probe = {
    get state() {
      return link.status.peek().is;
    },
    get media() {
      return media?.status.peek() ?? 'idle';
    },
    get node() {
      return media?.leg?.node ?? null;
    },
    get leg() {
      return media?.leg?.leg ?? null;
    },
    get standby() {
      return media?.standby ?? null;
    },
    get seat() {
      return seat();
    },
    get version() {
      return link.state.peek()?.version ?? null;
    },
    get serverTime() {
      return link.clock.now();
    },
    get onAir() {
      const state = link.state.peek();
      const own = seat();
      return state !== null && own !== null && holds(state.floor, own);
    },
    get receiving() {
      return [...(media?.streams.peek() ?? [])].map(([stream, track]) => {
        const video = [...document.querySelectorAll('video')].find(
          (v) => v.dataset.stream === stream,
        );
        return {
          stream,
          shown: video?.dataset.shown ?? null,
          firstFrameAt: frames.firstOf(stream, track),
          frames: video?.getVideoPlaybackQuality().totalVideoFrames ?? 0,
        };
      });
    },
  };
  Object.defineProperty(window, 'diemcau', { value: Object.freeze(probe) });
}
