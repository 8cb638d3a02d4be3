import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { BriefingState } from '../../server/domain/briefing.ts';
import { local, text } from '../i18n/language.ts';
import { type News, news } from './news.ts';

/** Says aloud, for whoever does not look: who got the floor, who gave it back, who asks for it. */
export function Announcer({ state }: { readonly state: BriefingState }) {
  const last = useRef(state);
  const said = useSignal('');
  useEffect(() => {
    const fresh = news(last.current, state);
    last.current = state;
    if (fresh.length > 0) said.value = fresh.map((n) => wordsFor(n, state)).join(' ');
  }, [state, said]);
  return (
    <p class="hidden" role="status" data-announced="">
      {said.value}
    </p>
  );
}

function wordsFor(item: News, state: BriefingState): string {
  const t = text.value.chair.announce;
  if (item.is === 'phase') return text.value.phase[state.phase];
  const seat = state.seats[item.seat];
  return t[item.is](seat ? local(seat.name) : '');
}
