import express, { type Request, type Response, type Router } from 'express';
import type { Logger } from 'pino';
import type { z } from 'zod';
import { type Caller, callerOf, nameOf } from './callers.ts';
import { Limits } from './limits.ts';
import { type ApiRefusal, type Problem, problem } from './problem.ts';
import { type Result, type Route, xlsxType } from './route.ts';

export interface RouterOptions {
  readonly routes: readonly Route[];
  readonly secret: Uint8Array;
  readonly publicUrl?: string | undefined;
  /** How many requests one pass may make in a second. */
  readonly perSecond: number;
  /** Whether an exception only says that Redis cannot be reached now. */
  readonly isAway: (error: unknown) => boolean;
  readonly log: Logger;
}

/** In bytes. A plan of 257 points takes some hundred kilobytes. */
const largestJson = 512 * 1_024;
const largestFile = 1_024 * 1_024;
/** Seconds until it is worth trying again. */
const retryAfter = 1;

/**
 * The routes on express. First comes the pass, then its limits, and only then is a body read; every
 * refusal is a problem document.
 */
export function createRouter(o: RouterOptions): Router {
  const router = express.Router();
  const limits = new Limits(o.perSecond);
  const readJson = express.json({ limit: largestJson, strict: false });
  const readFile = express.raw({ limit: largestFile, type: xlsxType });
  for (const route of o.routes) {
    router[route.method](
      route.path,
      async (request: Request, response: Response, next: () => void) => {
        const caller = await enter(o, limits, { route, request });
        if ('refusal' in caller) return send(response, caller);
        response.locals.caller = caller;
        next();
      },
      ...(route.body ? [route.takesFile ? readFile : readJson] : []),
      async (request: Request, response: Response) => {
        const caller = response.locals.caller as Caller;
        const result = await perform(o, limits, { route, request, response, caller });
        if (route.method !== 'get') tell(o.log, { route, caller, result });
        send(response, result);
      },
    );
  }
  router.use('/api', (_request, response) => send(response, problem('unknownRoute')));
  router.use((error: unknown, request: Request, response: Response, next: (e: unknown) => void) => {
    if (response.headersSent) return next(error);
    send(response, problemOf(o, error, request));
  });
  return router;
}

async function enter(
  o: RouterOptions,
  limits: Limits,
  { route, request }: { route: Route; request: Request },
): Promise<Caller | Problem> {
  const pass = /^Bearer (\S+)$/i.exec(request.get('authorization') ?? '')?.[1];
  const caller = pass === undefined ? undefined : await callerOf(pass, o.secret);
  if (!caller) {
    const allowed = await limits.stranger(request.ip ?? '');
    return problem(allowed ? 'noPass' : 'tooManyCommands');
  }
  if (!(await limits.caller(nameOf(caller)))) return problem('tooManyCommands');
  return route.may.includes(caller.role) ? caller : problem('notPermitted');
}

async function perform(
  o: RouterOptions,
  limits: Limits,
  { route, request, response, caller }: Asked,
): Promise<Result> {
  const params = parsed(route.params, request.params, 'path');
  const query = parsed(route.query, request.query, 'query');
  const body = parsed(route.body, request.body, 'body');
  for (const each of [params, query, body]) if ('refusal' in each) return each;
  if (!(await limits.spend(nameOf(caller), route.cost ?? 0))) return problem('tooManyCommands');
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  return route.handle({
    caller,
    params: value(params) as never,
    query: value(query) as never,
    body: value(body),
    base: o.publicUrl ?? `${request.protocol}://${request.get('host')}`,
    gone: gone.signal,
  });
}

interface Asked {
  readonly route: Route;
  readonly request: Request;
  readonly response: Response;
  readonly caller: Caller;
}

type Parsed = { readonly data: unknown } | Problem;
const value = (parsed: Parsed): unknown => ('data' in parsed ? parsed.data : undefined);

function parsed(schema: z.ZodType | undefined, given: unknown, where: string): Parsed {
  if (!schema) return { data: {} };
  const result = schema.safeParse(given ?? {});
  if (result.success) return result;
  const detail = result.error.issues
    .slice(0, 5)
    .map(({ path, code }) => `${[where, ...path].join('.')}: ${code}`)
    .join('; ');
  return problem('malformed', { detail });
}

function send(response: Response, result: Result): void {
  response.setHeader('cache-control', 'no-store');
  response.status(result.status);
  if ('refusal' in result) {
    if (result.status === 401) response.setHeader('www-authenticate', 'Bearer');
    if (result.status === 503 || result.status === 429) {
      response.setHeader('retry-after', String(retryAfter));
    }
    response.type('application/problem+json').send(JSON.stringify(result));
  } else if ('file' in result) {
    response.attachment(result.name);
    response.send(Buffer.from(result.file));
  } else if ('json' in result) response.json(result.json);
  else response.end();
}

/** What came as an exception: a body that express could not read, Redis away, or a bug. */
function problemOf(o: RouterOptions, error: unknown, request: Request): Problem {
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  if (status === 413) return problem('tooLarge');
  if (typeof status === 'number' && status >= 400 && status < 500) return problem('malformed');
  const log = { err: error, method: request.method, route: request.route?.path };
  if (o.isAway(error)) {
    o.log.debug(log, 'api: redis away');
    return problem('controlPaused');
  }
  o.log.error(log, 'api: a request failed');
  return problem('fault');
}

/** One line for what somebody changed, or tried to. */
function tell(
  log: Logger,
  { route, caller, result }: { route: Route; caller: Caller; result: Result },
): void {
  const refusal: ApiRefusal | undefined = 'refusal' in result ? result.refusal : undefined;
  const who = 'identity' in caller ? caller.identity : { role: caller.role };
  log.info({ operation: route.id, ...who, refusal }, 'api');
}
