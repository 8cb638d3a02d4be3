import { useEffect, useRef } from 'preact/hooks';
import { seatById } from '../../server/domain/roster.ts';
import { local, text } from '../i18n/language.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { toast } from '../ui/toasts.tsx';
import { useSurface } from '../ui/useSurface.ts';
import { officeWhisperOf } from './officeWhisper.ts';
import './whisper.css';

/** While this page speaks with a point in private: with whom, and how to end it, over everything. */
export function WhisperBar() {
  const surface = useSurface();
  const office = officeWhisperOf(surface);
  const mine = office.mine.value;
  const seats = surface.link.state.value?.seats ?? {};
  const t = text.value.whisper;
  const nameOf = (id: string): string => {
    const seat = seatById(seats, id);
    return seat ? local(seat.name) : id;
  };
  const name = mine && nameOf(mine.seat);
  const before = useRef<string | null>(null);
  useEffect(() => {
    if (before.current !== null && name === null) toast(text.value.whisper.ended(before.current));
    before.current = name;
  }, [name]);
  return (
    <div class="whisper-bar" role="status">
      {name !== null && (
        <div class="words">
          <Icon name="phone" />
          <strong>{office.connected.value ? t.on(name) : t.connecting(name)}</strong>
          <span class="soft">{t.onDetail}</span>
          <Button action="whisper.end" icon="stop" look="accent" onPress={() => office.stop()}>
            {t.stop}
          </Button>
        </div>
      )}
    </div>
  );
}
