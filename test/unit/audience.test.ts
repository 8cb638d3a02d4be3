import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BriefingState } from '../../server/domain/briefing.ts';
import { evolve } from '../../server/domain/evolve.ts';
import type { Role } from '../../server/domain/permits.ts';
import { forOffice, forPoints, shownToPoints, visibleTo } from '../../server/gateway/audience.ts';
import { anyBriefingCommand } from '../support/commands.ts';
import { seatId } from '../support/plan.ts';
import { Play } from '../support/play.ts';

const points = 4;
const viewers: { role: Role; seat: string | null }[] = [
  { role: 'secretary', seat: null },
  ...[1, 2, 3].map((order) => ({ role: 'point' as const, seat: seatId(order) })),
];

/** What a page has after folding the events that it is sent. */
function folded(play: Play, from: BriefingState, { role, seat }: (typeof viewers)[number]) {
  const events = play.events.filter(({ version }) => version > from.version);
  const sent =
    role !== 'point'
      ? events.map(forOffice)
      : events.flatMap((e) => {
          const shown = shownToPoints(e);
          const isShown = shown === 'all' || (shown !== 'none' && shown.includes(seat ?? ''));
          return isShown ? [forPoints(e, seat ?? undefined)] : [];
        });
  return sent.reduce(evolve, visibleTo(from, { role, seat }));
}

/**
 * The version that a page counts to is that of the last event it was sent, and requests that are in
 * no list stand in no order.
 */
const contents = ({ version: _, floor, ...state }: BriefingState) => ({
  ...state,
  floor: { ...floor, requests: floor.requests.toSorted((a, b) => a.id.localeCompare(b.id)) },
});

test('whoever folds the events that it is sent has what it would be shown whole', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(
      fc.array(anyBriefingCommand(points), { minLength: 20, maxLength: 120 }),
      fc.nat(),
      (commands, start) => {
        const play = Play.gathering(points);
        let from = play.state;
        const begin = start % commands.length;
        commands.forEach((make, i) => {
          if (i === begin) from = play.state;
          const { command, by } = make(play.state);
          play.try(command, by);
        });
        for (const { event } of play.events) seen.add(event.type);
        for (const viewer of viewers) {
          expect(contents(folded(play, from, viewer))).toEqual(
            contents(visibleTo(play.state, viewer)),
          );
        }
      },
    ),
    { numRuns: 150 },
  );
  // It says something only as far as things happened.
  expect([...seen].length).toBeGreaterThan(25);
});
