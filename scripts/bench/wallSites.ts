import { Link } from '../../client/link/link.ts';
import { Media } from '../../client/media/media.ts';

export interface WallPicture {
  readonly width: number;
  readonly height: number;
  /** Frames per second. */
  readonly frameRate: number;
}

/**
 * Many sites in one page, for the wall's bench: each has the line and the media of a kiosk, by the
 * kiosk's own code, and none has a surface. All cameras are copies of one painted picture, so that
 * what a site costs is its encoder and its packets.
 */
export interface WallSites {
  /** Begins one site for each pass; resolves when all of them have a way to a media node. */
  readonly begin: (passes: readonly string[], picture: WallPicture) => Promise<void>;
}

const settled = (done: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    const timer = setInterval(() => {
      if (!done()) return;
      clearInterval(timer);
      resolve();
    }, 100);
  });

/** So many at once: more would only wait for one another. */
const atOnce = 8;

const wallSites: WallSites = {
  async begin(passes, picture) {
    const camera = paintedCamera(picture);
    const waiting = [...passes];
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        for (let pass = waiting.shift(); pass !== undefined; pass = waiting.shift()) {
          const link = new Link({ pass, page: crypto.randomUUID() });
          const media = new Media(link);
          media.send('camera', camera.clone());
          await settled(() => media.status.peek() === 'open');
          await link.ask('site.devices', { camera: 'live', microphone: 'missing' });
        }
      }),
    );
  },
};
Object.assign(window, { wallSites });

/** About as hard to encode as a person at a table: a still room, and one part that moves. */
function paintedCamera({ width, height, frameRate }: WallPicture): MediaStreamTrack {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { alpha: false });
  const [track] = canvas.captureStream(0).getVideoTracks();
  if (!context || !(track instanceof CanvasCaptureMediaStreamTrack)) throw new Error('no canvas');
  let frame = 0;
  const room = paintedRoom(width, height);
  setInterval(() => {
    frame += 1;
    context.drawImage(room, 0, 0);
    const x = width * (0.5 + 0.15 * Math.sin(frame / 7));
    const y = height * (0.55 + 0.05 * Math.sin(frame / 3));
    context.fillStyle = '#caa387';
    context.beginPath();
    context.ellipse(x, y, width * 0.1, height * 0.22, 0, 0, 2 * Math.PI);
    context.fill();
    context.fillStyle = '#23303c';
    context.fillRect(x - width * 0.2, y + height * 0.2, width * 0.4, height);
    context.fillStyle = frame % 2 === 0 ? '#742' : '#421';
    context.fillRect(x - width * 0.03, y + height * 0.1, width * 0.06, height * 0.05);
    track.requestFrame();
  }, 1_000 / frameRate);
  return track;
}

function paintedRoom(width: number, height: number): OffscreenCanvas {
  const room = new OffscreenCanvas(width, height);
  const context = room.getContext('2d');
  if (!context) throw new Error('no canvas');
  for (let x = 0; x < width; x += 4) {
    for (let y = 0; y < height; y += 4) {
      context.fillStyle = `hsl(${(x * 7 + y * 3) % 60} 20% ${25 + ((x * 13 + y * 29) % 30)}%)`;
      context.fillRect(x, y, 4, 4);
    }
  }
  return room;
}
