import type { AgendaItem } from './agenda.ts';
import type { BriefingPlan, BriefingState } from './briefing.ts';
import { addressees } from './directives.ts';
import type { Instant, SeatId } from './ids.ts';

/** A briefing gathers from an hour before its start: technicians come then (T−60). Milliseconds. */
const gatherBeforeMs = 60 * 60_000;

/** When a briefing opens by itself; null where its start is no point in time. */
export function opensAt({ startsAt }: Pick<BriefingPlan, 'startsAt'>): Instant | null {
  const start = Date.parse(startsAt);
  return Number.isNaN(start) ? null : start - gatherBeforeMs;
}

/** What of a plan contradicts itself. */
export type PlanConflictCode =
  | 'noPoints'
  | 'chairMissing'
  | 'duplicate'
  | 'outOfOrder'
  | 'unknownPoint'
  | 'quorumTooHigh'
  | 'notATime';

export interface PlanConflict {
  readonly code: PlanConflictCode;
  /** Where in the plan, by keys and indices. */
  readonly path: readonly (string | number)[];
  /** What stands there. */
  readonly value: string;
}

/** Where a plan contradicts itself; empty when a briefing can be held by it. */
export function planConflicts(plan: BriefingPlan): PlanConflict[] {
  return [
    ...wholeConflicts(plan),
    ...pointConflicts(plan),
    ...duplicates(plan.agenda, 'agenda'),
    ...duplicates(plan.reports, 'reports'),
    ...plan.directives.flatMap(({ number }, i) =>
      number === i + 1 ? [] : [conflict('outOfOrder', ['directives', i, 'number'], number)],
    ),
    ...referenceConflicts(plan),
  ];
}

const conflict = (
  code: PlanConflictCode,
  path: PlanConflict['path'],
  value: string | number,
): PlanConflict => ({ code, path, value: String(value) });

function wholeConflicts(plan: BriefingPlan): PlanConflict[] {
  const { chairPoint, points, quorum, startsAt } = plan;
  const others = points.filter(({ id }) => id !== chairPoint);
  const found: PlanConflict[] = [];
  if (opensAt(plan) === null) found.push(conflict('notATime', ['startsAt'], startsAt));
  if (others.length === points.length) {
    found.push(conflict('chairMissing', ['chairPoint'], chairPoint));
  }
  if (others.length === 0) found.push(conflict('noPoints', ['points'], ''));
  if (quorum !== null && quorum > others.length) {
    found.push(conflict('quorumTooHigh', ['quorum'], quorum));
  }
  return found;
}

/** The chair point stands at 0, and every other point in a place of its own from 1 on. */
function pointConflicts({ points, chairPoint }: BriefingPlan): PlanConflict[] {
  const places = new Set<number>();
  const misplaced = points.flatMap(({ id, order }, i) => {
    const taken = places.has(order);
    places.add(order);
    const wrong = taken || (id === chairPoint) !== (order === 0);
    return wrong ? [conflict('outOfOrder', ['points', i, 'order'], order)] : [];
  });
  return [...duplicates(points, 'points'), ...misplaced];
}

function duplicates(list: readonly { readonly id: string }[], key: string): PlanConflict[] {
  const seen = new Set<string>();
  return list.flatMap(({ id }, i) => {
    const twice = seen.has(id);
    seen.add(id);
    return twice ? [conflict('duplicate', [key, i, 'id'], id)] : [];
  });
}

function referenceConflicts(plan: BriefingPlan): PlanConflict[] {
  const known = new Set(plan.points.map(({ id }) => id));
  const unknown = (seats: readonly SeatId[], path: PlanConflict['path']) =>
    seats.filter((seat) => !known.has(seat)).map((seat) => conflict('unknownPoint', path, seat));
  return [
    ...plan.agenda.flatMap((item, i) =>
      itemReferences(item, ['agenda', i]).flatMap(({ seats, path }) => unknown(seats, path)),
    ),
    ...plan.reports.flatMap(({ owner }, i) => unknown([owner], ['reports', i, 'owner'])),
    ...plan.directives.flatMap((directive, i) => {
      const [lead = '', ...supporting] = addressees(directive, []);
      return [
        ...unknown([lead], ['directives', i, 'leadPoint']),
        ...unknown(supporting, ['directives', i, 'supportingPoints']),
      ];
    }),
  ];
}

const itemReferences = ({ owner, rules }: AgendaItem, at: PlanConflict['path']) => [
  { seats: owner === null ? [] : [owner], path: [...at, 'owner'] },
  { seats: rules.speakers, path: [...at, 'rules', 'speakers'] },
  {
    seats: typeof rules.requests === 'string' ? [] : rules.requests,
    path: [...at, 'rules', 'requests'],
  },
];

/** The plan that a briefing follows now: what `briefing.planned` said, and was changed since. */
export function planOf(state: BriefingState): BriefingPlan {
  const { id, title, sector, startsAt, timeZone, classification, chairPoint } = state;
  const { agenda, reports, series, quorum, carriedOver } = state;
  return {
    id,
    title,
    sector,
    startsAt,
    timeZone,
    classification,
    chairPoint,
    points: Object.values(state.seats)
      .sort((a, b) => a.order - b.order)
      .map(({ id: point, name, shortName, region, kind, order }) => ({
        id: point,
        name,
        shortName,
        region,
        kind,
        order,
      })),
    agenda,
    reports,
    directives: state.directives.map(
      ({ status: _, givenAt: __, received: ___, ...directive }) => directive,
    ),
    floor: state.floor.rules,
    series,
    quorum,
    carriedOver,
  };
}

/** Whether two plans say the same, in whatever order their keys stand. */
export const samePlan = (a: BriefingPlan, b: BriefingPlan): boolean => same(a, b);

function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const [of, and] = [a as Record<string, unknown>, b as Record<string, unknown>];
  const keys = Object.keys(of);
  return (
    keys.length === Object.keys(and).length &&
    keys.every((key) => Object.hasOwn(and, key) && same(of[key], and[key]))
  );
}
