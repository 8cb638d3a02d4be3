import type { RefusalCode } from '../domain/refusal.ts';
import { commandKey } from './accepted.ts';
import type { Answer, Submitted } from './group.ts';

interface Pending extends Submitted {
  readonly key: string;
  readonly answer: Promise<Answer>;
  readonly resolve: (answer: Answer) => void;
}

/** How many commands may wait: past that, being refused is better than waiting. */
const maxWaiting = 2_000;

/**
 * A briefing's commands on one server: those sent to the journal and not answered, in the order
 * they were decided in, and those that wait.
 */
export class CommandQueue {
  readonly #byKey = new Map<string, Pending>();
  #sent: Pending[] = [];
  #waiting: Pending[] = [];

  get size(): number {
    return this.#sent.length + this.#waiting.length;
  }

  get isFull(): boolean {
    return this.#waiting.length >= maxWaiting;
  }

  /** The answer to come of a command that is under way already. */
  answerTo(submitted: Submitted): Promise<Answer> | undefined {
    return this.#byKey.get(commandKey(submitted.by, submitted.id))?.answer;
  }

  add(submitted: Submitted): Promise<Answer> {
    const key = commandKey(submitted.by, submitted.id);
    const { promise, resolve } = Promise.withResolvers<Answer>();
    const pending = { ...submitted, key, answer: promise, resolve };
    this.#waiting.push(pending);
    this.#byKey.set(key, pending);
    return promise;
  }

  /**
   * What to decide next. Commands that were sent before and got no answer come first and in the
   * same order: decided on the same state they give the same events, so that an append still on
   * its way to Redis and its repetition can never both be done.
   */
  next(limit: number): readonly Submitted[] {
    const room = Math.max(0, limit - this.#sent.length);
    if (room > 0) this.#sent.push(...this.#waiting.splice(0, room));
    return this.#sent;
  }

  /** Answers what `next` gave, in its order. */
  answer(answers: readonly Answer[]): void {
    const sent = this.#sent;
    this.#sent = [];
    for (const [i, pending] of sent.entries()) {
      const answer = answers[i];
      if (answer) this.#settle(pending, answer);
    }
  }

  /** What `next` gave is certainly not done: it waits again. */
  giveBack(): void {
    this.#waiting = [...this.#sent, ...this.#waiting];
    this.#sent = [];
  }

  /** Refuses all but what may be in the journal already. */
  refuseWaiting(refusal: RefusalCode): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const pending of waiting) this.#settle(pending, { ok: false, refusal });
  }

  refuseAll(refusal: RefusalCode): void {
    this.giveBack();
    this.refuseWaiting(refusal);
  }

  #settle(pending: Pending, answer: Answer): void {
    this.#byKey.delete(pending.key);
    pending.resolve(answer);
  }
}
