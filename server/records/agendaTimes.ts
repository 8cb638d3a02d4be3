import type { AgendaItem, AgendaKind } from '../domain/agenda.ts';
import type { Phase } from '../domain/briefing.ts';
import type { Recorded } from '../domain/event.ts';
import type { Instant, SeatId } from '../domain/ids.ts';
import type { LocalText } from '../domain/roster.ts';
import { closing, replay } from './replay.ts';

/** One stretch of an item; an item that was taken up again has several. */
export interface ItemRun {
  readonly from: Instant;
  readonly to: Instant;
  /** Milliseconds, without the recesses in it. */
  readonly usedMs: number;
}

/** An item of the agenda, with the time planned for it and the time that it took. */
export interface ItemTime {
  readonly item: string;
  readonly kind: AgendaKind;
  readonly title: LocalText;
  readonly owner: SeatId | null;
  readonly plannedMs: number;
  readonly usedMs: number;
  readonly runs: readonly ItemRun[];
  /** No longer on the agenda at the end, and yet it was taken up. */
  readonly removed: boolean;
}

export interface PhaseSpan {
  readonly phase: Phase;
  readonly from: Instant;
  readonly to: Instant;
}

/** The phases one after another, up to the close; the last goes on while the briefing is open. */
export function phaseSpans(journal: readonly Recorded[]): PhaseSpan[] {
  const { asOf } = closing(journal);
  const spans: PhaseSpan[] = [];
  let since: Pick<PhaseSpan, 'phase' | 'from'> | undefined;
  for (const { recorded, after } of replay(journal)) {
    const { event, at } = recorded;
    if (event.type === 'briefing.planned') since = { phase: after.phase, from: at };
    if (event.type !== 'phase.changed' || !since) continue;
    spans.push({ ...since, to: Math.max(since.from, at) });
    since = { phase: event.to, from: at };
    if (event.to === 'closed') return spans;
  }
  return since ? [...spans, { ...since, to: Math.max(since.from, asOf) }] : spans;
}

/** Every item in the agenda's order, those that were dropped after their turn at the end. */
export function itemTimes(journal: readonly Recorded[]): ItemTime[] {
  const { state, asOf } = closing(journal);
  const recesses = phaseSpans(journal).filter(({ phase }) => phase === 'recess');
  const runs = new Map<string, ItemRun[]>();
  const known = new Map<string, AgendaItem>();
  let open: { readonly item: string; readonly from: Instant } | undefined;
  const close = (to: Instant) => {
    if (!open) return;
    const end = Math.max(open.from, to);
    const usedMs = end - open.from - within(recesses, open.from, end);
    runs.set(open.item, [...(runs.get(open.item) ?? []), { from: open.from, to: end, usedMs }]);
  };
  for (const { recorded, before, after } of replay(journal)) {
    if (before.phase === 'closed') break;
    for (const item of after.agenda === before.agenda ? [] : after.agenda) known.set(item.id, item);
    if (recorded.event.type !== 'agenda.entered') continue;
    close(recorded.at);
    open = { item: recorded.event.item, from: recorded.at };
  }
  close(asOf);
  const present = new Set(state.agenda.map(({ id }) => id));
  const dropped = [...known.values()].filter(({ id }) => !present.has(id) && runs.has(id));
  return [...state.agenda, ...dropped].map(({ id, kind, title, owner, minutes }) => ({
    item: id,
    kind,
    title,
    owner,
    plannedMs: minutes * 60_000,
    usedMs: (runs.get(id) ?? []).reduce((sum, run) => sum + run.usedMs, 0),
    runs: runs.get(id) ?? [],
    removed: !present.has(id),
  }));
}

/** How much of a stretch lies within these spans, in milliseconds. */
const within = (spans: readonly PhaseSpan[], from: Instant, to: Instant): number =>
  spans.reduce(
    (sum, span) => sum + Math.max(0, Math.min(to, span.to) - Math.max(from, span.from)),
    0,
  );
