import type { SeatId } from '../../../server/domain/ids.ts';
import type { Vote } from '../../../server/domain/vote.ts';
import { text } from '../../i18n/language.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { acknowledgeKey } from '../binding.ts';
import { usePress } from '../usePress.ts';
import { VoteResult } from './VoteResult.tsx';

interface ResultCardProps {
  readonly seat: SeatId;
  readonly vote: Vote;
  readonly onClose: () => void;
}

/** What a vote came to; it goes by itself after a while. */
export function ResultCard({ seat, vote, onClose }: ResultCardProps) {
  const t = text.value.kiosk;
  const box = usePress((input) => input.by === 'key' && input.code === acknowledgeKey);
  return (
    <section class="slip outcome-of-vote" data-result={vote.id} aria-label={t.vote.result}>
      <div class="head" ref={box}>
        <Icon name="vote" />
        <div class="words" role="status">
          <span class="from">{t.vote.result}</span>
          <p>{vote.question}</p>
        </div>
        <Button action="vote.dismiss" icon="check" onPress={onClose}>
          <span class="words">
            <span>{t.vote.seen}</span>
            <span class="detail">{t.message.key(acknowledgeKey)}</span>
          </span>
        </Button>
      </div>
      <VoteResult seat={seat} vote={vote} />
    </section>
  );
}
