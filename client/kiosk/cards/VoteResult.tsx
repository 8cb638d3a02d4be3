import type { SeatId } from '../../../server/domain/ids.ts';
import type { Vote } from '../../../server/domain/vote.ts';
import { percent, whole } from '../../i18n/format.ts';
import { text } from '../../i18n/language.ts';
import { Icon } from '../../ui/Icon.tsx';

/** How many voted for what, and what this site chose where that is no secret. */
export function VoteResult({ seat, vote }: { readonly seat: SeatId; readonly vote: Vote }) {
  const t = text.value.kiosk.vote;
  const counts = vote.counts ?? [];
  const all = counts.reduce((sum, count) => sum + count, 0);
  const own = vote.secret ? null : (vote.cast[seat] ?? null);
  return (
    <ul class="result">
      {vote.options.map((words, index) => {
        const count = counts[index] ?? 0;
        const share = all === 0 ? 0 : count / all;
        return (
          <li key={words} data-option={index + 1} data-count={count}>
            <span class="words">{words}</span>
            <b>{t.count(whole(count), percent(share))}</b>
            <span class="share" aria-hidden="true">
              <span style={{ width: `${100 * share}%` }} />
            </span>
            {index === own && (
              <span class="own-choice">
                <Icon name="check" />
                {t.own}
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
