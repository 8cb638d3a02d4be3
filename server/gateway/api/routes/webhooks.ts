import { z } from 'zod';
import { id } from '../../../protocol/plan.ts';
import type { WebhooksPort } from '../ports.ts';
import { problem } from '../problem.ts';
import { type Route, route } from '../route.ts';

const webhook = z.object({
  id,
  url: z.string(),
  briefing: id.nullable(),
  events: z.array(z.string()),
});

/** Whom to tell of what happens. What is told, and how it is signed, is for the sender to know. */
export const webhookRoutes = (webhooks: WebhooksPort): Route[] => [
  route({
    method: 'get',
    path: '/api/webhooks',
    id: 'listWebhooks',
    summary: 'The addresses that are told what happens; their secrets are never shown again.',
    tag: 'Webhooks',
    may: ['office'],
    answer: {
      status: 200,
      says: 'The addresses.',
      json: z.object({ webhooks: z.array(webhook) }),
    },
    handle: async () => ({ status: 200, json: { webhooks: await webhooks.list() } }),
  }),
  route({
    method: 'post',
    path: '/api/webhooks',
    id: 'addWebhook',
    summary: 'Has an address told of events, of one briefing or of all.',
    tag: 'Webhooks',
    may: ['office'],
    body: z.strictObject({
      url: z.url({ protocol: /^https?$/ }).max(2_000),
      briefing: id.nullable().default(null),
      /** Kinds of events, such as `phase.changed`; empty: all. */
      events: z.array(z.string().regex(/^[a-zA-Z]+\.[a-zA-Z]+$/)).max(64),
    }),
    answer: {
      status: 201,
      says: 'It will be told. The secret signs what is sent, and is shown this once.',
      json: z.object({ webhook, secret: z.string() }),
    },
    cost: 2,
    handle: async ({ body }) => {
      const added = await webhooks.add(body);
      if (!added.ok) return problem(added.refusal);
      return { status: 201, json: { webhook: added.webhook, secret: added.secret } };
    },
  }),
  route({
    method: 'delete',
    path: '/api/webhooks/:webhook',
    id: 'removeWebhook',
    summary: 'Has an address told nothing any more.',
    tag: 'Webhooks',
    may: ['office'],
    params: z.object({ webhook: id }),
    answer: { status: 204, says: 'It is told nothing any more.' },
    handle: async ({ params }) =>
      (await webhooks.remove(params.webhook)) ? { status: 204 } : problem('unknownWebhook'),
  }),
];
