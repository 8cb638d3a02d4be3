import type { BrowserContext, Frame, Page } from 'playwright-core';
import type { PointList } from '../../config/points.ts';
import { earCode } from './ear.ts';
import { observing } from './observing.ts';
import { type Picture, type PictureCode, pictureCode } from './picture.ts';
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
  /**
   * Cameras have a thread of their own, so that a busy page does not hold them up any more than it
   * would a real one. The context must be without the content security policy of the page.
   */
  readonly apart?: boolean;
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
  const painter = options.apart ? `(${painting})((${pictureCode})())` : null;
  const content = `{
    const picture = (${pictureCode})();
    const tone = (${toneCode})();
    (${install})(${JSON.stringify(options)}, picture, tone, ${JSON.stringify(painter)});
    (${observing})(picture, (${earCode})(tone.siteAt), ${1000 / options.camera.frameRate});
  }`;
  await context.addInitScript({ content });
}

/** Which sites this page plays aloud now. */
export const readTones = (page: Page | Frame): Promise<number[]> =>
  page.evaluate(() => window.painted.tones());

/** What a camera that is painted apart is to show, and where to. */
interface Sitting {
  readonly to: WritableStream<VideoFrame>;
  readonly size: PaintedSize;
  readonly shown: Omit<Picture, 'frame'>;
}

/** Runs in a worker, where it is sent as text: it may use nothing from outside its own braces. */
function painting(picture: PictureCode): void {
  addEventListener('message', ({ data: { to, size, shown } }: MessageEvent<Sitting>) => {
    const canvas = new OffscreenCanvas(size.width, size.height);
    const context = canvas.getContext('2d', { alpha: false });
    if (!context) throw new Error('no painted picture');
    const writer = to.getWriter();
    let frame = 0;
    const next = () => {
      picture.draw(context, { ...shown, frame: frame++ });
      const image = new VideoFrame(canvas, { timestamp: performance.now() * 1_000 });
      writer.write(image).catch(() => image.close());
    };
    const timer = setInterval(next, 1_000 / size.frameRate);
    const end = () => {
      clearInterval(timer);
      close();
    };
    writer.closed.then(end, end);
    next();
  });
}

/** Runs in the page, where it is sent as text: it may use nothing from outside its own braces. */
function install(
  options: PaintOptions,
  picture: PictureCode,
  tone: ToneCode,
  painter: string | null,
): void {
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

  // Chromium's own; the DOM types do not know it.
  const { MediaStreamTrackGenerator } = window as unknown as {
    MediaStreamTrackGenerator: new (o: {
      kind: 'audio' | 'video';
    }) => MediaStreamTrack & { readonly writable: WritableStream<VideoFrame> };
  };

  function paintedApart(code: string, size: PaintedSize, presentation: boolean): MediaStreamTrack {
    if (!self) throw new DOMException('no painted picture', 'NotFoundError');
    const track = new MediaStreamTrackGenerator({ kind: 'video' });
    const sitting: Sitting = { to: track.writable, size, shown: { ...self, presentation } };
    const worker = new Worker(URL.createObjectURL(new Blob([code])));
    worker.postMessage(sitting, [track.writable]);
    return track;
  }

  function paintedTrack(size: PaintedSize, presentation: boolean): MediaStreamTrack {
    if (painter !== null) return paintedApart(painter, size, presentation);
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
  const silence = (): MediaStreamTrack => new MediaStreamTrackGenerator({ kind: 'audio' });

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
