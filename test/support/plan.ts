import type { BriefingPlan } from '../../server/domain/briefing.ts';
import type { FloorRules } from '../../server/domain/floor.ts';
import type { SeatId } from '../../server/domain/ids.ts';
import type { Actor } from '../../server/domain/permits.ts';

export const chairSeat: SeatId = 'p00';
/** `p00` is the chair's. */
export const seatId = (order: number): SeatId => `p${String(order).padStart(2, '0')}`;

export const system: Actor = { role: 'system', seat: null };
export const chair: Actor = { role: 'chair', seat: chairSeat };
export const secretary: Actor = { role: 'secretary', seat: null };
export const point = (seat: SeatId): Actor => ({ role: 'point', seat });

/** A briefing of the chair and so many points. */
export function testPlan(points: number, floor: Partial<FloorRules> = {}): BriefingPlan {
  return {
    id: 'test',
    title: { vi: 'Thử', en: 'Test' },
    sector: { vi: '', en: '' },
    startsAt: '2019-06-28T08:00',
    timeZone: 'Asia/Ho_Chi_Minh',
    classification: 'internal',
    chairPoint: chairSeat,
    points: Array.from({ length: points + 1 }, (_, order) => ({
      id: seatId(order),
      name: { vi: `Điểm ${order}`, en: `Point ${order}` },
      shortName: { vi: `Đ${order}`, en: `P${order}` },
      region: 'north',
      kind: 'province' as const,
      order,
    })),
    agenda: [],
    reports: [],
    directives: [],
    series: null,
    quorum: null,
    carriedOver: [],
    floor: {
      mode: 'moderated',
      maxFloorUsers: 1,
      graceMs: 1_000,
      speech: { allottedMs: null, warningsMs: [], atEnd: 'warn' },
      replyMs: null,
      interrupt: 'none',
      ...floor,
    },
  };
}
