import type { BriefingState } from '../../../server/domain/briefing.ts';
import { type FloorRequest, normalPriority } from '../../../server/domain/floor.ts';
import { minuteTime } from '../../i18n/format.ts';
import { local, text } from '../../i18n/language.ts';
import { Standing } from '../../ui/Badge.tsx';
import { seatIcon } from '../../ui/seatIcon.ts';
import { place } from '../place.ts';
import type { Trouble } from '../roster/troubles.ts';
import { shortTrouble } from '../roster/troubleWords.ts';
import { SeatName } from '../SeatName.tsx';

interface RequestNameProps {
  readonly state: BriefingState;
  readonly request: FloorRequest;
  readonly troubles: readonly Trouble[];
  readonly next?: boolean;
}

/** Who asks, since when, whether registered by the office, and whether the site is fit to speak. */
export function RequestName({ state, request, troubles, next = false }: RequestNameProps) {
  const t = text.value;
  const seat = state.seats[request.beneficiary];
  if (!seat) return null;
  const [first] = troubles;
  const here = seat.status === 'connected';
  return (
    <button
      type="button"
      class="who"
      data-action="seat.look"
      aria-pressed={place.looking.value === seat.id}
      title={t.chair.lookAt(local(seat.name))}
      onClick={() => {
        place.looking.value = place.looking.value === seat.id ? null : seat.id;
      }}
    >
      <SeatName seat={seat} />
      <span class="state small" data-status={seat.status}>
        {next && (
          <Standing tone="accent" icon="bell">
            {t.stage.next}
          </Standing>
        )}
        {request.priority > normalPriority && (
          <Standing tone="caution" icon="bellRing">
            {request.priority === 4 ? t.chair.priority.highest : t.chair.priority.high}
          </Standing>
        )}
        {!here && (
          <Standing tone={seat.status === 'lost' ? 'alarm' : 'plain'} icon={seatIcon[seat.status]}>
            {t.seat[seat.status]}
          </Standing>
        )}
        {here && first && (
          <Standing tone="caution" icon="alert">
            {shortTrouble(first)}
          </Standing>
        )}
        {seat.muted && (
          <Standing tone="caution" icon="microphoneOff">
            {t.chair.muted}
          </Standing>
        )}
        <time>{minuteTime(request.requestedAt)}</time>
        {request.requestedBy.seat !== seat.id && <span class="behalf">{t.chair.onBehalf}</span>}
      </span>
    </button>
  );
}
