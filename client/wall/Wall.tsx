import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { requestOf } from '../../server/domain/floor.ts';
import { text } from '../i18n/language.ts';
import { Notice } from '../ui/Notices.tsx';
import { inOrder } from '../ui/roster.ts';
import { useSurface } from '../ui/useSurface.ts';
import { gridFor, pageOf, slice } from './grid.ts';
import { Summary } from './Summary.tsx';
import { Tile } from './Tile.tsx';
import './wall.css';

/** The board of all points: every one in its own fixed place, whatever happens to it. */
export function Wall() {
  const { link } = useSurface();
  const size = useSignal({ width: innerWidth, height: innerHeight });
  useEffect(() => {
    const onResize = () => {
      size.value = { width: innerWidth, height: innerHeight };
    };
    addEventListener('resize', onResize);
    return () => removeEventListener('resize', onResize);
  }, []);
  const state = link.state.value;
  if (!state) return <Notice icon="waiting" title={text.value.link.connecting} detail="" />;
  const all = inOrder(state.seats);
  const page = pageOf(location.search);
  const seats = slice(all, page);
  // One place more than sites: the board's own tile. 71 sites and it fill nine by eight.
  const { columns, rows } = gridFor(seats.length + 1, size.value.width, size.value.height);
  return (
    <main
      class="wall"
      style={{
        gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
        gridTemplateRows: `repeat(${rows}, minmax(0, 1fr))`,
      }}
    >
      {seats.map((seat) => (
        <Tile
          key={seat.id}
          seat={seat}
          onAir={requestOf(state.floor, seat.id)?.status === 'granted'}
        />
      ))}
      <Summary state={state} seats={all} page={page} />
    </main>
  );
}
