import type { SeatId } from '../../server/domain/ids.ts';
import { local, text } from '../i18n/language.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { LargePicture } from './LargePicture.tsx';
import { Marks } from './Marks.tsx';
import type { Cycle } from './useCycle.ts';
import { useTile } from './useTile.ts';
import { WhyNotCard } from './WhyNotCard.tsx';

interface CyclePlaceProps {
  readonly cycle: Cycle;
  /** For each site. */
  readonly seconds: number;
  /** In cells. */
  readonly span: number;
}

/** The large place of the cyclic view. A click on it holds it; another lets it go on. */
export function CyclePlace({ cycle, seconds, span }: CyclePlaceProps) {
  const t = text.value.wall;
  const at = cycle.at.value;
  const running = cycle.running.value;
  return (
    <article
      class="large"
      data-seat={at ?? undefined}
      data-running={running || undefined}
      style={{ gridColumn: `1 / span ${span}`, gridRow: `1 / span ${span}` }}
    >
      <button
        type="button"
        class="look"
        data-action="wall.cycle.hold"
        // For the pointer alone: the same button stands below, for everybody.
        aria-hidden="true"
        tabIndex={-1}
        onClick={() => cycle.run(!running)}
      />
      {at === null ? <p class="why">{t.cycle.nobody}</p> : <Shown id={at} />}
      <div class="controls">
        <Button
          action="wall.cycle.previous"
          icon="chevronLeft"
          label={t.cycle.previous}
          onPress={() => cycle.step(-1)}
        />
        <Button
          action={running ? 'wall.cycle.pause' : 'wall.cycle.start'}
          icon={running ? 'pause' : 'play'}
          label={running ? t.cycle.pause : t.cycle.start}
          onPress={() => cycle.run(!running)}
        />
        <Button
          action="wall.cycle.next"
          icon="chevronRight"
          label={t.cycle.next}
          onPress={() => cycle.step(1)}
        />
      </div>
      <span class="pace" data-running={running || undefined}>
        {running && at !== null && (
          // A new element for each stay: its motion begins anew.
          <span key={cycle.since.value} style={{ animationDuration: `${seconds}s` }} />
        )}
      </span>
      {!running && (
        <strong class="held">
          <Icon name="pause" />
          {t.cycle.held}
        </strong>
      )}
    </article>
  );
}

function Shown({ id }: { readonly id: SeatId }) {
  const look = useTile(id);
  if (!look) return null;
  return (
    <>
      <LargePicture seat={id} />
      {look.why !== null && <WhyNotCard why={look.why} since={look.whySince} />}
      <Marks floor={look.floor} unread={look.unread} />
      <footer>
        <span class="name">{local(look.seat.name)}</span>
      </footer>
      <span class="ring" style={{ '--loud': look.loud }} />
    </>
  );
}
