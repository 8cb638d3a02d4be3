import type { BriefingState } from '../../server/domain/briefing.ts';
import type { FloorRequest } from '../../server/domain/floor.ts';
import { minuteTime } from '../i18n/format.ts';
import { local, text } from '../i18n/language.ts';
import { Icon } from '../ui/Icon.tsx';
import { seatIcon } from '../ui/seatIcon.ts';

interface RequestNameProps {
  readonly state: BriefingState;
  readonly request: FloorRequest;
}

/** Who asks, since when, whether registered by the office, and whether the site is there at all. */
export function RequestName({ state, request }: RequestNameProps) {
  const t = text.value;
  const seat = state.seats[request.beneficiary];
  if (!seat) return null;
  const here = seat.status === 'connected';
  return (
    <span class="who">
      <strong title={local(seat.name)}>{local(seat.name)}</strong>
      <span class="state small" data-status={seat.status}>
        <time>{minuteTime(request.requestedAt)}</time>
        {request.requestedBy.seat !== seat.id && <span>{t.chair.onBehalf}</span>}
        {!here && (
          <span class="fault">
            <Icon name={seatIcon[seat.status]} />
            {t.seat[seat.status]}
          </span>
        )}
      </span>
    </span>
  );
}
