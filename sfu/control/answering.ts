import type { Logger } from 'pino';
import type { z } from 'zod';
import { fault } from '../media/faults.ts';
import type { Fault } from '../protocol/fault.ts';

/** What the far end of a socket sends, as far as one may believe: a name and anything. */
export interface RawSocket {
  onAny(listener: (event: string, ...args: unknown[]) => void): unknown;
}

export type Handlers<S extends Record<string, z.ZodType>> = {
  [N in keyof S]: (request: z.infer<S[N]>) => object | Promise<object>;
};

/**
 * Answers every request of a wire: validated first, carried out then. Whatever comes, the answer
 * is a value; a request without an acknowledgement is carried out all the same.
 */
export function answerRequests<S extends Record<string, z.ZodType>>(options: {
  readonly socket: RawSocket;
  /** What stands before a request's name in its event. */
  readonly prefix?: string;
  readonly schemas: S;
  readonly handlers: Handlers<S>;
  readonly log: Logger;
}): void {
  const { socket, prefix = '', schemas, handlers, log } = options;
  const carryOut = async (event: string, raw: unknown): Promise<object> => {
    const name = event.startsWith(prefix) ? event.slice(prefix.length) : '';
    if (!Object.hasOwn(schemas, name)) return fault('malformed', 'no such request');
    const parsed = (schemas[name] as z.ZodType).safeParse(raw);
    if (!parsed.success) return malformed(parsed.error);
    try {
      return await (handlers[name] as (request: unknown) => object)(parsed.data);
    } catch (error) {
      log.error({ err: error, request: name }, 'request failed');
      return fault('workerUnavailable', error);
    }
  };
  socket.onAny((event, ...args) => {
    const last = args.at(-1);
    const answer = typeof last === 'function' ? (last as (a: object) => void) : undefined;
    void carryOut(event, args[0] === last && answer ? undefined : args[0]).then(answer);
  });
}

/** Names the first wrong place; the value itself may be anything and is not repeated. */
function malformed(error: z.ZodError): Fault {
  const first = error.issues[0];
  return fault('malformed', `${first?.path.join('.') ?? ''}: ${first?.message ?? ''}`);
}
