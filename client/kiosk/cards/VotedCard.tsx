import type { SeatId } from '../../../server/domain/ids.ts';
import type { Vote } from '../../../server/domain/vote.ts';
import { text } from '../../i18n/language.ts';
import { Icon } from '../../ui/Icon.tsx';

/** This site has voted and waits for the others. What it chose in secret is not shown to the room. */
export function VotedCard({ seat, vote }: { readonly seat: SeatId; readonly vote: Vote }) {
  const t = text.value.kiosk.vote;
  const option = vote.cast[seat];
  const choice = vote.secret || typeof option !== 'number' ? undefined : vote.options[option];
  return (
    <div class="slip voted" data-voted={vote.id} role="status">
      <Icon name="check" />
      <strong>{choice === undefined ? t.voted : t.votedFor(choice)}</strong>
      <span class="soft">{t.waiting}</span>
    </div>
  );
}
