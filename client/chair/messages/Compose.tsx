import type { BriefingState } from '../../../server/domain/briefing.ts';
import { longestMessage } from '../../../server/domain/message.ts';
import type { BrowserCommand } from '../../../server/protocol/commands.ts';
import { local, text } from '../../i18n/language.ts';
import { Button } from '../../ui/Button.tsx';
import { Select, TextArea } from '../../ui/Field.tsx';
import { inOrder } from '../../ui/roster.ts';
import { sayOutcome, toast } from '../../ui/toasts.tsx';
import { useCommands } from '../../ui/useCommands.ts';
import { useSurface } from '../../ui/useSurface.ts';
import { place } from '../place.ts';
import { useListed } from '../roster/useListed.ts';

/** The words, and to whom: every point, those that the roster shows now, or a single one. */
export function Compose({ state }: { readonly state: BriefingState }) {
  const { link } = useSurface();
  const { refused } = useCommands();
  const t = text.value.chair.message;
  const seats = inOrder(state.seats);
  const shown = useListed(state).shown.map((s) => s.id);
  const { draft, audience, addressee } = place;
  const one = state.seats[addressee.value ?? '']?.id ?? null;
  const to = { all: 'all' as const, shown, one: one === null ? [] : [one] }[audience.value];
  const words = draft.value.trim();
  const send: BrowserCommand = { type: 'message.send', to, text: words };
  const why =
    to !== 'all' && to.length === 0 ? t.noAddressee : words === '' ? t.noWords : refused(send);
  const write = async () => {
    const outcome = await link.command(send);
    sayOutcome(outcome);
    // Refused words stay, to be mended.
    if (!outcome.ok) return;
    draft.value = '';
    toast(t.done);
  };
  return (
    <div class="compose">
      <div class="to">
        <Select
          action="message.audience"
          label={t.to}
          value={audience.value === 'one' ? `seat:${one ?? ''}` : audience.value}
          options={[
            { value: 'all', label: t.toAll(seats.length) },
            { value: 'shown', label: t.toShown(shown.length) },
            ...(one === null ? [{ value: 'seat:', label: t.toOne }] : []),
            ...seats.map((s) => ({ value: `seat:${s.id}`, label: `${s.order}. ${local(s.name)}` })),
          ]}
          onValue={(value) => {
            const seat = value.startsWith('seat:') ? value.slice('seat:'.length) : null;
            audience.value = seat !== null ? 'one' : value === 'shown' ? 'shown' : 'all';
            if (seat) addressee.value = seat;
          }}
        />
      </div>
      <TextArea
        action="message.text"
        label={t.words}
        hidesLabel
        placeholder={t.words}
        rows={2}
        maxLength={longestMessage}
        value={draft.value}
        onValue={(value) => {
          draft.value = value;
        }}
      />
      <Button action="message.send" icon="send" look="accent" refused={why} onPress={write}>
        {t.send}
      </Button>
    </div>
  );
}
