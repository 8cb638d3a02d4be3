import { existsSync } from 'node:fs';
import {
  type Browser,
  type BrowserContext,
  chromium,
  type LaunchOptions,
  type Page,
} from 'playwright-core';

/** What a page in a rehearsal may do without asking anybody, and what it must not do by itself. */
const flags = [
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
  '--allow-loopback-in-peer-connection',
  // Every page of a rehearsal counts as looked at: a throttled one sends a frame a second.
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  // Without a graphics card, drawing on the processor costs half of emulating one.
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface BrowserOptions extends Pick<LaunchOptions, 'headless' | 'executablePath'> {
  /** Further command-line flags. */
  readonly flags?: readonly string[];
}

/**
 * Chromium as rehearsals, benches and end-to-end tests need it. `CHROMIUM_BIN` names another one.
 * @throws Error saying how to get one when there is none.
 */
export async function launchBrowser(options: BrowserOptions = {}): Promise<Browser> {
  const executablePath = options.executablePath || process.env.CHROMIUM_BIN || '/usr/bin/chromium';
  if (!existsSync(executablePath)) {
    throw new Error(
      `there is no browser at ${executablePath}. Install Debian's package "chromium", or name another Chromium with CHROMIUM_BIN=…`,
    );
  }
  return chromium.launch({
    executablePath,
    headless: options.headless ?? true,
    // Chromium's sandbox refuses to run as root; these pages are our own.
    chromiumSandbox: process.getuid?.() !== 0,
    // Whoever launches it decides what Ctrl-C does: there are other processes to end in good order.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [...flags, ...(options.flags ?? [])],
  });
}

export interface PageOptions {
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Without the pages' content security policy. */
  readonly trusting?: boolean;
  /** What the page's context needs before anything loads. */
  readonly prepare?: (context: BrowserContext) => Promise<unknown>;
}

/**
 * A page in a context of its own. Pages of one context are tabs of one window, and of those only
 * the newest is drawn more than once or twice a second, whatever `document.visibilityState` says.
 */
export async function newPage(browser: Browser, options: PageOptions = {}): Promise<Page> {
  const { viewport, trusting = false } = options;
  const context = await browser.newContext({
    bypassCSP: trusting,
    ...(viewport ? { viewport: { ...viewport } } : {}),
  });
  await options.prepare?.(context);
  return context.newPage();
}
