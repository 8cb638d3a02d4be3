import type { BrowserContext } from 'playwright-core';
import type { Site } from './sites.ts';

/**
 * The way of a grant to a picture, as one page sees it: the event, the offer of consumers, the
 * word that they are made, the first decoded picture, and the picture in its place.
 */
export const stepNames = ['event', 'consumers', 'ready', 'decoded', 'shown'] as const;
export type Step = (typeof stepNames)[number];
/** Milliseconds since the epoch; what did not happen is missing (a cued page gets no offer). */
export type Steps = Partial<Record<Step, number>>;

declare global {
  interface Window {
    /** When each kind of message last passed this page's socket, in milliseconds since the epoch. */
    readonly wireTimes: Partial<Record<'event' | 'consumers' | 'ready', number>>;
  }
}

/** From now on pages of this context keep the times of their messages. */
export const keepWireTimes = (context: BrowserContext): Promise<unknown> =>
  context.addInitScript(listen);

/** Runs in the page, where it is sent as text. */
function listen(): void {
  const times: { event?: number; consumers?: number; ready?: number } = {};
  const now = () => performance.timeOrigin + performance.now();
  /** The text of a socket.io packet begins with its type, an acknowledgement's number, its name. */
  const nameOf = (data: unknown) =>
    typeof data === 'string' ? /^42\d*\["([^"]+)"/.exec(data)?.[1] : undefined;
  window.WebSocket = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      this.addEventListener('message', ({ data }) => {
        const name = nameOf(data);
        if (name === 'events' && data.includes('"floor.granted"')) times.event = now();
        if (name === 'media.consumers' && !data.includes('"added":[]')) times.consumers ??= now();
      });
    }

    override send(data: Parameters<WebSocket['send']>[0]): void {
      if (nameOf(data) === 'media.ready') times.ready ??= now();
      super.send(data);
    }
  };
  Object.defineProperty(window, 'wireTimes', { value: times });
}

export const forgetSteps = (sites: readonly Site[]): Promise<unknown> =>
  Promise.all(
    sites.map(({ page }) =>
      page.evaluate(() => {
        for (const key of ['event', 'consumers', 'ready'] as const) delete window.wireTimes[key];
      }),
    ),
  );

export function stepsAt({ page }: Site, speaker: string): Promise<Steps> {
  return page.evaluate((key) => {
    const stream = window.diemcau?.receiving.find((r) => r.stream === key);
    const { seenAt } = window.mainPicture;
    return {
      ...window.wireTimes,
      ...(stream?.firstFrameAt ? { decoded: stream.firstFrameAt } : {}),
      ...(seenAt === null ? {} : { shown: seenAt }),
    };
  }, `${speaker}/camera`);
}
