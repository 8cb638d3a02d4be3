import { join } from 'node:path';
import express, { type Express, type Request, type Response } from 'express';
import helmet from 'helmet';
import type { BriefingId } from '../domain/ids.ts';
import { pageUrl, signPass, verifyPass } from './identity.ts';
import type { BriefingPort } from './ports.ts';

export interface HttpOptions {
  /** Folder of the built pages. */
  readonly client: string;
  readonly secret: Uint8Array;
  readonly briefings: ReadonlyMap<BriefingId, BriefingPort>;
  /** What this server waits for, in English; empty when it can do its work. */
  readonly waitingFor: () => readonly string[];
  /** Base of links; undefined: as the request came in. */
  readonly publicUrl?: string | undefined;
  readonly nodes: NodesPort;
}

/** The media nodes, for the people who look after them. */
export interface NodesPort {
  /** As this server knows them; plain data. */
  readonly nodes: readonly { readonly node: string }[];
  /** Asks a node to go once its seats have been moved. False when it is not there. */
  drain(node: string): Promise<boolean>;
}

const pages = ['kiosk', 'chair', 'wall', 'technician'] as const;

/** Pages, links for technicians, and the word for supervisors whether this server is ready. */
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
  app.get('/api/links', (request, response, next) => {
    links(o, request, response).catch(next);
  });
  app.get('/api/nodes', (request, response, next) => {
    keeper(o, request)
      .then((may) => {
        response.setHeader('cache-control', 'no-store');
        if (may) response.json({ nodes: o.nodes.nodes });
        else response.status(403).json({ refusal: 'notPermitted' });
      })
      .catch(next);
  });
  app.post('/api/nodes/:node/drain', (request, response, next) => {
    keeper(o, request)
      .then(async (may) => {
        if (!may) return response.status(403).json({ refusal: 'notPermitted' });
        const asked = await o.nodes.drain(request.params.node);
        return asked
          ? response.status(202).json({ ok: true })
          : response.status(404).json({ refusal: 'mediaUnavailable' });
      })
      .catch(next);
  });
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

/** Whether the request shows the pass of a technician, who looks after the media nodes. */
async function keeper(o: HttpOptions, request: Request): Promise<boolean> {
  const identity = await verifyPass({ pass: bearer(request), secret: o.secret });
  return identity?.role === 'technician';
}

const bearer = (request: Request): string =>
  request.get('authorization')?.replace(/^Bearer /, '') ?? '';

/** The links of all points: each opens a seat, so only those who set up the sites may have them. */
async function links(o: HttpOptions, request: Request, response: Response): Promise<void> {
  const identity = await verifyPass({ pass: bearer(request), secret: o.secret });
  const briefing = identity && o.briefings.get(identity.briefing);
  const permitted = identity && ['technician', 'chair', 'secretary'].includes(identity.role);
  if (!briefing || !permitted) {
    response.status(403).json({ refusal: 'notPermitted' });
    return;
  }
  const base = o.publicUrl ?? `${request.protocol}://${request.get('host')}`;
  const { seats, chairPoint } = briefing.state;
  const points = Object.values(seats)
    .filter((s) => s.id !== chairPoint)
    .sort((a, b) => a.order - b.order);
  response.setHeader('cache-control', 'no-store');
  response.json({
    links: await Promise.all(
      points.map(async ({ id }) => ({
        seat: id,
        url: pageUrl({
          base,
          role: 'point',
          pass: await signPass({
            secret: o.secret,
            briefing: identity.briefing,
            role: 'point',
            seat: id,
          }),
        }),
      })),
    ),
  });
}
