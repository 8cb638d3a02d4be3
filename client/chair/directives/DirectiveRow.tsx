import type { BriefingState, CarriedDirective } from '../../../server/domain/briefing.ts';
import { isOverdue, type TrackedDirective } from '../../../server/domain/directives.ts';
import type { BriefingId } from '../../../server/domain/ids.ts';
import { local, text } from '../../i18n/language.ts';
import { Standing } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { Meter } from '../../ui/Meter.tsx';
import { useCommands } from '../../ui/useCommands.ts';
import { SeatNames } from '../SeatNames.tsx';
import { DirectiveWords } from './DirectiveWords.tsx';
import { confirmers, unconfirmed } from './tracking.ts';

/** What the office may ask to do with one task; each is asked again before it is done. */
export type DirectiveDeed = 'edit' | 'give' | 'done' | 'withdraw';

interface DirectiveRowProps {
  readonly state: BriefingState;
  readonly directive: TrackedDirective;
  /** ISO 8601 date. */
  readonly today: string;
  readonly onDeed: (deed: DirectiveDeed) => void;
}

/** One task with its receipts, and what can be done about it at its stage. */
export function DirectiveRow({ state, directive, today, onDeed }: DirectiveRowProps) {
  const { refused } = useCommands();
  const t = text.value.chair.directive;
  const { number, status } = directive;
  return (
    <li class="directive" data-directive={number} data-status={status}>
      <DirectiveWords state={state} directive={directive} overdue={isOverdue(directive, today)} />
      {(status === 'given' || status === 'done') && (
        <Receipts state={state} directive={directive} />
      )}
      <div class="deeds">
        {status === 'draft' && (
          <>
            <Button
              action="directive.give"
              icon="send"
              size="small"
              label={t.giveOf(number)}
              refused={refused({ type: 'directive.give', numbers: [number] })}
              onPress={() => onDeed('give')}
            >
              {t.give}
            </Button>
            <Button
              action="directive.edit"
              icon="edit"
              size="small"
              label={t.editOf(number)}
              onPress={() => onDeed('edit')}
            >
              {t.edit}
            </Button>
          </>
        )}
        {status === 'given' && <SettleDone number={number} onDeed={onDeed} />}
        {(status === 'given' || status === 'draft') && (
          <SettleWithdrawn number={number} onDeed={onDeed} />
        )}
      </div>
    </li>
  );
}

interface CarriedRowProps extends Omit<DirectiveRowProps, 'directive' | 'today'> {
  readonly carried: CarriedDirective & { readonly overdue: boolean };
}

/** One task of a former briefing, and what can still become of it here. */
export function CarriedRow({ state, carried, onDeed }: CarriedRowProps) {
  const t = text.value.chair.directive;
  const { briefing, briefingTitle, directive, overdue, settled } = carried;
  const { number } = directive;
  return (
    <li
      class="directive"
      data-carried={number}
      data-overdue={overdue || undefined}
      data-status={settled}
    >
      <DirectiveWords state={state} directive={directive} overdue={overdue} />
      <p class="small soft">{t.from(local(briefingTitle))}</p>
      {settled ? (
        <p class="small">
          <Standing icon={settled === 'done' ? 'check' : 'undo'}>{t.groups[settled]}</Standing>
        </p>
      ) : (
        <div class="deeds">
          <SettleDone briefing={briefing} number={number} onDeed={onDeed} />
          <SettleWithdrawn briefing={briefing} number={number} onDeed={onDeed} />
        </div>
      )}
    </li>
  );
}

interface SettleProps {
  readonly briefing?: BriefingId;
  readonly number: number;
  readonly onDeed: DirectiveRowProps['onDeed'];
}

function SettleDone({ briefing, number, onDeed }: SettleProps) {
  const { refused } = useCommands();
  const t = text.value.chair.directive;
  return (
    <Button
      action="directive.done"
      icon="check"
      size="small"
      label={t.doneOf(number)}
      refused={refused({ type: 'directive.settle', briefing, number, as: 'done' })}
      onPress={() => onDeed('done')}
    >
      {t.done}
    </Button>
  );
}

function SettleWithdrawn({ briefing, number, onDeed }: SettleProps) {
  const { refused } = useCommands();
  const t = text.value.chair.directive;
  return (
    <Button
      action="directive.withdraw"
      icon="undo"
      look="quiet"
      size="small"
      label={t.withdrawOf(number)}
      refused={refused({ type: 'directive.settle', briefing, number, as: 'withdrawn' })}
      onPress={() => onDeed('withdraw')}
    >
      {t.withdraw}
    </Button>
  );
}

function Receipts({ state, directive }: Pick<DirectiveRowProps, 'state' | 'directive'>) {
  const t = text.value.chair.directive;
  const all = confirmers(directive, state).length;
  const missing = unconfirmed(directive, state);
  const done = all - missing.length;
  const words = t.receipts(done, all);
  const complete = missing.length === 0;
  return (
    <div class="receipts">
      <Meter
        label={t.receiptsTitle}
        value={done}
        max={Math.max(1, all)}
        words={words}
        tone={complete ? 'accent' : 'plain'}
      />
      <Standing tone={complete ? 'accent' : 'plain'} icon={complete ? 'check' : 'hourglass'}>
        {words}
      </Standing>
      {!complete && (
        <SeatNames action="directive.missing" seats={missing}>
          {t.missing(missing.length)}
        </SeatNames>
      )}
    </div>
  );
}
