import { effect, type ReadonlySignal, signal } from '@preact/signals';
import type { SeatId } from '../../../server/domain/ids.ts';
import type { SiteMeasure } from '../../../server/protocol/wire.ts';

/** So many measures of each site are kept: three minutes. */
const kept = 90;

/** Adds what is new to the rows of measures, each the newest last and bounded. */
export function withFresh(
  rows: ReadonlyMap<SeatId, readonly SiteMeasure[]>,
  now: ReadonlyMap<SeatId, SiteMeasure>,
): ReadonlyMap<SeatId, readonly SiteMeasure[]> {
  const next = new Map(rows);
  for (const [seat, measure] of now) {
    const row = next.get(seat) ?? [];
    if (row.at(-1)?.at !== measure.at) next.set(seat, [...row, measure].slice(-kept));
  }
  return next;
}

/** What sites measured in the last few minutes, since this page has been open. */
export class History {
  readonly #rows = signal<ReadonlyMap<SeatId, readonly SiteMeasure[]>>(new Map());
  readonly rows: ReadonlySignal<ReadonlyMap<SeatId, readonly SiteMeasure[]>> = this.#rows;
  readonly close: () => void;

  constructor(measures: ReadonlySignal<ReadonlyMap<SeatId, SiteMeasure>>) {
    this.close = effect(() => {
      this.#rows.value = withFresh(this.#rows.peek(), measures.value);
    });
  }
}
