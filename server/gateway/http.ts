import { join } from 'node:path';
import express, { type Express, type Router } from 'express';
import helmet from 'helmet';
import { type ApiOptions, createApi } from './api/api.ts';

export interface HttpOptions {
  /** Folder of the built pages. */
  readonly client: string;
  /** What this server waits for, in English; empty when it can do its work. */
  readonly waitingFor: () => readonly string[];
  readonly api: ApiOptions;
  /** The queues of jobs, behind a door of their own. */
  readonly board?: Router;
}

const pages = ['kiosk', 'chair', 'wall', 'technician', 'planning'] as const;

/** Pages, the API, and the word for supervisors whether this server is ready. */
export function createHttp(o: HttpOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'self'"],
          connectSrc: ["'self'", 'ws:', 'wss:'],
          imgSrc: ["'self'", 'data:'],
          mediaSrc: ["'self'", 'blob:', 'mediastream:'],
          styleSrc: ["'self'", "'unsafe-inline'"],
          fontSrc: ["'self'", 'data:'],
          objectSrc: ["'none'"],
          baseUri: ["'none'"],
          // Rehearsals put many kiosks into one page of the same origin.
          frameAncestors: ["'self'"],
        },
      },
      // TLS is put in front of us; whether to pin it is for whoever does that to say.
      strictTransportSecurity: false,
    }),
  );
  app.get('/healthz', (_request, response) => {
    const waitingFor = o.waitingFor();
    response.status(waitingFor.length === 0 ? 200 : 503).json({
      ready: waitingFor.length === 0,
      waitingFor,
    });
  });
  if (o.board) app.use(o.board);
  app.use(createApi(o.api));
  for (const page of pages) {
    app.get(`/${page}`, (_request, response) => {
      response.setHeader('cache-control', 'no-cache');
      response.sendFile(join(o.client, page, 'index.html'));
    });
  }
  app.use(
    '/assets',
    express.static(join(o.client, 'assets'), { immutable: true, maxAge: '1y', index: false }),
  );
  return app;
}
