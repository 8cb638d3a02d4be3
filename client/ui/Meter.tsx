import type { Tone } from './Badge.tsx';

interface MeterProps {
  readonly label: string;
  readonly value: number;
  readonly min?: number | undefined;
  readonly max: number;
  /** The value in words, with its unit. */
  readonly words: string;
  readonly tone?: Exclude<Tone, 'onAir'> | undefined;
}

/** How far along, or how loud: a bar, with the value in words for the ear. */
export function Meter({ label, value, min = 0, max, words, tone = 'plain' }: MeterProps) {
  return (
    <meter
      class="meter"
      aria-label={label}
      aria-valuetext={words}
      title={`${label}: ${words}`}
      data-tone={tone}
      min={min}
      max={max}
      value={Math.min(max, Math.max(min, value))}
    />
  );
}
