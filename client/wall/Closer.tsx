import { useEffect, useRef } from 'preact/hooks';
import type { SeatId } from '../../server/domain/ids.ts';
import { local, text } from '../i18n/language.ts';
import { Button } from '../ui/Button.tsx';
import { CloserFacts } from './CloserFacts.tsx';
import { LargePicture } from './LargePicture.tsx';
import { Marks } from './Marks.tsx';
import { useTile } from './useTile.ts';
import { WhyNotCard } from './WhyNotCard.tsx';

interface CloserProps {
  readonly seat: SeatId;
  /** It is closed, and the focus is on the board again. */
  readonly onClose: () => void;
  /** An arrow key was pressed: to the tile beside. */
  readonly onStep: (key: string) => void;
}

/** One site large over the board, with what is measured of it. Escape closes; arrows go to the next. */
export function Closer({ seat: id, onClose, onStep }: CloserProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const look = useTile(id);
  useEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  if (!look) return null;
  const t = text.value.wall;
  const { seat, why, whySince, floor, unread, loud } = look;
  const name = local(seat.name);
  return (
    <dialog
      class="closer"
      ref={ref}
      aria-label={t.closer.title(name)}
      data-seat={id}
      onClose={onClose}
      onClick={(event) => {
        // Beside it: on the board.
        if (event.target === event.currentTarget) ref.current?.close();
      }}
      onKeyDown={(event) => {
        if (!event.key.startsWith('Arrow')) return;
        event.preventDefault();
        onStep(event.key);
      }}
    >
      <div class="inside">
        <figure
          class="view"
          data-on-air={floor?.is === 'onAir' || undefined}
          data-status={seat.status}
        >
          <LargePicture seat={id} />
          {why !== null && <WhyNotCard why={why} since={whySince} />}
          <Marks floor={floor} unread={unread} />
          <span class="ring" style={{ '--loud': loud }} />
        </figure>
        <section class="facts">
          <header>
            <h2>{name}</h2>
            <Button
              action="wall.closer.close"
              icon="cross"
              look="quiet"
              label={t.closer.close}
              onPress={() => ref.current?.close()}
            />
          </header>
          <CloserFacts look={look} />
          <p class="hint">{t.closer.hint}</p>
        </section>
      </div>
    </dialog>
  );
}
