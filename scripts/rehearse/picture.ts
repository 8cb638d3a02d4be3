/** Who a painted picture shows. */
export interface Painted {
  /** The site's place in protocol order; the chair is 0. */
  readonly site: number;
  readonly presentation: boolean;
}

export interface Picture extends Painted {
  /** Written on the picture where there is room. */
  readonly name: string;
  /** Counts up, so that no two frames in a row are the same. */
  readonly frame: number;
}

type Drawing = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

export interface PictureCode {
  /** Paints the whole of the canvas. */
  readonly draw: (context: Drawing, picture: Picture) => void;
  /** Null when the element shows no painted picture: nothing yet, black, or something else. */
  readonly read: (video: HTMLVideoElement) => Painted | null;
}

/**
 * Makes both halves of the code. It runs in pages, where it is sent as text: it may use nothing
 * from outside its own braces.
 *
 * Twelve bits: eight of the site's number, one for a presentation, three to check the others.
 * Each is two fields, white over black for 1 and black over white for 0, so that reading compares
 * brightness within a picture and needs no threshold; the fields are large enough for the lowest
 * layer of a 96×54 picture.
 */
export function pictureCode(): PictureCode {
  const columns = 6;
  const rows = 2;
  const area = { left: 0.04, top: 0.04, width: 0.92, height: 0.64 };
  /** A picture whose two fields differ by less has no code in it; brightness 0 … 255. */
  const leastContrast = 48;
  const scratch = new OffscreenCanvas(96, 54);
  const reading = scratch.getContext('2d', { willReadFrequently: true });

  const checkOf = (site: number, presentation: boolean): number =>
    (site ^ (site >> 3) ^ (site >> 6) ^ (presentation ? 5 : 2)) & 7;

  const wordOf = ({ site, presentation }: Painted): number =>
    (site << 4) | (presentation ? 8 : 0) | checkOf(site, presentation);

  /** Where a bit's two fields are, in a picture of that size. */
  function fieldsOf(bit: number, width: number, height: number) {
    const w = (area.width * width) / columns;
    const h = (area.height * height) / rows / 2;
    const x = area.left * width + (bit % columns) * w;
    const y = area.top * height + Math.floor(bit / columns) * h * 2;
    return { x, y, w, h };
  }

  function draw(context: Drawing, picture: Picture): void {
    const { width, height } = context.canvas;
    const { site, presentation, frame } = picture;
    // The golden angle keeps neighbours' colours apart.
    const hue = (site * 137.5) % 360;
    context.fillStyle = `hsl(${hue} ${presentation ? 25 : 75}% 42%)`;
    context.fillRect(0, 0, width, height);
    const word = wordOf(picture);
    for (let bit = 0; bit < columns * rows; bit++) {
      const { x, y, w, h } = fieldsOf(bit, width, height);
      const one = ((word >> bit) & 1) === 1;
      context.fillStyle = one ? '#fff' : '#000';
      context.fillRect(x, y, w, h);
      context.fillStyle = one ? '#000' : '#fff';
      context.fillRect(x, y + h, w, h);
    }
    const below = (area.top + area.height) * height;
    const room = height - below;
    if (height >= 120) {
      context.fillStyle = '#fff';
      context.font = `600 ${Math.round(room * 0.5)}px sans-serif`;
      context.textBaseline = 'middle';
      context.fillText(picture.name, width * 0.04, below + room * 0.45, width * 0.92);
    }
    const step = Math.max(4, Math.round(width / 24));
    context.fillStyle = '#fff';
    context.fillRect((frame * step) % width, height * 0.94, step, height * 0.06);
  }

  function read(video: HTMLVideoElement): Painted | null {
    if (!reading || video.videoWidth === 0 || video.readyState < 2) return null;
    reading.drawImage(video, 0, 0, scratch.width, scratch.height);
    const { data, width, height } = reading.getImageData(0, 0, scratch.width, scratch.height);
    /** Mean brightness of the middle of a field; its edges are where the codec smears. */
    function brightness(x: number, y: number, w: number, h: number): number {
      let sum = 0;
      let count = 0;
      for (let j = Math.ceil(y + h * 0.25); j < y + h * 0.75; j++) {
        for (let i = Math.ceil(x + w * 0.25); i < x + w * 0.75; i++) {
          const at = (j * width + i) * 4;
          sum += 0.3 * (data[at] ?? 0) + 0.6 * (data[at + 1] ?? 0) + 0.1 * (data[at + 2] ?? 0);
          count++;
        }
      }
      return sum / Math.max(1, count);
    }
    let word = 0;
    for (let bit = 0; bit < columns * rows; bit++) {
      const { x, y, w, h } = fieldsOf(bit, width, height);
      const contrast = brightness(x, y, w, h) - brightness(x, y + h, w, h);
      if (Math.abs(contrast) < leastContrast) return null;
      if (contrast > 0) word |= 1 << bit;
    }
    const painted = { site: word >> 4, presentation: (word & 8) !== 0 };
    return wordOf(painted) === word ? painted : null;
  }

  return { draw, read };
}
