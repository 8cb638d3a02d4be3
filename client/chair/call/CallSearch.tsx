import { useSignal } from '@preact/signals';
import type { BriefingState } from '../../../server/domain/briefing.ts';
import type { Seat } from '../../../server/domain/roster.ts';
import { text } from '../../i18n/language.ts';
import { inOrder } from '../../ui/roster.ts';
import { SeatState } from '../roster/SeatState.tsx';
import { useTroubles } from '../roster/useTroubles.ts';
import { SeatName } from '../SeatName.tsx';
import { standing } from '../words.ts';
import { callSearch } from './callSearch.ts';

interface CallSearchProps {
  readonly state: BriefingState;
  /** Why a point cannot be called now, in words; null when it can. */
  readonly refused: (seat: Seat) => string | null;
  readonly onCall: (seat: Seat) => void;
  readonly onRegister: (seat: Seat) => void;
}

/** A field to type in, and the points that it finds; the arrows choose among them. */
export function CallSearch({ state, refused, onCall, onRegister }: CallSearchProps) {
  const query = useSignal('');
  const chosen = useSignal(0);
  const troublesOf = useTroubles();
  const t = text.value.chair;
  const found = callSearch(query.value, inOrder(state.seats));
  const at = Math.min(chosen.value, Math.max(0, found.length - 1));
  const seat = found[at];

  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && found.length > 0) {
      event.preventDefault();
      chosen.value = (at + step + found.length) % found.length;
      // An accent that is still being composed ends with Enter too.
    } else if (event.key === 'Enter' && seat && !event.isComposing && !event.repeat) {
      event.preventDefault();
      if (event.shiftKey) onRegister(seat);
      else onCall(seat);
    }
  };
  return (
    <div class="call">
      <input
        class="field"
        type="text"
        role="combobox"
        autocomplete="off"
        data-action="call.query"
        aria-label={t.call.prompt}
        aria-controls="call-found"
        aria-expanded={found.length > 0}
        aria-activedescendant={seat ? `call-${seat.id}` : undefined}
        placeholder={t.call.prompt}
        value={query.value}
        onInput={(event) => {
          query.value = event.currentTarget.value;
          chosen.value = 0;
        }}
        onKeyDown={onKey}
      />
      <div class="found" id="call-found" role="listbox" aria-label={t.call.found}>
        {found.map((one, index) => (
          <button
            type="button"
            key={one.id}
            id={`call-${one.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            data-seat={one.id}
            onPointerMove={() => {
              chosen.value = index;
            }}
            onClick={(event) => (event.shiftKey ? onRegister(one) : onCall(one))}
          >
            <span class="order">{one.order}</span>
            <span class="who">
              <SeatName seat={one} />
              <SeatState seat={one} {...standing(state, one)} troubles={troublesOf(one)} />
            </span>
            {index === at && <span class="hint small soft">{refused(one) ?? t.grant}</span>}
          </button>
        ))}
      </div>
      <p class="small soft" role="status">
        {query.value.trim() === '' ? t.call.hint : found.length === 0 ? t.nobody : ''}
      </p>
      <p class="legend small soft">
        <kbd>↑</kbd> <kbd>↓</kbd> {t.call.choose} · <kbd>Enter</kbd> {t.grant} · <kbd>Shift</kbd>{' '}
        <kbd>Enter</kbd> {t.register} · <kbd>Esc</kbd> {text.value.dialog.close}
      </p>
    </div>
  );
}
