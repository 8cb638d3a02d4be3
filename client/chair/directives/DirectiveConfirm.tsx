import type { BriefingState } from '../../../server/domain/briefing.ts';
import type { Directive, TrackedDirective } from '../../../server/domain/directives.ts';
import type { BriefingId } from '../../../server/domain/ids.ts';
import { local, text } from '../../i18n/language.ts';
import { Confirm } from '../../ui/Confirm.tsx';
import { useCommands } from '../../ui/useCommands.ts';
import { confirmers } from './tracking.ts';

interface GiveConfirmProps {
  readonly state: BriefingState;
  readonly drafts: readonly TrackedDirective[];
  readonly onClose: () => void;
}

/** Before tasks are given: to how many, and that they are fixed from then on. */
export function GiveConfirm({ state, drafts, onClose }: GiveConfirmProps) {
  const { give } = useCommands();
  const t = text.value.chair.directive;
  const [first] = drafts;
  const told = new Set(drafts.flatMap((d) => confirmers(d, state).map(({ id }) => id))).size;
  const one = drafts.length === 1 && first !== undefined;
  return (
    <Confirm
      title={one ? t.giveOneTitle(first.number) : t.giveTitle(drafts.length)}
      detail={[...(one ? [local(first.title)] : []), t.giveDetail(told), t.giveFinal]}
      confirm={t.give}
      onConfirm={() => give({ type: 'directive.give', numbers: drafts.map((d) => d.number) })}
      onClose={onClose}
    />
  );
}

interface SettleConfirmProps {
  readonly directive: Directive & Pick<TrackedDirective, 'status'>;
  /** The former briefing that it was carried over from. */
  readonly briefing?: BriefingId | undefined;
  readonly as: 'done' | 'withdrawn';
  readonly onClose: () => void;
}

/** Before a task is done or withdrawn. */
export function SettleConfirm({ directive, briefing, as, onClose }: SettleConfirmProps) {
  const { give } = useCommands();
  const t = text.value.chair.directive;
  const { number, status, title } = directive;
  const words =
    as === 'done' ? t.doneDetail : status === 'draft' ? t.withdrawDraft : t.withdrawGiven;
  return (
    <Confirm
      title={as === 'done' ? t.doneTitle(number) : t.withdrawTitle(number)}
      detail={[local(title), words]}
      confirm={as === 'done' ? t.done : t.withdraw}
      onConfirm={() => give({ type: 'directive.settle', briefing, number, as })}
      onClose={onClose}
    />
  );
}
