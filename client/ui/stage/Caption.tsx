import type { CSSProperties } from 'preact';
import type { Seat } from '../../../server/domain/roster.ts';
import { local, text } from '../../i18n/language.ts';
import { Icon } from '../Icon.tsx';
import { useSurface } from '../useSurface.ts';
import { isAway } from './away.ts';
import type { Placement } from './place.ts';

/** Places below this share of the stage's width, in percent, have room for so many letters. */
const narrow = 60;
const roomFor = 20;

const nameIn = (width: number, { name, shortName }: Seat): string =>
  width < narrow && local(name).length > roomFor ? local(shortName) : local(name);

interface CaptionProps {
  readonly placed: Placement;
  /** Whether a picture has arrived; without one, the name stands in its place. */
  readonly pictured: boolean;
  readonly style: CSSProperties;
}

/** Who is seen, over the picture; and instead of it, a card that says why there is none. */
export function Caption({ placed, pictured, style }: CaptionProps) {
  const { link } = useSurface();
  const state = link.state.value;
  const seat = state?.seats[placed.seat];
  if (!state || !seat) return null;
  const t = text.value.stage;
  const name = nameIn(placed.width, seat);
  const isChair = placed.seat === state.chairPoint;
  const here = !isAway(link, placed.seat);
  // The office must know at once whose line is lost; a site goes on seeing what still comes.
  const carded = !pictured || (!here && link.welcome.value?.role !== 'point');
  const reason = here ? t.waiting : seat.status === 'lost' ? t.lost : t.absent;
  return (
    <div class="caption" data-shown={placed.shown} style={style}>
      {carded && (
        <div class="card" data-here={here ? '' : undefined}>
          <strong>{name}</strong>
          <span class="reason">
            <Icon name={here ? 'waiting' : 'offline'} />
            {reason}
          </span>
        </div>
      )}
      <div class="tag">
        {placed.source === 'presentation' ? (
          <>
            <Icon name="screen" />
            {t.presenting(name)}
          </>
        ) : (
          <>
            <span class="role">{isChair ? t.chair : t.speaking}</span>
            <strong>{name}</strong>
          </>
        )}
      </div>
    </div>
  );
}
