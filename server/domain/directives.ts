import type { Instant, SeatId } from './ids.ts';
import type { LocalText } from './roster.ts';

/** A task for points: what, by whom, by when, with what result. */
export interface Directive {
  readonly number: number;
  readonly title: LocalText;
  /** In Vietnamese, as written. */
  readonly content: string;
  readonly leadPoint: SeatId;
  readonly supportingPoints: 'all' | readonly SeatId[];
  /** ISO 8601 date; null where none was set. */
  readonly deadline: string | null;
  readonly product: string | null;
}

/** draft: only the office sees it · given: told to its points · done · withdrawn. */
export type DirectiveStatus = 'draft' | 'given' | 'done' | 'withdrawn';

export interface TrackedDirective extends Directive {
  readonly status: DirectiveStatus;
  readonly givenAt: Instant | null;
  /** Which points have confirmed that they have it, and when. */
  readonly received: Readonly<Record<SeatId, Instant>>;
}

/** The points that a directive is for: its lead first, then its supporting points. */
export function addressees(
  { leadPoint, supportingPoints }: Pick<Directive, 'leadPoint' | 'supportingPoints'>,
  points: readonly SeatId[],
): SeatId[] {
  const supporting = supportingPoints === 'all' ? points : supportingPoints;
  return [leadPoint, ...supporting.filter((seat) => seat !== leadPoint)];
}

/** Whether a directive is given, not done, and its last day is over. `today`: ISO 8601 date. */
export const isOverdue = (
  { status, deadline }: Pick<TrackedDirective, 'status' | 'deadline'>,
  today: string,
): boolean => status === 'given' && deadline !== null && deadline < today;
