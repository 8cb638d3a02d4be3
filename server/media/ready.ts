import type { Endpoint } from './endpoint.ts';
import type { NodeLink } from './nodeLink.ts';

/** Readiness of many browsers, gathered over one turn of the event loop. */
export class Ready {
  readonly #space: string;
  readonly #waiting = new Map<NodeLink, Map<Endpoint, string[]>>();

  constructor(space: string) {
    this.#space = space;
  }

  add(endpoint: Endpoint, consumers: readonly string[]): void {
    const { link } = endpoint.home;
    const waiting = this.#waiting.get(link) ?? new Map<Endpoint, string[]>();
    if (waiting.size === 0) setImmediate(() => this.#send(link));
    this.#waiting.set(link, waiting);
    waiting.set(endpoint, [...(waiting.get(endpoint) ?? []), ...consumers]);
  }

  #send(link: NodeLink): void {
    const waiting = this.#waiting.get(link);
    this.#waiting.delete(link);
    if (!waiting) return;
    const items = [...waiting].map(([{ id, home }, consumers]) => ({
      endpoint: id,
      incarnation: home.incarnation,
      consumers,
    }));
    void link.request('ready', { space: this.#space, items });
  }
}
