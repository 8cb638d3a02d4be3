import type { BriefingState, CarriedDirective } from '../domain/briefing.ts';
import { isOverdue } from '../domain/directives.ts';
import type { BriefingId } from '../domain/ids.ts';

type Former = Pick<
  BriefingState,
  'id' | 'title' | 'series' | 'startsAt' | 'directives' | 'carriedOver'
>;

/**
 * What former briefings of a series have given and is not done: overdue ones first, then by
 * deadline, those without one last. `today`: ISO 8601 date where the new briefing is held.
 */
export function carriedOver(
  briefings: readonly Former[],
  next: {
    readonly id: BriefingId;
    readonly series: string | null;
    readonly startsAt: string;
    readonly today: string;
  },
): CarriedDirective[] {
  if (next.series === null) return [];
  const start = Date.parse(next.startsAt);
  const former = briefings
    .filter(({ id, series }) => id !== next.id && series === next.series)
    .filter(({ startsAt }) => Date.parse(startsAt) < start)
    .sort((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt));
  // One that was carried over may have been settled where it was carried to.
  const settled = new Set(
    former.flatMap(({ carriedOver: carried }) =>
      carried.flatMap((c) => (c.settled ? [`${c.briefing}/${c.directive.number}`] : [])),
    ),
  );
  const given = former.flatMap(({ id, title, directives }) =>
    directives
      .filter(({ status, number }) => status === 'given' && !settled.has(`${id}/${number}`))
      .map((tracked) => ({ tracked, briefing: id, briefingTitle: title })),
  );
  const late = (tracked: (typeof given)[number]['tracked']) =>
    isOverdue(tracked, next.today) ? 0 : 1;
  return given
    .sort(
      (a, b) =>
        late(a.tracked) - late(b.tracked) ||
        (a.tracked.deadline ?? '9999').localeCompare(b.tracked.deadline ?? '9999'),
    )
    .map(({ tracked, ...of }) => {
      const { status: _, givenAt: __, received: ___, ...directive } = tracked;
      return { ...of, directive };
    });
}
