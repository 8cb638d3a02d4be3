import type { BriefingState } from '../../server/domain/briefing.ts';
import type { SeatId } from '../../server/domain/ids.ts';
import { type Seat, seatById } from '../../server/domain/roster.ts';
import { text } from '../i18n/language.ts';
import { Segmented } from '../ui/Segmented.tsx';
import type { Board } from './board/useBoard.ts';
import { Faults } from './faults/Faults.tsx';
import { Messages } from './messages/Messages.tsx';
import { place, rails } from './place.ts';
import { Site } from './site/Site.tsx';
import './rail.css';

interface RailProps {
  readonly state: BriefingState;
  readonly board: Board;
  readonly shown: readonly Seat[];
  readonly urls: ReadonlyMap<SeatId, string> | null;
}

/** Beside the table: the log of faults, messages, or the one site that is looked at. */
export function Rail({ state, board, shown, urls }: RailProps) {
  const t = text.value.technician;
  const rail = place.rail.value;
  const seat = place.site.value === null ? undefined : seatById(state.seats, place.site.value);
  return (
    <aside class="rail" data-rail={rail}>
      <Segmented
        action="rail"
        label={t.rail.label}
        choices={rails.map((value) => ({ value, label: t.rail[value] }))}
        value={rail}
        onChoose={(value) => {
          place.rail.value = value;
        }}
      />
      <div class="scroll">
        {rail === 'faults' && <Faults state={state} />}
        {rail === 'messages' && <Messages state={state} listed={shown.map((s) => s.id)} />}
        {rail === 'site' &&
          (seat ? (
            <Site
              key={seat.id}
              state={state}
              seat={seat}
              board={board}
              url={urls?.get(seat.id) ?? null}
            />
          ) : (
            <p class="empty soft">{t.noSite}</p>
          ))}
      </div>
    </aside>
  );
}
