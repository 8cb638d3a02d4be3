import type { z } from 'zod';
import type { Caller, CallerRole } from './callers.ts';
import type { Problem } from './problem.ts';

export type Method = 'get' | 'post' | 'put' | 'delete';
export const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** What comes back when all is well. */
export type Result =
  | { readonly status: 200 | 201 | 202; readonly json: unknown }
  | { readonly status: 204 }
  | { readonly status: 200; readonly file: Uint8Array; readonly name: string }
  | Problem;

/** Of a good answer: a schema, or the media type of a file. */
export interface Answer {
  readonly status: 200 | 201 | 202 | 204;
  readonly says: string;
  readonly json?: z.ZodType;
  readonly file?: string;
}

export type Tag = 'Planning' | 'Briefing' | 'Records' | 'Office' | 'Webhooks';

export interface Call<P, Q, B> {
  readonly caller: Caller;
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  /** Base of links, without a slash at the end. */
  readonly base: string;
  /** The caller has gone. */
  readonly gone: AbortSignal;
}

export interface RouteOf<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  readonly method: Method;
  /** As express writes it: `/api/briefings/:briefing`. */
  readonly path: string;
  /** Names the operation to programs that are made from the document. */
  readonly id: string;
  readonly summary: string;
  readonly tag: Tag;
  /** Who may call; what they may do there is for the rules to say. */
  readonly may: readonly CallerRole[];
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  /** The body is a workbook and not JSON. */
  readonly takesFile?: true;
  readonly answer: Answer;
  /** How much of a minute's allowance it takes; 0 for what costs little. */
  readonly cost?: number;
  readonly handle: (call: Call<z.infer<P>, z.infer<Q>, z.infer<B>>) => Promise<Result>;
}

export type Route = RouteOf<z.ZodObject, z.ZodObject, z.ZodType>;

/** Ties a route's handler to its own schemas. */
export const route = <
  P extends z.ZodObject = z.ZodObject<Record<never, never>>,
  Q extends z.ZodObject = z.ZodObject<Record<never, never>>,
  B extends z.ZodType = z.ZodUndefined,
>(
  given: RouteOf<P, Q, B>,
): Route => given as unknown as Route;
