import type { BriefingState } from '../../../server/domain/briefing.ts';
import type { Directive } from '../../../server/domain/directives.ts';
import type { SeatId } from '../../../server/domain/ids.ts';
import { plainDate } from '../../i18n/format.ts';
import { local, text } from '../../i18n/language.ts';

interface TaskFactsProps {
  readonly state: BriefingState;
  readonly seat: SeatId;
  readonly task: Directive;
}

/** What a point must know of a task beside its words: its own part, by when, with what result. */
export function TaskFacts({ state, seat, task }: TaskFactsProps) {
  const t = text.value.kiosk.task;
  const { leadPoint, deadline, product } = task;
  const leads = leadPoint === seat;
  const lead = state.seats[leadPoint];
  return (
    <dl class="task-facts" data-part={leads ? 'lead' : 'support'}>
      <div>
        <dt>{t.part}</dt>
        <dd>{leads ? t.leads : t.supports(lead ? local(lead.name) : '')}</dd>
      </div>
      <div data-deadline={deadline ?? ''}>
        <dt>{t.deadline}</dt>
        <dd>{deadline === null ? t.noDeadline : plainDate(deadline)}</dd>
      </div>
      {product !== null && (
        <div>
          <dt>{t.product}</dt>
          <dd>{product}</dd>
        </div>
      )}
    </dl>
  );
}
