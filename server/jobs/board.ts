import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { ExpressAdapter } from '@bull-board/express';
import type { Queue } from 'bullmq';
import express, { type Request, type Response, type Router } from 'express';
import { jwtVerify, SignJWT } from 'jose';

export interface BoardOptions {
  readonly queues: readonly Queue[];
  /** Signs the cookie. */
  readonly secret: Uint8Array;
  /** Whether a pass opens the door. */
  readonly mayEnter: (pass: string) => Promise<boolean>;
  /** Whether people come by https, so that the cookie must go no other way. */
  readonly overTls: boolean;
}

const path = '/jobs';
const cookieName = 'diemcau-jobs';
/** How long the door stays open, in seconds. */
const openFor = 3_600;
const audience = 'jobs';

/**
 * Queues and failures, for technicians to look at and not to touch: Bull Board under /jobs, behind
 * a door. Browsers send no pass when a person follows a link, so a pass is shown once, to
 * `POST /jobs/enter`, and a short-lived cookie that no script can read opens the rest. As it is
 * `SameSite=Strict`, nobody else's page can use it.
 */
export function createBoard(o: BoardOptions): Router {
  const router = express.Router();
  router.use(path, (_request, response, next) => {
    response.setHeader('content-security-policy', policy);
    response.setHeader('cache-control', 'no-store');
    next();
  });
  router.post(
    `${path}/enter`,
    express.urlencoded({ extended: false, limit: 4_096 }),
    (request, response) => enter(o, request, response),
  );
  router.use(path, async (request, response, next) => {
    if (await isInside(request, o.secret)) next();
    else response.status(401).type('text/plain').send('Kỹ thuật viên · Technicians only\n');
  });
  const adapter = new ExpressAdapter();
  adapter.setBasePath(path);
  createBullBoard({
    queues: o.queues.map((queue) => new BullMQAdapter(queue, { readOnlyMode: true })),
    serverAdapter: adapter,
    options: { uiConfig: { boardTitle: 'diemcau' } },
  });
  router.use(path, adapter.getRouter() as Router);
  return router;
}

/** Its pages style themselves in place, and would fetch letters from elsewhere, which they may not. */
const policy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join(';');

/** The pass comes as a bearer from a script, or in the form that a page sends. */
async function enter(o: BoardOptions, request: Request, response: Response): Promise<void> {
  const bearer = /^Bearer (\S+)$/i.exec(request.get('authorization') ?? '')?.[1];
  const { pass: field } = (request.body ?? {}) as { pass?: unknown };
  const pass = bearer ?? (typeof field === 'string' ? field : '');
  if (!(await o.mayEnter(pass))) {
    response.status(401).type('text/plain').send('Kỹ thuật viên · Technicians only\n');
    return;
  }
  const cookie = await new SignJWT({})
    .setProtectedHeader({ alg: 'HS256' })
    .setAudience(audience)
    .setExpirationTime(`${openFor}s`)
    .sign(o.secret);
  response.cookie(cookieName, cookie, {
    path,
    httpOnly: true,
    sameSite: 'strict',
    secure: o.overTls,
    maxAge: openFor * 1_000,
  });
  if (bearer === undefined) response.redirect(303, `${path}/`);
  else response.status(204).end();
}

/** A pass is no such cookie, and the cookie no pass: it names its audience and no role. */
async function isInside(request: Request, secret: Uint8Array): Promise<boolean> {
  const cookies = (request.headers.cookie ?? '').split(/;\s*/);
  const cookie = cookies.find((each) => each.startsWith(`${cookieName}=`));
  if (cookie === undefined) return false;
  try {
    await jwtVerify(cookie.slice(cookieName.length + 1), secret, {
      algorithms: ['HS256'],
      audience,
      requiredClaims: ['exp'],
    });
    return true;
  } catch {
    return false;
  }
}
