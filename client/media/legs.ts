import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Leg } from '../../server/protocol/wire.ts';
import type { Candidate } from './choose.ts';
import type { Endpoint } from './endpoint.ts';
import { linger, type Received } from './receiver.ts';

/** The legs that this page has, and for a moment those that it had: their pictures bridge the gap. */
export class Legs {
  readonly #living = signal<ReadonlyMap<Leg, Endpoint>>(new Map());
  readonly #former = signal<readonly Endpoint[]>([]);
  readonly living: ReadonlySignal<ReadonlyMap<Leg, Endpoint>> = this.#living;
  /** Everything that comes, or could come, over any of them. */
  readonly received: ReadonlySignal<readonly (Received & Candidate)[]> = computed(() => [
    ...this.#former.value.flatMap((endpoint) => on(endpoint, null)),
    ...[...this.#living.value.values()].flatMap((endpoint) => on(endpoint, endpoint.leg)),
  ]);
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();

  get(leg: Leg | null): Endpoint | undefined {
    return leg === null ? undefined : this.#living.peek().get(leg);
  }

  /** Takes in a leg; whatever had its place is retired. */
  put(endpoint: Endpoint): void {
    batch(() => {
      this.retire(endpoint.leg);
      this.#living.value = new Map(this.#living.peek()).set(endpoint.leg, endpoint);
    });
  }

  /** Keeps a leg's last pictures and what still comes for a moment, and nothing else of it. */
  retire(leg: Leg): void {
    const endpoint = this.#living.peek().get(leg);
    if (!endpoint) return;
    endpoint.stopSending();
    batch(() => {
      const living = new Map(this.#living.peek());
      living.delete(leg);
      this.#living.value = living;
      this.#former.value = [...this.#former.peek(), endpoint];
    });
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#former.value = this.#former.peek().filter((e) => e !== endpoint);
      endpoint.close();
    }, linger);
    this.#timers.add(timer);
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    for (const endpoint of [...this.#living.peek().values(), ...this.#former.peek()]) {
      endpoint.close();
    }
    this.#living.value = new Map();
    this.#former.value = [];
  }
}

const on = ({ receiver }: Endpoint, leg: Leg | null): (Received & Candidate)[] =>
  receiver.received.value.map((received) => ({ ...received, on: leg }));
