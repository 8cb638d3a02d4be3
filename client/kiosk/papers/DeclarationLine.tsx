import type { BriefingState } from '../../../server/domain/briefing.ts';
import type { SeatId } from '../../../server/domain/ids.ts';
import { minuteTime, whole } from '../../i18n/format.ts';
import { text } from '../../i18n/language.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';

interface DeclarationLineProps {
  readonly state: BriefingState;
  readonly seat: SeatId;
  readonly onDeclare: () => void;
}

/** What is declared of this point's delegation, and the way to the form. */
export function DeclarationLine({ state, seat, onDeclare }: DeclarationLineProps) {
  const t = text.value.kiosk.rollCall;
  const declared = Object.hasOwn(state.rollCall, seat) ? state.rollCall[seat] : undefined;
  const words = () => {
    if (!declared) return t.none;
    if (declared.attendance === 'absent') return `${t.absent}: ${declared.reason}`;
    const { head, title, headCount, substitute } = declared;
    const who = [head, title].filter(Boolean).join(', ');
    return [
      t.present,
      who && t.headIs(who),
      headCount === null ? '' : t.persons(whole(headCount)),
      substitute && t.substituteIs(substitute),
    ]
      .filter(Boolean)
      .join(' · ');
  };
  return (
    <div class="declared" data-declared={declared?.attendance ?? 'none'}>
      <p>
        <Icon name={declared ? 'check' : 'alert'} />
        <span>
          <strong>{t.title}: </strong>
          {words()}
          {declared && <span class="soft"> ({t.at(minuteTime(declared.at))})</span>}
        </span>
      </p>
      {state.phase !== 'closed' && (
        <Button
          action="rollCall.open"
          icon={declared ? 'edit' : 'users'}
          look={declared ? 'plain' : 'accent'}
          onPress={onDeclare}
        >
          {declared ? t.correct : t.declare}
        </Button>
      )}
    </div>
  );
}
