import type { SeatId } from '../../server/domain/ids.ts';
import { neighbour } from './walk.ts';

const tilesOf = (board: HTMLElement): HTMLElement[] => [
  ...board.querySelectorAll<HTMLElement>('.tile .look'),
];

export function focusTile(board: HTMLElement, seat: SeatId | null): void {
  tilesOf(board)
    .find((button) => button.dataset.look === seat)
    ?.focus();
}

/**
 * Goes over the board by an arrow key, from the tile with the focus or from the one named. Gives
 * the seat that it came to, whose tile then has the focus; null where the key leads nowhere.
 */
export function stepOver(
  board: HTMLElement,
  key: string,
  from: SeatId | null = null,
): SeatId | null {
  const buttons = tilesOf(board);
  const begin = buttons.findIndex((b) =>
    from === null ? b === document.activeElement : b.dataset.look === from,
  );
  const spots = buttons.map((b) => {
    const { left, top, width, height } = b.getBoundingClientRect();
    return { x: left + width / 2, y: top + height / 2 };
  });
  const to = buttons[neighbour(spots, begin, key)];
  to?.focus();
  return to?.dataset.look ?? null;
}
