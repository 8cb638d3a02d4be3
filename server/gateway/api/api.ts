import express, { type Router } from 'express';
import type { Logger } from 'pino';
import { createDocs } from './docs.ts';
import { openApi } from './openapi.ts';
import type { Route } from './route.ts';
import { createRouter } from './router.ts';
import { briefingRoutes } from './routes/briefing.ts';
import { contactRoutes } from './routes/contacts.ts';
import type { Context } from './routes/context.ts';
import { officeRoutes } from './routes/links.ts';
import { planningRoutes } from './routes/planning.ts';
import { recordsRoutes } from './routes/records.ts';
import { webhookRoutes } from './routes/webhooks.ts';

export interface ApiOptions extends Context {
  /** Base of links; undefined: as the request came in. */
  readonly publicUrl?: string | undefined;
  /** How many requests one pass may make in a second. */
  readonly perSecond: number;
  /** Whether an exception only says that Redis cannot be reached now. */
  readonly isAway: (error: unknown) => boolean;
  readonly log: Logger;
}

/** Everything that consoles do, over HTTP: under /api, with its document and a page to try it. */
export function createApi(o: ApiOptions): Router {
  const routes = apiRoutes(o);
  const router = express.Router();
  router.use(createDocs(openApi(routes)));
  router.use(createRouter({ ...o, routes }));
  return router;
}

const apiRoutes = (c: Context): readonly Route[] => [
  ...planningRoutes(c),
  ...briefingRoutes(c),
  ...recordsRoutes(c),
  ...officeRoutes(c),
  ...(c.contacts ? contactRoutes(c, c.contacts) : []),
  ...(c.webhooks ? webhookRoutes(c.webhooks) : []),
];
