import { useComputed, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { SeatId } from '../../server/domain/ids.ts';
import { local, text } from '../i18n/language.ts';
import { Notice } from '../ui/Notices.tsx';
import { inOrder } from '../ui/roster.ts';
import { useSurface } from '../ui/useSurface.ts';
import { Bar } from './Bar.tsx';
import { Closer } from './Closer.tsx';
import { CyclePlace } from './CyclePlace.tsx';
import { boardGrid } from './grid.ts';
import { RegionHead } from './RegionHead.tsx';
import { Summary } from './Summary.tsx';
import { type Slot, seatsIn, slotsOf } from './slots.ts';
import { focusTile, stepOver } from './stepOver.ts';
import { Tile } from './Tile.tsx';
import { useAddress } from './useAddress.ts';
import { useAwake } from './useAwake.ts';
import { useCycle } from './useCycle.ts';
import { useSize } from './useSize.ts';
import { useView } from './useView.ts';
import './wall.css';
import './tile.css';
import './large.css';

/** The board of all points: every one in its own fixed place, whatever happens to it. */
export function Wall() {
  const { link } = useSurface();
  const { address, go } = useAddress();
  const size = useSize();
  // As text: whatever happens in a briefing, the places stay, and nothing is drawn for nothing.
  const slotText = useComputed(() =>
    JSON.stringify(slotsOf(inOrder(link.state.value?.seats ?? {}), address.value)),
  );
  const slots = useComputed((): readonly Slot[] => JSON.parse(slotText.value));
  const seats = useComputed(() => seatsIn(slots.value));
  const reached = useSignal<SeatId | null>(null);
  // One tile is always in the keyboard's order: that where it was last, else the first.
  const inTabOrder = useComputed(() =>
    reached.value !== null && seats.value.includes(reached.value)
      ? reached.value
      : (seats.value[0] ?? null),
  );
  const looked = useSignal<SeatId | null>(null);
  const cycle = useCycle({ address, seats });
  const closer = useComputed(() => looked.value ?? cycle.at.value);
  useView({ seats, closer });
  useAwake();
  const settings = useSignal(false);
  const board = useRef<HTMLElement>(null);
  const titled = useComputed(() => link.state.value?.title).value;
  const ready = useComputed(() => link.state.value !== null).value;
  const look = (seat: SeatId | null) => {
    // Whoever looks at one site is not to be taken to the next.
    if (seat !== null) cycle.run(false);
    looked.value = seat;
  };
  useEffect(() => {
    // A site that is not on this display any more cannot be looked at on it.
    if (looked.value !== null && !seats.value.includes(looked.value)) looked.value = null;
  }, [seats.value, looked.value]);
  if (!ready) return <Notice icon="waiting" title={text.value.link.connecting} detail="" />;
  const { cycle: seconds } = address.value;
  const grid = boardGrid({ tiles: slots.value.length, withLarge: seconds !== null, ...size.value });
  return (
    <main class="wall" style={{ '--row': `${100 / grid.rows}vh` }}>
      <h1 class="hidden">
        {text.value.surface.wall}
        {titled && ` · ${local(titled)}`}
      </h1>
      <section
        class="board"
        ref={board}
        aria-label={text.value.wall.board}
        onKeyDown={(event) => {
          if (board.current && stepOver(board.current, event.key)) event.preventDefault();
        }}
        style={{
          gridTemplateColumns: `repeat(${grid.columns}, minmax(0, 1fr))`,
          gridTemplateRows: `repeat(${grid.rows}, minmax(0, 1fr))`,
        }}
      >
        {seconds !== null && <CyclePlace cycle={cycle} seconds={seconds} span={grid.large} />}
        {slots.value.map((slot) =>
          slot.is === 'region' ? (
            <RegionHead key={`region ${slot.region}`} region={slot.region} seats={slot.seats} />
          ) : (
            <Tile
              key={slot.seat}
              id={slot.seat}
              width={size.value.width / grid.columns}
              reached={inTabOrder}
              large={cycle.at}
              onLook={look}
              onReach={(seat) => {
                reached.value = seat;
              }}
            />
          ),
        )}
        <Summary
          page={address.value}
          span={grid.own}
          onSettings={() => {
            settings.value = true;
          }}
        />
      </section>
      {settings.value && (
        <Bar
          address={address.value}
          go={go}
          onClose={() => {
            settings.value = false;
            board.current?.querySelector<HTMLElement>('[data-action="wall.settings"]')?.focus();
          }}
        />
      )}
      {looked.value !== null && (
        <Closer
          seat={looked.value}
          onClose={() => {
            // The browser gives the focus back to where it began; one may have walked on since.
            if (board.current) focusTile(board.current, looked.peek());
            look(null);
          }}
          onStep={(key) => {
            const next = board.current && stepOver(board.current, key, looked.peek());
            if (next) look(next);
          }}
        />
      )}
    </main>
  );
}
