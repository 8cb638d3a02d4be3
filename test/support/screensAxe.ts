import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** WCAG 2.2, levels A and AA, and what axe's makers advise beyond it. */
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds wrong with the page as it stands: rule, what it wants, and where. */
export async function violations(page: Page): Promise<string[]> {
  // The page's own policy lets no foreign script in; what a debugger evaluates is not subject to it.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  return page.evaluate(async (values) => {
    const { axe: here } = window as unknown as { axe: typeof import('axe-core') };
    const found = await here.run(document, { runOnly: { type: 'tag', values } });
    return found.violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, any, all, none }) => {
        const why = [...any, ...all, ...none].map(({ message }) => message).join('; ');
        return `${id}: ${help} (${why}) at ${target.join(' ')}`;
      }),
    );
  }, tags);
}
