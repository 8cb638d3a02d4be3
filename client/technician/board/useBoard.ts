import { useEffect, useMemo } from 'preact/hooks';
import type { BriefingState } from '../../../server/domain/briefing.ts';
import type { SeatId } from '../../../server/domain/ids.ts';
import type { Seat } from '../../../server/domain/roster.ts';
import type { SiteMeasure } from '../../../server/protocol/wire.ts';
import { useSurface } from '../../ui/useSurface.ts';
import { History } from './history.ts';
import { type Stand, standOf, worstFirst } from './standing.ts';

export interface Board {
  /** All seats, the chair's too, the worst first. */
  readonly seats: readonly Seat[];
  readonly stands: ReadonlyMap<SeatId, Stand>;
  readonly rows: ReadonlyMap<SeatId, readonly SiteMeasure[]>;
}

/** What there is to know of every site now. */
export function useBoard(state: BriefingState): Board {
  const { link } = useSurface();
  const history = useMemo(() => new History(link.measures), [link]);
  useEffect(() => history.close, [history]);
  const rows = history.rows.value;
  const reports = link.sites.value;
  const now = link.clock.second.value;
  const hearingSince = link.live.value ? (link.welcome.value?.serverTime ?? null) : null;
  const sends = (seat: SeatId) => (rows.get(seat)?.at(-1)?.sent.framesPerSecond ?? 0) > 0;
  const all = Object.values(state.seats);
  const stands = new Map(
    all.map((seat) => {
      const known = { seat, report: reports.get(seat.id), recent: rows.get(seat.id) ?? [] };
      return [seat.id, standOf({ ...known, sends, now, hearingSince })] as const;
    }),
  );
  return { seats: worstFirst(stands, all), stands, rows };
}
