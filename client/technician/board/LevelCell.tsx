import type { SeatId } from '../../../server/domain/ids.ts';
import { whole } from '../../i18n/format.ts';
import { text } from '../../i18n/language.ts';
import { Meter } from '../../ui/Meter.tsx';
import { useSurface } from '../../ui/useSurface.ts';
import { nothing } from './words.ts';

/** Quieter than this a meter shows nothing, in dBov. */
const quietest = -60;

/** How loud an open microphone is, by the media node's measure. Redrawn alone, five times a second. */
export function LevelCell({ seat }: { readonly seat: { readonly id: SeatId } }) {
  const level = useSurface().link.levels.value.get(seat.id);
  if (level === undefined) return <span class="soft">{nothing}</span>;
  return (
    <Meter
      label={text.value.technician.columns.level}
      value={level}
      min={quietest}
      max={0}
      words={`${whole(level)} dB`}
      tone="accent"
    />
  );
}
