import { useSignal } from '@preact/signals';
import type { BriefingState } from '../../../server/domain/briefing.ts';
import type { SeatId } from '../../../server/domain/ids.ts';
import { ThreadRow } from '../../chair/messages/ThreadRow.tsx';
import { threadsOf } from '../../chair/messages/threads.ts';
import { text } from '../../i18n/language.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { Compose } from './Compose.tsx';

interface MessagesProps {
  readonly state: BriefingState;
  /** The points that the board lists now. */
  readonly listed: readonly SeatId[];
}

/** Words to all points or to those listed, and who has acknowledged them. */
export function Messages({ state, listed }: MessagesProps) {
  const to = useSignal<'all' | 'listed'>('all');
  const t = text.value.technician.message;
  const seats = Object.keys(state.seats);
  const points = seats.filter((seat) => seat !== state.chairPoint);
  const some = listed.filter((seat) => seat !== state.chairPoint);
  const threads = threadsOf({ messages: state.messages, seats, chairPoint: state.chairPoint });
  return (
    <div class="messages">
      <Segmented
        action="message.to"
        label={t.to}
        choices={[
          { value: 'all', label: t.toAll(points.length) },
          { value: 'listed', label: t.toListed(some.length) },
        ]}
        value={to.value}
        onChoose={(value) => {
          to.value = value;
        }}
      />
      <Compose to={to.value === 'all' ? 'all' : some} label={t.words} />
      <ul class="threads" aria-label={t.sent}>
        {threads.map((thread) => (
          <ThreadRow key={thread.id} state={state} thread={thread} />
        ))}
        {threads.length === 0 && <li class="empty soft">{t.none}</li>}
      </ul>
    </div>
  );
}
