import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Link } from '../link/link.ts';
import type { Frames } from '../media/frames.ts';
import type { Media } from '../media/media.ts';
import type { Sound } from '../media/sound.ts';

export type SurfaceName = 'kiosk' | 'chair' | 'wall' | 'technician';

/** What every part of a page stands on. */
export interface Surface {
  readonly name: SurfaceName;
  readonly pass: string;
  readonly link: Link;
  readonly media: Media;
  readonly frames: Frames;
  readonly sound: Sound;
}

export const SurfaceContext = createContext<Surface | null>(null);

export function useSurface(): Surface {
  const surface = useContext(SurfaceContext);
  if (!surface) throw new Error('useSurface outside of startSurface');
  return surface;
}
