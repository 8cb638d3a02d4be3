import type { Page } from 'playwright-core';

/** How a page is looked at: what a person chose for their machine, and how large the display is. */
export interface Look {
  readonly language: 'vi' | 'en';
  readonly theme: 'dark' | 'light';
  readonly width: number;
  readonly height: number;
}

export const looks = {
  room: { language: 'vi', theme: 'dark', width: 1920, height: 1080 },
  desk: { language: 'en', theme: 'dark', width: 1366, height: 768 },
  paper: { language: 'vi', theme: 'light', width: 1920, height: 1080 },
} as const satisfies Record<string, Look>;

export type LookName = keyof typeof looks;

/** As if another page on the same machine had changed its language and theme: all pages follow. */
export async function wear(page: Page, look: Look): Promise<void> {
  const size = page.viewportSize();
  if (size?.width !== look.width || size.height !== look.height) {
    await page.setViewportSize({ width: look.width, height: look.height });
  }
  const choices = { 'diemcau.language': look.language, 'diemcau.theme': look.theme };
  await page.evaluate((wanted) => {
    for (const [key, newValue] of Object.entries(wanted)) {
      localStorage.setItem(key, newValue);
      dispatchEvent(new StorageEvent('storage', { key, newValue }));
    }
  }, choices);
}
