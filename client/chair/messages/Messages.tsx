import type { BriefingState } from '../../../server/domain/briefing.ts';
import { text } from '../../i18n/language.ts';
import { Compose } from './Compose.tsx';
import { ThreadRow } from './ThreadRow.tsx';
import { threadsOf } from './threads.ts';

/** Words to points, and who has acknowledged them. */
export function Messages({ state }: { readonly state: BriefingState }) {
  const t = text.value.chair.message;
  const threads = threadsOf({
    messages: state.messages,
    seats: Object.keys(state.seats),
    chairPoint: state.chairPoint,
  });
  return (
    <div class="messages">
      <Compose state={state} />
      <ul class="threads" aria-label={t.sent}>
        {threads.map((thread) => (
          <ThreadRow key={thread.id} state={state} thread={thread} />
        ))}
        {threads.length === 0 && <li class="empty soft">{t.none}</li>}
      </ul>
    </div>
  );
}
