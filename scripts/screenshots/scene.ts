import type { BrowserContext } from 'playwright-core';

/** How large and how often a camera of the cast delivers pictures. */
export interface SceneSize {
  readonly width: number;
  readonly height: number;
  /** Pictures per second. */
  readonly frameRate: number;
}

/**
 * From now on the cameras of this context's pages show a meeting room, another one at each site and
 * with people who move, and their shared screens show a slide. Paint the context first: what a page
 * hears and whose it is stay as painted.
 */
export async function dressUp(context: BrowserContext, size: SceneSize): Promise<void> {
  await context.addInitScript({ content: `(${install})(${JSON.stringify(size)});` });
}

/** Runs in the page, where it is sent as text: it may use nothing from outside its own braces. */
function install(size: SceneSize): void {
  const { mediaDevices } = navigator;
  if (!mediaDevices) return;
  const site = () => window.painted.site ?? 0;
  const labels: Readonly<Record<string, string>> = {
    videoinput: 'USB 4K Conference Camera',
    audioinput: 'Boundary Microphone',
  };

  type Draw = (c: CanvasRenderingContext2D, at: number) => void;

  function track(draw: Draw, { width, height, frameRate }: SceneSize): MediaStreamTrack {
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    const context = canvas.getContext('2d', { alpha: false });
    const [made] = canvas.captureStream(frameRate).getVideoTracks();
    if (!context || !made) throw new DOMException('no canvas', 'NotReadableError');
    // Everything is drawn in units of a sixteen by nine picture.
    context.scale(width / 16, height / 9);
    const next = () => draw(context, performance.now() / 1000);
    next();
    const timer = setInterval(() => {
      if (made.readyState === 'ended') clearInterval(timer);
      else next();
    }, 1000 / frameRate);
    return made;
  }

  /** A number from 0 to 1 that is always the same for this site and this question. */
  const chance = (question: number): number => {
    const x = Math.sin(site() * 127.1 + question * 311.7) * 43758.5453;
    return x - Math.floor(x);
  };

  const room: Draw = (c, at) => {
    const hue = 15 + chance(1) * 40;
    const wall = c.createLinearGradient(0, 0, 16, 9);
    wall.addColorStop(0, `hsl(${hue} ${18 + chance(2) * 18}% ${58 + chance(3) * 14}%)`);
    wall.addColorStop(1, `hsl(${hue + 12} 22% 34%)`);
    c.fillStyle = wall;
    c.fillRect(0, 0, 16, 9);
    // Panels of the wall, and a curtain on one side.
    c.fillStyle = 'rgb(255 255 255 / 5%)';
    for (let x = 0; x < 16; x += 2) c.fillRect(x, 0, 0.06, 9);
    const left = chance(4) < 0.5 ? 0 : 13;
    for (let fold = 0; fold < 6; fold++) {
      c.fillStyle = `hsl(${355 + chance(5) * 12} 48% ${24 + (fold % 2) * 7}%)`;
      c.fillRect(left + fold * 0.5, 0, 0.52, 9);
    }
    const people = chance(6) < 0.45 ? 1 : chance(7) < 0.6 ? 2 : 3;
    for (let person = 0; person < people; person++) {
      const x = 8 + (person - (people - 1) / 2) * 4.1;
      figure(c, { x, person, at, scale: people === 1 ? 1.25 : 1 });
    }
    c.fillStyle = `hsl(24 ${34 + chance(8) * 14}% 24%)`;
    c.fillRect(0, 7.55, 16, 1.45);
    c.fillStyle = 'rgb(255 255 255 / 9%)';
    c.fillRect(0, 7.55, 16, 0.1);
    // Something that never stands still, as in any real picture.
    c.fillStyle = '#20262c';
    c.fillRect(7.6, 7.0, 0.12, 0.75);
    c.fillStyle = `hsl(0 80% ${45 + 12 * Math.sin(at * 3)}%)`;
    c.beginPath();
    c.arc(7.66, 6.95, 0.13, 0, 7);
    c.fill();
  };

  interface Figure {
    readonly x: number;
    readonly person: number;
    readonly at: number;
    readonly scale: number;
  }

  function figure(c: CanvasRenderingContext2D, { x, person, at, scale }: Figure): void {
    const sway = Math.sin(at * (0.7 + chance(person + 20) * 0.5) + person * 2 + site()) * 0.12;
    c.save();
    c.translate(x + sway, 7.7);
    c.scale(scale, scale);
    c.fillStyle = `hsl(215 ${10 + chance(person + 30) * 25}% ${16 + chance(person + 40) * 16}%)`;
    c.beginPath();
    c.ellipse(0, 0.3, 1.9, 2.5, 0, Math.PI, 0);
    c.fill();
    c.fillStyle = '#eef1f4';
    c.beginPath();
    c.moveTo(-0.5, -2.05);
    c.lineTo(0.5, -2.05);
    c.lineTo(0, -0.7);
    c.fill();
    c.fillStyle = `hsl(${chance(person + 50) < 0.5 ? 0 : 220} 55% 36%)`;
    c.fillRect(-0.1, -1.95, 0.2, 1.2);
    c.translate(sway * 0.8, -3);
    c.fillStyle = `hsl(26 38% ${56 + chance(person + 60) * 12}%)`;
    c.fillRect(-0.3, 0.5, 0.6, 0.7);
    c.beginPath();
    c.ellipse(0, 0, 0.74, 0.95, 0, 0, 7);
    c.fill();
    c.fillStyle = chance(person + 70) < 0.3 ? '#8d9096' : '#1d1c1f';
    c.beginPath();
    c.moveTo(-0.76, -0.1);
    c.bezierCurveTo(-0.95, -1.35, 0.95, -1.35, 0.76, -0.1);
    c.bezierCurveTo(0.62, -0.62, 0.2, -0.5, -0.1, -0.62);
    c.bezierCurveTo(-0.4, -0.66, -0.66, -0.5, -0.76, -0.1);
    c.fill();
    c.fillStyle = 'rgb(20 16 14 / 80%)';
    for (const eye of [-0.27, 0.27]) {
      c.beginPath();
      // Everybody blinks, each at their own time.
      c.ellipse(eye, 0, 0.07, (at + person * 1.7 + site()) % 4 < 0.15 ? 0.01 : 0.06, 0, 0, 7);
      c.fill();
      c.fillRect(eye - 0.13, -0.19, 0.26, 0.04);
    }
    c.strokeStyle = 'rgb(120 50 40 / 75%)';
    c.lineWidth = 0.05;
    c.beginPath();
    c.arc(0, 0.22, 0.3, 0.9, Math.PI - 0.9);
    c.stroke();
    c.restore();
  }

  const slide: Draw = (c, at) => {
    c.fillStyle = '#f7f9fb';
    c.fillRect(0, 0, 16, 9);
    c.fillStyle = '#0b5ea8';
    c.fillRect(0, 0, 16, 1.5);
    c.fillStyle = '#ffffff';
    c.font = '600 0.62px "Be Vietnam Pro", sans-serif';
    c.fillText('Kết quả công tác tháng 5/2019', 0.8, 1);
    for (let bar = 0; bar < 7; bar++) {
      const height = 1.6 + ((bar * 37) % 29) / 9 + 0.05 * Math.sin(at + bar);
      c.fillStyle = bar === 4 ? '#d3222f' : '#6aa5d8';
      c.fillRect(1 + bar * 1.25, 8 - height, 0.85, height);
    }
    c.fillStyle = '#46535f';
    for (let line = 0; line < 5; line++) c.fillRect(10.6, 2.6 + line * 1, 4.6 - (line % 3), 0.26);
  };

  const painted = mediaDevices.getUserMedia.bind(mediaDevices);
  const devices = mediaDevices.enumerateDevices.bind(mediaDevices);
  mediaDevices.enumerateDevices = async () =>
    (await devices()).map(({ deviceId, groupId, kind }) => {
      const fields = { deviceId, groupId, kind, label: labels[kind] ?? '' };
      return { ...fields, toJSON: () => fields };
    });
  mediaDevices.getUserMedia = async (wishes = {}) => {
    const stream = await painted({ ...wishes, video: false });
    if (wishes.video) stream.addTrack(named(track(room, size), 'videoinput'));
    for (const sound of stream.getAudioTracks()) named(sound, 'audioinput');
    return stream;
  };
  mediaDevices.getDisplayMedia = async () =>
    new MediaStream([track(slide, { width: 1280, height: 720, frameRate: 4 })]);

  function named(made: MediaStreamTrack, kind: string): MediaStreamTrack {
    Object.defineProperty(made, 'label', { value: labels[kind] });
    const settings = made.getSettings.bind(made);
    made.getSettings = () => ({ ...settings(), deviceId: `painted-${kind}` });
    return made;
  }
}
