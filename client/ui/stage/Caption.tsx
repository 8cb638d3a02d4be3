import type { CSSProperties } from 'preact';
import { local, text } from '../../i18n/language.ts';
import { Icon } from '../Icon.tsx';
import { useSurface } from '../useSurface.ts';
import { isAway } from './away.ts';
import type { Placement } from './place.ts';

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
  const name = local(seat.name);
  const isChair = placed.seat === state.chairPoint;
  const here = !isAway(link, placed.seat);
  const reason = here ? t.waiting : seat.status === 'lost' ? t.lost : t.absent;
  return (
    <div class="caption" data-shown={placed.shown} style={style}>
      {(!pictured || !here) && (
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
