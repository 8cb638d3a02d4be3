import type { ClusterClient } from './clusterClient.ts';
import type { SurfacePage } from './pagesSurface.ts';
import { until } from './until.ts';

/** The seats in a list of a chair console, from top to bottom, as the page shows them. */
export const shown = ({ page }: SurfacePage, list: string): Promise<string[]> =>
  page
    .locator(`${list} [data-seat]`)
    .evaluateAll((rows) => rows.map((r) => (r as HTMLElement).dataset.seat ?? ''));

/** Waits until a list of a chair console shows exactly these seats, in this order. */
export function shows(page: SurfacePage, list: string, wanted: readonly string[]): Promise<true> {
  let last: readonly string[] = [];
  return until(
    async () => {
      last = await shown(page, list);
      return last.join() === wanted.join() || undefined;
    },
    { what: `${page.name} to list ${wanted} in ${list}`, seen: () => last },
  );
}

/** An empty floor, nobody muted, no message, nothing open and no pointer on a list. */
export async function tidy(console: SurfacePage, secretary: ClusterClient): Promise<void> {
  const { floor, messages } = secretary.state;
  for (const { id, status } of floor.requests) {
    await secretary.command(
      status === 'granted'
        ? { type: 'floor.revoke', request: id }
        : { type: 'floor.deny', request: id },
    );
  }
  for (const { id } of messages) await secretary.command({ type: 'message.withdraw', message: id });
  await secretary.command({ type: 'seat.unmuteAll' });
  await console.page.evaluate(() => {
    document.querySelector<HTMLDialogElement>('dialog[open]')?.close();
    (document.activeElement as HTMLElement | null)?.blur();
  });
  await console.page.mouse.move(680, 20);
  await shows(console, '.queue', []);
}
