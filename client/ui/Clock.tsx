import { clockTime } from '../i18n/format.ts';
import { Figures } from './Figures.tsx';
import { useSurface } from './useSurface.ts';

/** The server's time of day, in figures that do not jump. */
export function Clock() {
  const { link } = useSurface();
  return (
    <time class="clock">
      <Figures value={clockTime(link.clock.second.value)} />
    </time>
  );
}
