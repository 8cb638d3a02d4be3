/** The picture is looked at in this size: enough to tell black from anything else. */
const width = 16;
const height = 9;
/** Of 0 … 255: a covered lens still has noise. */
const darkMean = 12;
const darkMost = 40;

/** Whether a picture (RGBA, row by row) is all but black. */
export function isDark(pixels: ArrayLike<number>): boolean {
  let sum = 0;
  let most = 0;
  const count = Math.floor(pixels.length / 4);
  for (let pixel = 0; pixel < count; pixel++) {
    const at = pixel * 4;
    // Luma as ITU-R BT.601 weighs it.
    const luma =
      0.299 * (pixels[at] ?? 0) + 0.587 * (pixels[at + 1] ?? 0) + 0.114 * (pixels[at + 2] ?? 0);
    sum += luma;
    most = Math.max(most, luma);
  }
  return count > 0 && sum / count < darkMean && most < darkMost;
}

/** Not every browser can take a single picture of a track (W3C mediacapture-image, grabFrame). */
interface Grabber {
  grabFrame(): Promise<ImageBitmap>;
}

declare const ImageCapture: (new (track: MediaStreamTrack) => Grabber) | undefined;

/** Whether the camera delivers black now; null where that cannot be found out. */
export async function looksDark(track: MediaStreamTrack): Promise<boolean | null> {
  if (typeof ImageCapture === 'undefined' || track.readyState !== 'live' || track.muted)
    return null;
  try {
    const picture = await new ImageCapture(track).grabFrame();
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    context?.drawImage(picture, 0, 0, width, height);
    picture.close();
    return context ? isDark(context.getImageData(0, 0, width, height).data) : null;
  } catch {
    // The camera was taken away meanwhile, which is said elsewhere.
    return null;
  }
}
