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
  /** When it had failed for a day and was given up; null while it is told. */
  disabledSince: z.int().nullable().optional(),
});

/** What receivers have to know; `server/notify/signature.ts` and `server/jobs/webhooks.ts` do it. */
const promise = [
  'Each delivery is a POST of JSON: {webhook, delivery, briefing, events: [{version, at, by, event}]},',
  'or {webhook, delivery, briefing, notice} for kinds that begin with `notice.`.',
  'Events of a briefing come in the order of their versions, each at least once: drop what you have.',
  'Header diemcau-timestamp is Unix time in seconds; diemcau-signature is `v1=` and, in hex, the',
  'HMAC-SHA256 with your secret over the timestamp, a dot and the bytes of the body. Refuse what was',
  'signed more than 300 seconds ago. Answer with 2xx: anything else, a redirect too, is tried again',
  'for a day; 410 ends it at once.',
].join(' ');

/** Whom to tell of what happens. */
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
      says: `It will be told. The secret signs what is sent, and is shown this once. ${promise}`,
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
