import type { BriefingState } from '../../../server/domain/briefing.ts';
import { requestById } from '../../../server/domain/floor.ts';
import { text } from '../../i18n/language.ts';
import { Holder } from './Holder.tsx';

/** So many cards have their place kept; more scroll. */
const mostPlaces = 2;

/**
 * Who has the floor now. As many places as may speak are kept, taken or not, so that nothing below
 * them moves when a turn begins or ends.
 */
export function Holders({ state }: { readonly state: BriefingState }) {
  const t = text.value.chair;
  const { holders, rules } = state.floor;
  const held = holders.flatMap((id) => {
    const request = requestById(state.floor, id);
    const seat = request && state.seats[request.beneficiary];
    return seat ? [{ request, seat }] : [];
  });
  return (
    <section
      class="holders"
      aria-label={t.holders}
      data-several={rules.maxFloorUsers > 1 ? '' : undefined}
      style={{ '--places': Math.min(rules.maxFloorUsers, mostPlaces) }}
    >
      {held.map(({ request, seat }) => (
        <Holder key={request.id} state={state} request={request} seat={seat} />
      ))}
      {held.length === 0 && (
        <p class="holder soft" data-nobody="">
          {t.nobodySpeaks}
        </p>
      )}
    </section>
  );
}
