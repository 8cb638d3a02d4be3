import { Icon, type IconName } from './Icon.tsx';

export interface Segment<V extends string> {
  readonly value: V;
  readonly label: string;
  readonly icon?: IconName | undefined;
  /** How many there are of it, as in a filter. */
  readonly count?: number | undefined;
  /** Why it cannot be chosen now. */
  readonly refused?: string | null | undefined;
}

interface SegmentedProps<V extends string> {
  /** Stable name for tests; each choice is `action.value`. */
  readonly action: string;
  /** What is chosen here. */
  readonly label: string;
  readonly choices: readonly Segment<V>[];
  readonly value: V;
  readonly size?: 'medium' | 'large' | undefined;
  /** Icons alone, their words for the ear and the pointer only. */
  readonly iconsOnly?: boolean | undefined;
  readonly onChoose: (value: V) => unknown;
}

/** One of a few, all of them seen at once. */
export function Segmented<V extends string>(props: SegmentedProps<V>) {
  const { action, label, choices, value, size, iconsOnly, onChoose } = props;
  return (
    <fieldset class="segmented" data-size={size}>
      <legend class="hidden">{label}</legend>
      {choices.map((choice) => (
        <button
          type="button"
          class="segment"
          key={choice.value}
          data-action={`${action}.${choice.value}`}
          aria-pressed={choice.value === value}
          aria-disabled={choice.refused ? 'true' : undefined}
          aria-label={iconsOnly ? choice.label : undefined}
          title={choice.refused ?? (iconsOnly ? choice.label : undefined)}
          onClick={() => {
            if (!choice.refused && choice.value !== value) onChoose(choice.value);
          }}
        >
          {choice.icon && <Icon name={choice.icon} />}
          {!iconsOnly && (
            <span class="words" data-words={choice.label}>
              {choice.label}
            </span>
          )}
          {choice.count !== undefined && <b>{choice.count}</b>}
        </button>
      ))}
    </fieldset>
  );
}
