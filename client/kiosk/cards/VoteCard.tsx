import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { SeatId } from '../../../server/domain/ids.ts';
import type { Vote } from '../../../server/domain/vote.ts';
import { text } from '../../i18n/language.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Scroller } from '../../ui/Scroller.tsx';
import { useCommands } from '../../ui/useCommands.ts';
import { optionKeys } from '../binding.ts';
import { usePress } from '../usePress.ts';

interface VoteCardProps {
  readonly seat: SeatId;
  readonly vote: Vote;
}

/** A vote that waits for this site: choose by hand or by figure, then confirm; it cannot be taken back. */
export function VoteCard({ seat, vote }: VoteCardProps) {
  const { give, refused } = useCommands();
  const chosen = useSignal<number | null>(null);
  const box = useRef<HTMLElement>(null);
  const t = text.value.kiosk.vote;
  const castOf = (option: number) => ({ type: 'vote.cast', vote: vote.id, seat, option }) as const;
  const why = refused(castOf(chosen.value ?? 0));
  const option = chosen.value;
  // The next Enter confirms, and does not ask for the floor.
  useLayoutEffect(() => {
    if (option === null || document.querySelector('dialog[open]')) return;
    box.current?.querySelector<HTMLElement>('[data-action="vote.confirm"]')?.focus();
  }, [option]);
  return (
    <section class="slip vote" data-vote={vote.id} ref={box} aria-label={t.title}>
      <div class="head">
        <Icon name="vote" />
        <div class="words" role="alert">
          <span class="from">
            {t.title} · {vote.secret ? t.secret : t.open}
          </span>
          <Scroller class="question">
            <p>{vote.question}</p>
          </Scroller>
        </div>
        <Button
          action="vote.confirm"
          icon="check"
          look="accent"
          refused={why ?? (option === null ? t.chooseFirst : null)}
          onPress={() => (option === null ? undefined : give(castOf(option)))}
        >
          <span class="words">
            <span>{t.confirm}</span>
            <span class="detail">{option === null ? t.chooseFirst : t.final}</span>
          </span>
        </Button>
      </div>
      <fieldset class="options">
        <legend class="hidden">{t.choose}</legend>
        {vote.options.map((words, index) => (
          <Option
            key={words}
            place={index + 1}
            words={words}
            chosen={index === option}
            refused={why}
            onChoose={() => {
              chosen.value = index;
            }}
          />
        ))}
      </fieldset>
    </section>
  );
}

interface OptionProps {
  /** From 1, as on the key that chooses it. */
  readonly place: number;
  readonly words: string;
  readonly chosen: boolean;
  readonly refused: string | null;
  readonly onChoose: () => void;
}

function Option({ place, words, chosen, refused, onChoose }: OptionProps) {
  const box = usePress(
    (input) => input.by === 'key' && (optionKeys[place - 1] ?? []).includes(input.code),
  );
  return (
    <div class="option" data-option={place} ref={box}>
      <Button action={`vote.choose.${place}`} pressed={chosen} refused={refused} onPress={onChoose}>
        <kbd>{place}</kbd>
        <span class="words">{words}</span>
        {chosen && <Icon name="check" />}
      </Button>
    </div>
  );
}
