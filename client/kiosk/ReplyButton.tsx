import type { BriefingState } from '../../server/domain/briefing.ts';
import type { SeatId } from '../../server/domain/ids.ts';
import { local, text } from '../i18n/language.ts';
import { Button } from '../ui/Button.tsx';
import { useCommands } from '../ui/useCommands.ts';
import { replyKey } from './binding.ts';
import { repliesTo } from './stand.ts';
import { usePress } from './usePress.ts';

interface ReplyButtonProps {
  readonly state: BriefingState;
  readonly seat: SeatId;
}

/** Asks to reply to the present speaker, where the item under way lets points do so. */
export function ReplyButton({ state, seat }: ReplyButtonProps) {
  const { give, refused } = useCommands();
  const box = usePress((input) => input.by === 'key' && input.code === replyKey);
  const speaker = repliesTo(state, seat);
  if (speaker === null) return null;
  const t = text.value.kiosk.reply;
  const command = { type: 'floor.request', beneficiary: seat, kind: 'reply' } as const;
  const why = refused(command);
  const name = state.seats[speaker]?.shortName;
  return (
    <div class="reply" data-to={speaker} ref={box}>
      <Button action="floor.reply" icon="reply" refused={why} onPress={() => give(command)}>
        <span class="words">
          <span class="label">{t.ask}</span>
          <span class="detail">{why ?? t.to(name ? local(name) : '', replyKey)}</span>
        </span>
      </Button>
    </div>
  );
}
