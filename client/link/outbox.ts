import type { BrowserCommand, CommandEnvelope } from '../../server/protocol/commands.ts';
import type { Replies } from '../../server/protocol/wire.ts';

/** `lineLost` is this side's own: the command was given up, because nobody answered in time. */
export type CommandOutcome =
  | Replies['command']
  | { readonly ok: false; readonly refusal: 'lineLost' };

interface Waiting {
  readonly envelope: CommandEnvelope;
  /** By this page's own steady clock, in milliseconds. */
  readonly since: number;
  readonly resolve: (outcome: CommandOutcome) => void;
}

/** How long a press of a button stays meant, in milliseconds; after that it is void. */
export const meantFor = 15_000;

/**
 * Commands that nobody has answered yet. They are sent again with the same id after a reconnect,
 * so that the server can tell a retry from a second press; an old one is dropped, because a grant
 * that comes a minute late is worse than none.
 */
export class Outbox {
  readonly #waiting = new Map<string, Waiting>();

  add(id: string, command: BrowserCommand, since: number): Promise<CommandOutcome> {
    return new Promise((resolve) => {
      this.#waiting.set(id, { envelope: { id, command }, since, resolve });
    });
  }

  answer(id: string, outcome: CommandOutcome): void {
    this.#waiting.get(id)?.resolve(outcome);
    this.#waiting.delete(id);
  }

  /** What is still meant at `now`, oldest first; what is not is given up. */
  unanswered(now: number): readonly CommandEnvelope[] {
    for (const [id, { since }] of this.#waiting) {
      if (now - since >= meantFor) this.answer(id, { ok: false, refusal: 'lineLost' });
    }
    return [...this.#waiting.values()].map((w) => w.envelope);
  }
}
