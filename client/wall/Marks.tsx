import type { SeatId } from '../../server/domain/ids.ts';
import { text } from '../i18n/language.ts';
import { Icon } from '../ui/Icon.tsx';
import type { FloorMark } from './stand.ts';

interface MarksProps {
  readonly floor: FloorMark | null;
  /** Has a message that it has not acknowledged. */
  readonly unread: boolean;
}

/** What a site wants or has, in the upper corners of its picture. */
export function Marks({ floor, unread }: MarksProps) {
  const t = text.value.wall;
  return (
    <>
      {(unread || floor?.is === 'queued' || floor?.is === 'pending') && (
        <div class="wants">
          {floor?.is === 'queued' && (
            <span class="mark" data-mark="queued" title={placeWords(floor)}>
              <Icon name="hand" />
              {floor.kind === 'reply' ? t.reply(String(floor.place)) : floor.place}
            </span>
          )}
          {floor?.is === 'pending' && (
            <span class="mark" data-mark="pending">
              <Icon name="hand" />
              {t.asks}
            </span>
          )}
          {unread && (
            <span class="mark" data-mark="unread" title={t.unread}>
              <Icon name="message" />
              <span class="hidden">{t.unread}</span>
            </span>
          )}
        </div>
      )}
      {floor?.is === 'onAir' && (
        <strong class="air">
          <Icon name="onAir" />
          {t.onAir}
        </strong>
      )}
    </>
  );
}

/** A place in a list, in words. */
export function placeWords({ kind, place }: Extract<FloorMark, { is: 'queued' }>): string {
  const t = text.value.wall;
  return t[kind === 'reply' ? 'queuedReply' : 'queued'](String(place));
}

/** Where one clicks or presses Enter to look closer; in the keyboard's order there is one tile. */
export function LookButton(props: {
  readonly seat: SeatId;
  readonly label: string;
  readonly reached: boolean;
  readonly onLook: () => void;
  readonly onReach: () => void;
}) {
  return (
    <button
      type="button"
      class="look"
      data-action="wall.look"
      data-look={props.seat}
      aria-label={props.label}
      tabIndex={props.reached ? 0 : -1}
      onClick={props.onLook}
      onFocus={props.onReach}
    />
  );
}
