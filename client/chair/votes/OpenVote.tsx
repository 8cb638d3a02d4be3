import { useSignal } from '@preact/signals';
import type { BriefingState } from '../../../server/domain/briefing.ts';
import type { Vote } from '../../../server/domain/vote.ts';
import { minuteTime } from '../../i18n/format.ts';
import { text } from '../../i18n/language.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { Confirm } from '../../ui/Confirm.tsx';
import { Meter } from '../../ui/Meter.tsx';
import { inOrder } from '../../ui/roster.ts';
import { useCommands } from '../../ui/useCommands.ts';
import { SeatNames } from '../SeatNames.tsx';
import { notVoted } from './voteResult.ts';

interface OpenVoteProps {
  readonly state: BriefingState;
  readonly vote: Vote;
}

/** The vote under way: how many have voted, who has not; never how, before it is closed. */
export function OpenVote({ state, vote }: OpenVoteProps) {
  const { give, refused } = useCommands();
  const closing = useSignal(false);
  const t = text.value.chair.vote;
  const all = inOrder(state.seats).length;
  const missing = notVoted(vote, state.seats);
  const done = all - missing.length;
  const close = { type: 'vote.close', vote: vote.id } as const;
  return (
    <article class="vote" data-vote={vote.id} data-open="">
      <p class="meta small soft">
        <Badge tone="accent" icon="hourglass">
          {t.underWay}
        </Badge>
        <time>{minuteTime(vote.openedAt)}</time>
        <span>{vote.secret ? t.secret : t.open}</span>
      </p>
      <h3>{vote.question}</h3>
      <p class="small soft">{vote.options.join(' · ')}</p>
      <div class="progress">
        <b data-progress="">{t.progress(done, all)}</b>
        <Meter label={t.title} value={done} max={all} words={t.progress(done, all)} tone="accent" />
        <Button
          action="vote.close"
          icon="stop"
          look="accent"
          size="small"
          refused={refused(close)}
          onPress={() => {
            closing.value = true;
          }}
        >
          {t.close}
        </Button>
      </div>
      {missing.length > 0 && (
        <SeatNames action="vote.missing" seats={missing}>
          {t.missing(missing.length)}
        </SeatNames>
      )}
      {closing.value && (
        <Confirm
          title={t.closeTitle}
          detail={[`“${vote.question}”`, t.closeDetail(missing.length), t.closeResult]}
          confirm={t.close}
          onConfirm={() => give(close)}
          onClose={() => {
            closing.value = false;
          }}
        />
      )}
    </article>
  );
}
