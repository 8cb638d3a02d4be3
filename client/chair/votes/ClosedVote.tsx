import { useSignal } from '@preact/signals';
import type { BriefingState } from '../../../server/domain/briefing.ts';
import type { Vote } from '../../../server/domain/vote.ts';
import { listOf, minuteTime, percent } from '../../i18n/format.ts';
import { local, text } from '../../i18n/language.ts';
import { Button } from '../../ui/Button.tsx';
import { Meter } from '../../ui/Meter.tsx';
import { inOrder } from '../../ui/roster.ts';
import { notVoted, voteResult } from './voteResult.ts';

interface ClosedVoteProps {
  readonly state: BriefingState;
  readonly vote: Vote;
}

/** A vote that is over: counts, and names where it was open. */
export function ClosedVote({ state, vote }: ClosedVoteProps) {
  const listing = useSignal(false);
  const t = text.value.chair.vote;
  const results = voteResult(vote, state.seats);
  const all = inOrder(state.seats).length;
  const cast = Object.keys(vote.cast).length;
  const missing = notVoted(vote, state.seats);
  const names = (seats: typeof missing) =>
    seats.length === 0 ? '—' : listOf(seats.map((s) => local(s.shortName)));
  return (
    <article class="vote" data-vote={vote.id}>
      <p class="meta small soft">
        <time>{minuteTime(vote.closedAt ?? vote.openedAt)}</time>
        <span>{vote.secret ? t.secret : t.open}</span>
        <span>{t.progress(cast, all)}</span>
      </p>
      <h3>{vote.question}</h3>
      <dl class="results">
        {results.map(({ option, count }, index) => (
          <div key={option} data-option={index} data-votes={count}>
            <dt>{option}</dt>
            <dd>
              <Meter
                label={option}
                value={count}
                max={Math.max(1, cast)}
                words={t.votes(count)}
                tone="accent"
              />
              <b>{count}</b>
              <span class="soft small">{percent(cast === 0 ? 0 : count / cast)}</span>
            </dd>
          </div>
        ))}
      </dl>
      {vote.secret ? (
        <p class="small soft">{t.secretKept}</p>
      ) : (
        <Button
          action="vote.bySite"
          icon={listing.value ? 'chevronUp' : 'chevronDown'}
          look="quiet"
          size="small"
          expanded={listing.value}
          onPress={() => {
            listing.value = !listing.value;
          }}
        >
          {t.bySite}
        </Button>
      )}
      {listing.value && (
        <dl class="by-site small">
          {results.map(({ option, seats }) => (
            <div key={option}>
              <dt class="soft">{option}</dt>
              <dd>{names([...seats])}</dd>
            </div>
          ))}
          <div>
            <dt class="soft">{t.notVoted}</dt>
            <dd>{names(missing)}</dd>
          </div>
        </dl>
      )}
    </article>
  );
}
