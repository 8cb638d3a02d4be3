import { useComputed, useSignal } from '@preact/signals';
import type { BriefingState } from '../../../server/domain/briefing.ts';
import type { SeatId } from '../../../server/domain/ids.ts';
import { useSurface } from '../../ui/useSurface.ts';
import { MessageCard } from '../MessageCard.tsx';
import { type Card, cardOf, lastResult, type PutAside } from './cardOf.ts';
import { DirectiveCard } from './DirectiveCard.tsx';
import { ResultCard } from './ResultCard.tsx';
import { VoteCard } from './VoteCard.tsx';
import { VotedCard } from './VotedCard.tsx';

interface CardsProps {
  readonly state: BriefingState;
  readonly seat: SeatId;
}

const nothing: PutAside = { results: new Set(), directives: new Set() };

/** What this site is asked for or told, one thing at a time, above the bar. */
export function Cards({ state, seat }: CardsProps) {
  const { link } = useSurface();
  const aside = useSignal(nothing);
  const card = useComputed((): Card | null => {
    const known = link.state.value;
    if (!known) return null;
    // The clock matters only while a result stands: nothing else is computed every second.
    const now = lastResult(known, aside.value) ? link.clock.second.value : 0;
    return cardOf(known, { seat, aside: aside.value, now });
  }).value;
  switch (card?.is) {
    case undefined:
      return null;
    case 'message':
      return <MessageCard seat={seat} messages={card.messages} />;
    case 'vote':
      return <VoteCard seat={seat} vote={card.vote} key={card.vote.id} />;
    case 'voted':
      return <VotedCard seat={seat} vote={card.vote} />;
    case 'result':
      return (
        <ResultCard
          seat={seat}
          vote={card.vote}
          onClose={() => {
            const { results, directives } = aside.value;
            aside.value = { directives, results: new Set([...results, card.vote.id]) };
          }}
        />
      );
    case 'directive':
      return (
        <DirectiveCard
          state={state}
          seat={seat}
          directives={card.directives}
          onLater={() => {
            const { results, directives } = aside.value;
            const later = card.directives.map(({ number }) => number);
            aside.value = { results, directives: new Set([...directives, ...later]) };
          }}
        />
      );
  }
}
