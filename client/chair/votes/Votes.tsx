import type { BriefingState } from '../../../server/domain/briefing.ts';
import { openVote } from '../../../server/domain/vote.ts';
import { text } from '../../i18n/language.ts';
import { Downloads } from '../records/Downloads.tsx';
import { ClosedVote } from './ClosedVote.tsx';
import { OpenVote } from './OpenVote.tsx';
import { VoteForm } from './VoteForm.tsx';

/** The vote under way or the next one, and those before it. */
export function Votes({ state }: { readonly state: BriefingState }) {
  const t = text.value.chair.vote;
  const open = openVote(state.votes);
  const closed = state.votes.filter(({ closedAt }) => closedAt !== null).reverse();
  return (
    <div class="votes">
      {open ? <OpenVote key={open.id} state={state} vote={open} /> : <VoteForm state={state} />}
      <section class="history" aria-label={t.history}>
        <div class="panel-bar">
          <h3>{t.history}</h3>
          {closed.length > 0 && (
            <Downloads briefing={state.id} files={[['xlsx', 'votes', 'ballots']]} />
          )}
        </div>
        {closed.map((vote) => (
          <ClosedVote key={vote.id} state={state} vote={vote} />
        ))}
        {closed.length === 0 && <p class="empty soft">{t.none}</p>}
      </section>
    </div>
  );
}
