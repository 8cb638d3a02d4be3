import type { BrowserContext, Frame, Page } from 'playwright-core';
import type { PointList } from '../../config/points.ts';
import { earCode } from './ear.ts';
import { observing } from './observing.ts';
import { type PictureCode, pictureCode } from './picture.ts';
import { type ToneCode, toneCode } from './tone.ts';

export interface PaintedSite {
  /** Place in protocol order; the chair is 0. */
  readonly site: number;
  readonly name: string;
}

export interface PaintedSize {
  readonly width: number;
  readonly height: number;
  /** Frames per second. */
  readonly frameRate: number;
}

export interface PaintOptions {
  /** By seat. A page finds out whose it is from the pass in its address. */
  readonly sites: Readonly<Record<string, PaintedSite>>;
  readonly camera: PaintedSize;
  readonly presentation: PaintedSize;
  /** Microphones give no sound at all: twenty streams of sound keep half a core busy. */
  readonly silent?: boolean;
}

/** `window.painted`, on every page that was given the paint. */
export interface PaintedPage {
  /** Null on a page without a seat, which sends nothing. */
  readonly site: number | null;
  readonly read: PictureCode['read'];
  /** Sites heard in these tracks; without any, in what the page plays aloud. */
  readonly tones: (tracks?: readonly MediaStreamTrack[]) => Promise<number[]>;
}

declare global {
  interface Window {
    readonly painted: PaintedPage;
  }
}

/** Small enough that two cores carry 71 whole pages. */
export const rehearsalSize: PaintedSize = { width: 96, height: 54, frameRate: 2 };
export const testSize: PaintedSize = { width: 320, height: 180, frameRate: 15 };

export function paintedSites({ chair, points }: PointList): Record<string, PaintedSite> {
  return Object.fromEntries(
    [chair, ...points].map((p) => [p.id, { site: p.protocolOrder, name: p.name.vi }]),
  );
}

/**
 * From now on every page and frame of this context has a painted camera, a tone for a microphone
 * and a painted screen instead of the machine's own, and `window.painted` to read others' by.
 */
export async function paint(context: BrowserContext, options: PaintOptions): Promise<void> {
  const content = `{
    const picture = (${pictureCode})();
    const tone = (${toneCode})();
    (${install})(${JSON.stringify(options)}, picture, tone);
    (${observing})(picture, (${earCode})(tone.siteAt), ${1000 / options.camera.frameRate});
  }`;
  await context.addInitScript({ content });
}

/** Which sites this page plays aloud now. */
export const readTones = (page: Page | Frame): Promise<number[]> =>
  page.evaluate(() => window.painted.tones());

/** Runs in the page, where it is sent as text: it may use nothing from outside its own braces. */
function install(options: PaintOptions, picture: PictureCode, tone: ToneCode): void {
  const self = options.sites[seatOfPass(location.hash) ?? ''];
  const { mediaDevices } = navigator;

  function seatOfPass(hash: string): string | undefined {
    try {
      const claims = (hash.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/');
      return JSON.parse(atob(claims)).seat;
    } catch {
      return undefined;
    }
  }

  function paintedTrack(size: PaintedSize, presentation: boolean): MediaStreamTrack {
    const canvas = document.createElement('canvas');
    canvas.width = size.width;
    canvas.height = size.height;
    const context = canvas.getContext('2d', { alpha: false });
    const [track] = canvas.captureStream(size.frameRate).getVideoTracks();
    if (!context || !track || !self) throw new DOMException('no painted picture', 'NotFoundError');
    let frame = 0;
    const next = () => picture.draw(context, { ...self, presentation, frame: frame++ });
    next();
    const timer = setInterval(() => {
      if (track.readyState === 'ended') clearInterval(timer);
      else next();
    }, 1000 / size.frameRate);
    return track;
  }

  /** A microphone that has nothing to say. */
  function silence(): MediaStreamTrack {
    const { MediaStreamTrackGenerator } = window as unknown as {
      // Chromium's own; the DOM types do not know it.
      MediaStreamTrackGenerator: new (o: {
        kind: 'audio';
      }) => MediaStreamTrack;
    };
    return new MediaStreamTrackGenerator({ kind: 'audio' });
  }

  const device = (kind: MediaDeviceKind, label: string) => {
    const fields = { deviceId: `painted-${kind}`, groupId: 'painted', kind, label };
    return { ...fields, toJSON: () => fields };
  };

  if (mediaDevices) {
    mediaDevices.enumerateDevices = async () =>
      self
        ? [
            device('videoinput', 'painted'),
            device('audioinput', 'tone'),
            device('audiooutput', 'ear'),
          ]
        : [];
    mediaDevices.getUserMedia = async (constraints = {}) => {
      if (!self) throw new DOMException('this page has no seat', 'NotFoundError');
      const tracks: MediaStreamTrack[] = [];
      if (constraints.video) tracks.push(paintedTrack(options.camera, false));
      if (constraints.audio) tracks.push(options.silent ? silence() : tone.make(self.site));
      return new MediaStream(tracks);
    };
    mediaDevices.getDisplayMedia = async () =>
      new MediaStream([paintedTrack(options.presentation, true)]);
  }

  const playedAloud = (): MediaStreamTrack[] =>
    [...document.querySelectorAll<HTMLMediaElement>('audio, video')].flatMap((element) =>
      element.srcObject instanceof MediaStream && !element.paused && !element.muted
        ? element.srcObject.getAudioTracks()
        : [],
    );

  const page: PaintedPage = {
    site: self?.site ?? null,
    read: picture.read,
    tones: (tracks = playedAloud()) => tone.listen(tracks),
  };
  Object.defineProperty(window, 'painted', { value: page });
}
