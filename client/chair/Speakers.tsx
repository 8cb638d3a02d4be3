import type { BriefingState } from '../../server/domain/briefing.ts';
import { requestOf } from '../../server/domain/floor.ts';
import { programme } from '../../server/domain/routing.ts';
import type { BrowserCommand } from '../../server/protocol/commands.ts';
import { local, refusalText, text } from '../i18n/language.ts';
import { Button } from '../ui/Button.tsx';
import { useCommands } from '../ui/useCommands.ts';
import { FloorRulesForm } from './FloorRulesForm.tsx';
import { Holders } from './Holders.tsx';
import { PendingRow } from './PendingRow.tsx';
import { QueueRow } from './QueueRow.tsx';
import { useSteady } from './useSteady.ts';

/** The right column: who speaks, who is next, who waits, who has asked. */
export function Speakers({ state }: { readonly state: BriefingState }) {
  const t = text.value.chair;
  const { requests, queue } = state.floor;
  const pending = requests
    .filter((r) => r.status === 'pending')
    .sort((a, b) => a.requestedAt - b.requestedAt || a.id.localeCompare(b.id))
    .map((r) => r.id);
  const waiting = useSteady(queue);
  const asking = useSteady(pending);
  return (
    <section class="column speakers" aria-label={t.queue}>
      <Holders state={state} />
      <GrantNext state={state} />
      <h2>
        {t.accepted} <b>{queue.length}</b>
      </h2>
      <ol class="rows queue" {...waiting.guards}>
        {waiting.order.map((id) => (
          <QueueRow key={id} state={state} id={id} onDone={waiting.thaw} />
        ))}
        {waiting.order.length === 0 && <li class="empty soft">{t.queueEmpty}</li>}
      </ol>
      <h2>
        {t.pending} <b>{pending.length}</b>
      </h2>
      <ol class="rows pending" {...asking.guards}>
        {asking.order.map((id) => (
          <PendingRow key={id} state={state} id={id} onDone={asking.thaw} />
        ))}
        {asking.order.length === 0 && <li class="empty soft">{t.queueEmpty}</li>}
      </ol>
      <FloorRulesForm state={state} />
    </section>
  );
}

function GrantNext({ state }: { readonly state: BriefingState }) {
  const { give, refused } = useCommands();
  const t = text.value.chair;
  const { cue } = programme(state);
  const next = cue === null ? undefined : requestOf(state.floor, cue);
  const seat = cue === null ? undefined : state.seats[cue];
  // With nobody to call there is no command to refuse; the button says what is missing.
  const command: BrowserCommand | null = next
    ? { type: 'floor.grant', target: { request: next.id }, replace: true }
    : null;
  const nobody = state.phase === 'recess' ? refusalText.value.wrongPhase : t.grantNextNobody;
  return (
    <div class="grant-next">
      <Button
        action="floor.grantNext"
        icon="next"
        look="accent"
        refused={command ? refused(command) : nobody}
        onPress={() => command && give(command)}
      >
        <span class="words">
          <span>{t.grantNext}</span>
          <span class="small">{seat ? local(seat.name) : t.grantNextNobody}</span>
        </span>
        <kbd>G</kbd>
      </Button>
    </div>
  );
}
