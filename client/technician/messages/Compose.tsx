import { useSignal } from '@preact/signals';
import type { SeatId } from '../../../server/domain/ids.ts';
import { longestMessage } from '../../../server/domain/message.ts';
import type { BrowserCommand } from '../../../server/protocol/commands.ts';
import { text } from '../../i18n/language.ts';
import { Button } from '../../ui/Button.tsx';
import { TextArea } from '../../ui/Field.tsx';
import { sayOutcome, toast } from '../../ui/toasts.tsx';
import { useCommands } from '../../ui/useCommands.ts';
import { useSurface } from '../../ui/useSurface.ts';

interface ComposeProps {
  readonly to: 'all' | readonly SeatId[];
  readonly label: string;
}

/** A message to write and to send. Refused words stay, to be mended. */
export function Compose({ to, label }: ComposeProps) {
  const { link } = useSurface();
  const { refused } = useCommands();
  const draft = useSignal('');
  const t = text.value.technician.message;
  const words = draft.value.trim();
  const send: BrowserCommand = {
    type: 'message.send',
    to: to === 'all' ? to : [...to],
    text: words,
  };
  const why = to.length === 0 ? t.noAddressee : words === '' ? t.noWords : refused(send);
  const write = async () => {
    const outcome = await link.command(send);
    sayOutcome(outcome);
    if (!outcome.ok) return;
    draft.value = '';
    toast(t.done);
  };
  return (
    <div class="compose">
      <TextArea
        action="message.text"
        label={label}
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
