import { useSignal } from '@preact/signals';
import type { BriefingState } from '../../../server/domain/briefing.ts';
import type { BrowserCommand } from '../../../server/protocol/commands.ts';
import { minuteTime } from '../../i18n/format.ts';
import { local, text } from '../../i18n/language.ts';
import { Standing } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { Confirm } from '../../ui/Confirm.tsx';
import { Meter } from '../../ui/Meter.tsx';
import { useCommands } from '../../ui/useCommands.ts';
import type { Thread } from './threads.ts';

interface ThreadRowProps {
  readonly state: BriefingState;
  readonly thread: Thread;
}

/** One message: its words, how many have acknowledged it, who has not, and what to do about them. */
export function ThreadRow({ state, thread }: ThreadRowProps) {
  const { give, refused } = useCommands();
  const listing = useSignal(false);
  const withdrawing = useSignal(false);
  const t = text.value.chair.message;
  const { recipients, missing, repeatedAt } = thread;
  const all = recipients.length;
  const done = all - missing.length;
  const receipts = t.receipts(done, all);
  const absent = missing.flatMap((id) => state.seats[id] ?? []).sort((a, b) => a.order - b.order);
  const chase: BrowserCommand = { type: 'message.send', to: [...missing], text: thread.text };
  const withdraw = async () => {
    for (const message of thread.messages) await give({ type: 'message.withdraw', message });
  };
  const [only] = recipients;
  const one = all === 1 && only !== undefined ? state.seats[only] : undefined;
  return (
    <li class="thread" data-message={thread.id}>
      <div class="meta small soft">
        <time>{minuteTime(thread.sentAt)}</time>
        <span>{text.value.chair.by[thread.by.role]}</span>
        <span>{one ? local(one.name) : t.toCount(all)}</span>
        {repeatedAt !== null && <span>{t.repeated(minuteTime(repeatedAt))}</span>}
        <Button
          action="message.withdraw"
          icon="undo"
          look="quiet"
          size="small"
          label={t.withdraw}
          refused={refused({ type: 'message.withdraw', message: thread.id })}
          onPress={() => {
            withdrawing.value = true;
          }}
        />
      </div>
      <p class="said">{thread.text}</p>
      <div class="receipts">
        <Meter
          label={t.receiptsTitle}
          value={done}
          max={Math.max(1, all)}
          words={receipts}
          tone={missing.length === 0 ? 'accent' : 'plain'}
        />
        <Standing
          tone={missing.length === 0 ? 'accent' : 'plain'}
          icon={missing.length === 0 ? 'check' : 'hourglass'}
        >
          {receipts}
        </Standing>
        {missing.length > 0 && (
          <>
            <Button
              action="message.missing"
              icon={listing.value ? 'chevronUp' : 'chevronDown'}
              look="quiet"
              size="small"
              expanded={listing.value}
              onPress={() => {
                listing.value = !listing.value;
              }}
            >
              {t.missing(missing.length)}
            </Button>
            <Button
              action="message.chase"
              icon="bellRing"
              size="small"
              label={t.chaseDetail(missing.length)}
              refused={refused(chase)}
              onPress={() => give(chase)}
            >
              {t.chase}
            </Button>
          </>
        )}
      </div>
      {listing.value && absent.length > 0 && (
        <ul class="absent small">
          {absent.map((seat) => (
            <li key={seat.id} data-seat={seat.id}>
              {local(seat.shortName)}
              {seat.status !== 'connected' && (
                <span class="soft"> · {text.value.seat[seat.status]}</span>
              )}
            </li>
          ))}
        </ul>
      )}
      {withdrawing.value && (
        <Confirm
          title={t.withdrawTitle}
          detail={[`“${thread.text}”`, t.withdrawDetail(missing.length)]}
          confirm={t.withdraw}
          onConfirm={withdraw}
          onClose={() => {
            withdrawing.value = false;
          }}
        />
      )}
    </li>
  );
}
