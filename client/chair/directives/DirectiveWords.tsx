import type { BriefingState } from '../../../server/domain/briefing.ts';
import type { Directive } from '../../../server/domain/directives.ts';
import { listOf, plainDate } from '../../i18n/format.ts';
import { local, text } from '../../i18n/language.ts';
import { Standing } from '../../ui/Badge.tsx';

interface DirectiveWordsProps {
  readonly state: BriefingState;
  readonly directive: Directive;
  readonly overdue: boolean;
}

/** More names than these are a number. */
const mostNames = 4;

/** What a task says: its number and title, what is to be done, by whom and by when. */
export function DirectiveWords({ state, directive, overdue }: DirectiveWordsProps) {
  const t = text.value.chair.directive;
  const { number, title, content, leadPoint, supportingPoints, deadline, product } = directive;
  const name = (id: string) => {
    const seat = state.seats[id];
    return seat ? local(seat.shortName) : id;
  };
  const support =
    supportingPoints === 'all'
      ? t.supportAll
      : supportingPoints.length > mostNames
        ? t.supportCount(supportingPoints.length)
        : supportingPoints.length > 0
          ? t.support(listOf(supportingPoints.map(name)))
          : null;
  return (
    <>
      <h4>
        {number}. {local(title)}
      </h4>
      <p class="said small">{content}</p>
      <p class="meta small soft">
        <span>{t.lead(name(leadPoint))}</span>
        {support && <span>{support}</span>}
        {overdue && (
          <Standing tone="alarm" icon="alert">
            {t.overdue}
          </Standing>
        )}
        <span>{deadline === null ? t.noDeadline : t.dueOn(plainDate(deadline))}</span>
        {product !== null && <span>{t.product(product)}</span>}
      </p>
    </>
  );
}
