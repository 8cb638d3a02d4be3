// First: the parts' own styles come after what they have in common.
import './technician.css';
import { useEffect, useMemo } from 'preact/hooks';
import type { BriefingState } from '../../server/domain/briefing.ts';
import { type Seat, seatById } from '../../server/domain/roster.ts';
import type { FaultWhat } from '../../server/protocol/faults.ts';
import { local, text } from '../i18n/language.ts';
import { Notice } from '../ui/Notices.tsx';
import { finds } from '../ui/search.ts';
import { useSurface } from '../ui/useSurface.ts';
import { WhisperBar } from '../whisper/WhisperBar.tsx';
import { Board } from './board/Board.tsx';
import { isTrouble } from './board/standing.ts';
import { type Board as Sites, useBoard } from './board/useBoard.ts';
import { faultWords, isEnd } from './faults/faultWords.ts';
import { Header } from './Header.tsx';
import { fetchLinks } from './links.ts';
import { Nodes } from './nodes/Nodes.tsx';
import { type BoardFilter, place } from './place.ts';
import { Rail } from './Rail.tsx';

export function Technician() {
  const state = useSurface().link.state.value;
  if (!state) return <Notice icon="waiting" title={text.value.link.connecting} detail="" />;
  return <Desk state={state} />;
}

/** Every site in figures, the worst first, and whatever can be done from here about each. */
function Desk({ state }: { readonly state: BriefingState }) {
  const { pass, link } = useSurface();
  const links = useMemo(() => fetchLinks(pass), [pass]);
  useEffect(() => links.close, [links]);
  const board = useBoard(state);
  const urls = links.urls.value;
  const passes = (filter: BoardFilter) => (seat: Seat) => matches(filter, seat, board);
  const newest = link.faults.value[0];
  const news = newest && !isEnd(newest.what) ? faultLine(newest.what, state) : '';
  const shown = board.seats
    .filter(passes(place.filter.value))
    .filter((s) => finds(place.query.value, local(s.name)));
  return (
    <main class="technician">
      <Header
        state={state}
        count={(filter) => board.seats.filter(passes(filter)).length}
        shown={shown}
        urls={urls}
      />
      <Nodes />
      <Board
        key={`${place.filter.value} ${place.query.value}`}
        checks={state.lineChecks}
        board={board}
        shown={shown}
      />
      <p class="hidden" role="status">
        {news}
      </p>
      <WhisperBar />
      <Rail state={state} board={board} shown={shown} urls={urls} />
    </main>
  );
}

/** A fault in one breath, for those who do not see the log. */
function faultLine(what: FaultWhat, { seats }: BriefingState): string {
  const seat = 'seat' in what ? seatById(seats, what.seat) : undefined;
  const whose = seat ? local(seat.name) : 'node' in what ? what.node : '';
  return [whose, faultWords(what)].filter(Boolean).join(': ');
}

function matches(filter: BoardFilter, seat: Seat, board: Sites): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'trouble': {
      const stand = board.stands.get(seat.id);
      return stand !== undefined && isTrouble(stand.standing);
    }
    case 'absent':
      return seat.status === 'expected' || seat.status === 'excused';
    default:
      return seat.status === filter;
  }
}
