import type { SeatId } from '../../../server/domain/ids.ts';
import type { Arrangement } from './arrange.ts';

export type Shown = 'main' | 'inset' | 'presentation' | 'standby' | 'own';

/** Where one picture stands, in percent of the stage's width and height. */
export interface Placement {
  readonly seat: SeatId;
  readonly source: 'camera' | 'presentation';
  readonly shown: Shown;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const insetSize = 22;
const margin = 1.5;
/** Pictures beside a presentation are at most this wide. */
const besideWidth = 19.5;
const gap = 0.6;
/** Faces that stand in a row are at most this much taller than the stage's own shape: 4:3 on 16:9. */
const tallest = 4 / 3;

/**
 * The geometry of an arrangement on a 16:9 stage; `covered` is how much of the height, in percent,
 * a bar covers at the bottom. A single picture may lie under the bar; slides and faces in a row not.
 */
export function place(arrangement: Arrangement, covered = 0): Placement[] {
  const { main, inset, presenter } = arrangement;
  if (presenter !== null) return withPresentation(arrangement, covered);
  const cells = [...main, ...(inset !== null && main.length > 1 ? [inset] : [])];
  if (cells.length > 1) return inCells(cells, inset, covered);
  const placements: Placement[] = main.map((seat) => ({
    ...camera(seat, 'main'),
    x: 0,
    y: 0,
    width: 100,
    height: 100,
  }));
  if (inset !== null) {
    const x = 100 - margin - insetSize;
    placements.push({
      ...camera(inset, 'inset'),
      x,
      y: margin * (16 / 9),
      width: insetSize,
      height: insetSize,
    });
  }
  return placements;
}

function withPresentation({ main, inset, presenter }: Arrangement, covered: number): Placement[] {
  const beside = [...main, ...(inset === null ? [] : [inset])];
  const free = 100 - covered;
  const width = Math.min(besideWidth, free / Math.max(beside.length, 1) - gap);
  const slides: Placement = {
    seat: presenter ?? '',
    source: 'presentation',
    shown: 'presentation',
    x: gap,
    y: gap,
    width: 100 - (beside.length > 0 ? width + 3 * gap : 2 * gap),
    height: free - 2 * gap,
  };
  const column = beside.map((seat, row) => ({
    ...camera(seat, seat === inset ? ('inset' as const) : ('main' as const)),
    x: 100 - gap - width,
    y: gap + row * (width + gap),
    width,
    height: width,
  }));
  return [slides, ...column];
}

function inCells(cells: readonly SeatId[], inset: SeatId | null, covered: number): Placement[] {
  const columns = Math.ceil(Math.sqrt(cells.length));
  const rows = Math.ceil(cells.length / columns);
  const width = 100 / columns;
  const height = Math.min((100 - covered) / rows, width * tallest);
  const top = (100 - covered - rows * height) / 2;
  return cells.map((seat, index) => {
    const row = Math.floor(index / columns);
    const inRow = Math.min(columns, cells.length - row * columns);
    return {
      ...camera(seat, seat === inset ? 'inset' : 'main'),
      // A row that is not full stands in the middle.
      x: (100 - inRow * width) / 2 + (index % columns) * width + gap / 2,
      y: top + row * height + gap / 2,
      width: width - gap,
      height: height - gap,
    };
  });
}

const camera = (seat: SeatId, shown: Shown) => ({ seat, source: 'camera' as const, shown });
