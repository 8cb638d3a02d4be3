import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isAuthentic } from '../../server/notify/signature.ts';

export interface Received {
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into what came.
  readonly json: any;
}

export interface HookReceiver {
  readonly url: string;
  readonly received: readonly Received[];
  /** What is answered from now on; 0: nothing at all. */
  answer(status: number, headers?: Readonly<Record<string, string>>): void;
  close(): Promise<void>;
}

/** Another system that is told of events: a real HTTP server on a free port. */
export async function startHookReceiver(): Promise<HookReceiver> {
  const received: Received[] = [];
  let status = 204;
  let answered: Readonly<Record<string, string>> = {};
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    request.on('end', () => {
      const headers = request.headers as Record<string, string>;
      received.push({ headers, text, json: JSON.parse(text || 'null') });
      if (status !== 0) response.writeHead(status, answered).end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    answer: (next, headers = {}) => {
      status = next;
      answered = headers;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** As receivers are told to check it. `now`: Unix time in seconds. */
export const isGenuine = (
  { headers, text: body }: Received,
  { secret, now }: { readonly secret: string; readonly now: number },
): boolean =>
  isAuthentic({
    secret,
    body,
    timestamp: Number(headers['diemcau-timestamp']),
    signature: headers['diemcau-signature'] ?? '',
    now,
  });
