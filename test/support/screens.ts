import { wear } from '../../scripts/screenshots/looks.ts';
import type { SurfacePage } from './pagesSurface.ts';
import { violations } from './screensAxe.ts';

const themes = ['dark', 'light'] as const;

/**
 * What axe finds on a page in this state, in both themes. What moves in or fades has to have come to
 * rest: colours half-way are nobody's design.
 */
export async function violationsInBothThemes({ page }: SurfacePage): Promise<string[]> {
  const found: string[] = [];
  const size = page.viewportSize() ?? { width: 1366, height: 768 };
  for (const theme of themes) {
    await wear(page, { ...size, language: 'vi', theme });
    await page.evaluate(async () => {
      await document.fonts.ready;
      const ending = document
        .getAnimations()
        .filter((a) => a.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
      await Promise.allSettled(ending.map((a) => a.finished));
    });
    found.push(...(await violations(page)).map((line) => `${theme}: ${line}`));
  }
  return found;
}
