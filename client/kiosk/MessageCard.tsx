import type { SeatId } from '../../server/domain/ids.ts';
import { minuteTime } from '../i18n/format.ts';
import { text } from '../i18n/language.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { useCommands } from '../ui/useCommands.ts';
import { acknowledgeKey, binding } from './binding.ts';
import type { Unanswered } from './messages.ts';
import { usePress } from './usePress.ts';

interface MessageCardProps {
  readonly seat: SeatId;
  /** At least one; the first is shown, the others wait behind it. */
  readonly messages: readonly [Unanswered, ...Unanswered[]];
}

/** A word from the control room, until somebody here says that it was read. */
export function MessageCard({ seat, messages }: MessageCardProps) {
  const { give, refused } = useCommands();
  const t = text.value.kiosk.message;
  const [{ message, again }] = messages;
  const answerTo = (id: string) => ({ type: 'message.acknowledge', message: id, seat }) as const;
  const answer = answerTo(message.id);
  const box = usePress((input) =>
    input.by === 'key'
      ? input.code === acknowledgeKey
      : // A pad has one button for the floor; any other answers.
        input.button !== binding.peek().button,
  );
  return (
    <div class="message" data-message={message.id} ref={box}>
      <Icon name="message" />
      <div class="words" role="alert" key={message.id}>
        <span class="from">
          {t.from} · {minuteTime(message.sentAt)}
          {messages.length > 1 && <b> · {t.count('1', String(messages.length))}</b>}
        </span>
        <p>{message.text}</p>
      </div>
      <Button
        action="message.acknowledge"
        icon="check"
        look="accent"
        refused={refused(answer)}
        onPress={() => Promise.all([message, ...again].map(({ id }) => give(answerTo(id))))}
      >
        <span class="words">
          <span>{t.understood}</span>
          <span class="detail">{t.key(acknowledgeKey)}</span>
        </span>
      </Button>
    </div>
  );
}
