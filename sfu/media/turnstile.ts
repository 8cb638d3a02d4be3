/** Whoever decides when the subscriptions to a stream may start. */
export interface TicketOffice {
  expect(ticket: string): void;
  ready(ticket: string): void;
  /** It started, but no key frame came: it asks for another. */
  again(ticket: string): void;
  forget(ticket: string): void;
}

/**
 * A stream's local subscriptions as they wait for their start. The office decides when: the
 * key-frame gate for a stream at home, the home node for a piped one, and nobody for sound.
 */
export class Turnstile {
  readonly #office: TicketOffice | undefined;
  readonly #holders = new Map<string, () => void>();

  constructor(office?: TicketOffice) {
    this.#office = office;
  }

  expect(ticket: string): void {
    this.#office?.expect(ticket);
  }

  /** `start` is called once, in this call or later. */
  ready(ticket: string, start: () => void): void {
    if (!this.#office) {
      start();
      return;
    }
    this.#holders.set(ticket, start);
    this.#office.ready(ticket);
  }

  again(ticket: string, start: () => void): void {
    if (!this.#office) {
      start();
      return;
    }
    this.#holders.set(ticket, start);
    this.#office.again(ticket);
  }

  forget(ticket: string): void {
    this.#holders.delete(ticket);
    this.#office?.forget(ticket);
  }

  admit(tickets: readonly string[]): void {
    for (const ticket of tickets) {
      const start = this.#holders.get(ticket);
      this.#holders.delete(ticket);
      start?.();
    }
  }
}
