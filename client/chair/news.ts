import type { BriefingState } from '../../server/domain/briefing.ts';
import type { LiveStatus } from '../../server/domain/floor.ts';
import type { SeatId } from '../../server/domain/ids.ts';

/** What happened that the console says aloud. */
export type News =
  | { readonly is: 'phase' }
  | { readonly is: 'granted' | 'ended' | 'asked' | 'lost'; readonly seat: SeatId };

const seatsWith = ({ floor }: BriefingState, status: LiveStatus): SeatId[] =>
  floor.requests.filter((r) => r.status === status).map((r) => r.beneficiary);

/** What is new between two states, the most important first. */
export function news(before: BriefingState, now: BriefingState): News[] {
  if (before === now) return [];
  const found: News[] = [];
  if (before.phase !== now.phase) found.push({ is: 'phase' });
  const spoke = seatsWith(before, 'granted');
  const speak = seatsWith(now, 'granted');
  const asked = before.floor.requests.map((r) => r.beneficiary);
  for (const seat of speak) if (!spoke.includes(seat)) found.push({ is: 'granted', seat });
  for (const seat of spoke) if (!speak.includes(seat)) found.push({ is: 'ended', seat });
  for (const seat of speak) {
    const lost = now.seats[seat]?.status === 'lost' && before.seats[seat]?.status !== 'lost';
    if (lost) found.push({ is: 'lost', seat });
  }
  for (const seat of seatsWith(now, 'pending')) {
    if (!asked.includes(seat)) found.push({ is: 'asked', seat });
  }
  return found;
}
