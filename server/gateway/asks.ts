import type { z } from 'zod';
import { type Ask, type AskName, asks, type Refused, type Replies } from '../protocol/wire.ts';

export type Handlers = { [N in AskName]: (ask: Ask<N>) => Promise<Replies[N]> | Replies[N] };

export const refused = (refusal: Refused['refusal'], detail?: string): Refused =>
  detail === undefined ? { ok: false, refusal } : { ok: false, refusal, detail };

/** The first things wrong with an ask, for a technician: places and expectations, never its content. */
function faults(error: z.ZodError): string {
  return error.issues
    .slice(0, 3)
    .map((i) => `${i.path.join('.') || '(whole)'}: ${i.code}`)
    .join('; ');
}

/**
 * Answers one packet from a browser. Whatever comes, the answer is a value: an unknown name, a
 * missing acknowledgement and a malformed body are refusals like any other.
 */
export async function answer(o: {
  packet: readonly unknown[];
  handlers: Handlers;
  onBug(error: unknown, name: AskName): void;
}): Promise<void> {
  const [name, body] = o.packet;
  const last = o.packet.at(-1);
  const reply = typeof last === 'function' ? (last as (r: unknown) => void) : () => {};
  if (typeof name !== 'string' || !Object.hasOwn(asks, name)) {
    return reply(refused('malformed', 'unknown ask'));
  }
  const known = name as AskName;
  const parsed = asks[known].safeParse(body);
  if (!parsed.success) return reply(refused('malformed', faults(parsed.error)));
  try {
    const handle = o.handlers[known] as (ask: unknown) => Promise<unknown> | unknown;
    reply(await handle(parsed.data));
  } catch (error) {
    // A handler that throws is a bug; the page is told as much as it can use.
    o.onBug(error, known);
    reply(refused('controlPaused'));
  }
}
