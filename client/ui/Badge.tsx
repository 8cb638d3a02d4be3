import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './Icon.tsx';

/** How much something asks to be looked at; `onAir` is the one red that is no fault. */
export type Tone = 'plain' | 'accent' | 'caution' | 'alarm' | 'onAir';

interface BadgeProps {
  readonly tone?: Tone | undefined;
  readonly icon: IconName;
  /** The state in words: colour and icon never stand alone. */
  readonly children: ComponentChildren;
}

/** A state on a ground of its own, as in a heading. */
export function Badge({ tone = 'plain', icon, children }: BadgeProps) {
  return (
    <span class="badge" data-tone={tone}>
      <Icon name={icon} />
      {children}
    </span>
  );
}

/** A state in the run of a row: icon and word, without a ground. */
export function Standing({ tone = 'plain', icon, children }: BadgeProps) {
  return (
    <span class="standing" data-tone={tone}>
      <Icon name={icon} />
      <span>{children}</span>
    </span>
  );
}
