import { useSignal } from '@preact/signals';
import type { Seat } from '../../server/domain/roster.ts';
import { local, text } from '../i18n/language.ts';
import { Button } from '../ui/Button.tsx';

interface SeatNamesProps {
  readonly action: string;
  readonly seats: readonly Seat[];
  /** How many, in words. */
  readonly children: string;
}

/** Which points, to be unfolded where a number alone is not enough. */
export function SeatNames({ action, seats, children }: SeatNamesProps) {
  const open = useSignal(false);
  return (
    <div class="seat-names">
      <Button
        action={action}
        icon={open.value ? 'chevronUp' : 'chevronDown'}
        look="quiet"
        size="small"
        expanded={open.value}
        onPress={() => {
          open.value = !open.value;
        }}
      >
        {children}
      </Button>
      {open.value && (
        <ul class="absent small">
          {seats.map((seat) => (
            <li key={seat.id} data-seat={seat.id}>
              {local(seat.shortName)}
              {seat.status !== 'connected' && (
                <span class="soft"> · {text.value.seat[seat.status]}</span>
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
