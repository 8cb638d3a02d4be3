import { speechLengths } from '../../agenda/floorChoices.ts';
import { text } from '../../i18n/language.ts';
import { Select } from '../../ui/Field.tsx';

interface ReplyLengthProps {
  /** Milliseconds; null: as long as it takes. */
  readonly replyMs: number | null;
  readonly onReplyMs: (replyMs: number | null) => unknown;
}

const unlimited = 'unlimited';

/** How long a reply to a speaker may take. */
export function ReplyLength({ replyMs, onReplyMs }: ReplyLengthProps) {
  const t = text.value.chair;
  return (
    <div class="rule">
      <Select
        action="floor.replyLength"
        label={t.replies.length}
        value={replyMs === null ? unlimited : String(replyMs)}
        options={[
          { value: unlimited, label: t.speech.unlimited },
          ...speechLengths(replyMs).map((ms) => ({
            value: String(ms),
            label: t.speech.length(ms / 1000),
          })),
        ]}
        onValue={(value) => onReplyMs(value === unlimited ? null : Number(value))}
      />
    </div>
  );
}
