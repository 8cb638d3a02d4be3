import { rulesNow } from '../../../server/domain/agenda.ts';
import type { BriefingState } from '../../../server/domain/briefing.ts';
import { requestById } from '../../../server/domain/floor.ts';
import type { RequestId } from '../../../server/domain/ids.ts';
import type { BrowserCommand } from '../../../server/protocol/commands.ts';
import { local, text } from '../../i18n/language.ts';
import { Button } from '../../ui/Button.tsx';
import { useCommands } from '../../ui/useCommands.ts';
import { useTroubles } from '../roster/useTroubles.ts';
import { useSteadyRows } from '../useSteadyRows.ts';
import { RequestName } from './RequestName.tsx';

/** Who would reply to the present speaker. Its place is kept as long as the item takes replies. */
export function Replies({ state }: { readonly state: BriefingState }) {
  const t = text.value.chair.replies;
  const { replies } = state.floor;
  const rows = useSteadyRows<HTMLOListElement>(replies);
  if (!rulesNow(state.agenda, state.agendaAt).replies && replies.length === 0) return null;
  return (
    <section class="replies-part" aria-label={t.title}>
      <h2>
        {t.title} <b>{replies.length}</b>
      </h2>
      <ol class="rows replies" ref={rows.ref} aria-label={t.title} {...rows.guards}>
        {rows.order.map((id) => (
          <ReplyRow key={id} state={state} id={id} onDone={rows.thaw} />
        ))}
        {rows.order.length === 0 && <li class="empty soft small">{t.none}</li>}
      </ol>
    </section>
  );
}

interface ReplyRowProps {
  readonly state: BriefingState;
  readonly id: RequestId;
  readonly onDone: () => void;
}

function ReplyRow({ state, id, onDone }: ReplyRowProps) {
  const { give, refused } = useCommands();
  const troublesOf = useTroubles();
  const t = text.value.chair;
  const request = requestById(state.floor, id);
  const seat = request && state.seats[request.beneficiary];
  if (!request || !seat || request.status !== 'accepted') {
    return (
      <li class="row gone soft" data-row={id}>
        {t.gone}
      </li>
    );
  }
  const name = local(seat.name);
  const run = async (command: BrowserCommand) => {
    onDone();
    await give(command);
    onDone();
  };
  const full = state.floor.holders.length >= state.floor.rules.maxFloorUsers;
  const grant: BrowserCommand = { type: 'floor.grant', target: { request: id }, replace: full };
  const deny: BrowserCommand = { type: 'floor.deny', request: id };
  return (
    <li class="row" data-row={id} data-request={id} data-seat={seat.id}>
      <RequestName state={state} request={request} troubles={troublesOf(seat)} />
      <Button
        action="reply.deny"
        icon="cross"
        look="quiet"
        size="small"
        label={t.replies.deny(name)}
        refused={refused(deny)}
        onPress={() => run(deny)}
      />
      <Button
        action="reply.grant"
        icon="next"
        size="small"
        label={t.replies.grant(name)}
        refused={refused(grant)}
        onPress={() => run(grant)}
      />
    </li>
  );
}
