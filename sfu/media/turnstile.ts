/** Whoever decides when the subscriptions to a stream may start. */
export interface TicketOffice {
  expect(ticket: string): void;
  ready(ticket: string): void;
  /** It started, but no key frame came: it asks for another. */
  again(ticket: string): void;
  forget(ticket: string): void;
}

const layerSuffix = ':layer';

/** The ticket with which a flowing consumer waits to change its layer. */
export const layerTicket = (consumer: string): string => `${consumer}${layerSuffix}`;

/** Whether it is to start: it shows nothing before its key frame, unlike a change of layer. */
export const isStart = (ticket: string): boolean => !ticket.endsWith(layerSuffix);

/** Lets a subscription's packets flow; resolves when its worker has done so. Never rejects. */
export type Start = () => Promise<void>;

/**
 * A stream's local subscriptions as they wait for their start. The office decides when: the
 * key-frame gate for a stream at home, the home node for a piped one, and nobody for sound.
 */
export class Turnstile {
  readonly #office: TicketOffice | undefined;
  readonly #holders = new Map<string, Start>();

  constructor(office?: TicketOffice) {
    this.#office = office;
  }

  expect(ticket: string): void {
    this.#office?.expect(ticket);
  }

  /** `start` is called once, in this call or later. */
  ready(ticket: string, start: Start): void {
    if (!this.#office) {
      void start();
      return;
    }
    this.#holders.set(ticket, start);
    this.#office.ready(ticket);
  }

  again(ticket: string, start: Start): void {
    if (!this.#office) {
      void start();
      return;
    }
    this.#holders.set(ticket, start);
    this.#office.again(ticket);
  }

  forget(ticket: string): void {
    this.#holders.delete(ticket);
    this.#office?.forget(ticket);
  }

  /** All in this tick; resolves when all flow. */
  async admit(tickets: readonly string[]): Promise<void> {
    const starts = tickets.map((ticket) => this.#holders.get(ticket));
    for (const ticket of tickets) this.#holders.delete(ticket);
    await Promise.all(starts.map((start) => start?.()));
  }
}
