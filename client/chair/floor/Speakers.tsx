import type { BriefingState } from '../../../server/domain/briefing.ts';
import { requestOf } from '../../../server/domain/floor.ts';
import { programme } from '../../../server/domain/routing.ts';
import type { BrowserCommand } from '../../../server/protocol/commands.ts';
import { local, refusalText, text } from '../../i18n/language.ts';
import { Button } from '../../ui/Button.tsx';
import { useCommands } from '../../ui/useCommands.ts';
import { open } from '../place.ts';
import { Holders } from './Holders.tsx';
import { Pending, Queue } from './Queue.tsx';
import { Replies } from './Replies.tsx';

/** The right column: who speaks, who is next, who waits, who has asked. */
export function Speakers({ state }: { readonly state: BriefingState }) {
  const t = text.value.chair;
  return (
    <section class="column speakers" aria-label={t.queue}>
      <Holders state={state} />
      <Replies state={state} />
      <div class="grant-next">
        <GrantNext state={state} />
        <Button
          action="call.open"
          icon="search"
          label={`${t.call.title} (/)`}
          onPress={() => {
            open.call.value = true;
          }}
        />
      </div>
      <Queue state={state} />
      <Pending state={state} />
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
    <Button
      action="floor.grantNext"
      icon="next"
      look="accent"
      refused={command ? refused(command) : nobody}
      onPress={() => command && give(command)}
    >
      <span class="words">
        <span>{t.grantNext}</span>
        <span class="small">{seat ? local(seat.shortName) : t.grantNextNobody}</span>
      </span>
      <kbd>G</kbd>
    </Button>
  );
}
