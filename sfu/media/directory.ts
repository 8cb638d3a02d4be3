import type { types } from 'mediasoup';
import type { Fault } from '../protocol/fault.ts';
import type { SpaceReport } from '../protocol/reports.ts';
import { mediaCodecs } from './codecs.ts';
import type { Endpoint } from './endpoint.ts';
import { fault } from './faults.ts';
import { HighWater } from './highWater.ts';
import { Space, type SpaceContext } from './space.ts';

/** The spaces of this node: made with their first endpoint, closed with their last. */
export class Directory {
  readonly #context: SpaceContext;
  readonly #spaces = new Map<string, Space>();
  readonly #marks = new HighWater();
  readonly #making = new Map<string, Promise<Space>>();

  constructor(context: SpaceContext) {
    this.#context = context;
  }

  get(id: string): Space | undefined {
    return this.#spaces.get(id);
  }

  all(): Space[] {
    return [...this.#spaces.values()];
  }

  /** What there is, and of spaces that are no more the highest token that was seen. */
  report(): SpaceReport[] {
    const gone = this.#marks.all().filter(([id]) => !this.#spaces.has(id));
    return [
      ...this.all().map((space) => space.report()),
      ...gone.map(([space, token]) => ({ space, token, endpoints: [] })),
    ];
  }

  /** The space, made when there is none; those who ask at once get the same. */
  async ensure(id: string, worker: types.Worker): Promise<Space> {
    const there = this.#spaces.get(id);
    if (there) return there;
    const making = this.#making.get(id) ?? this.#make(id, worker);
    this.#making.set(id, making);
    try {
      return await making;
    } finally {
      this.#making.delete(id);
    }
  }

  /** An endpoint in its present self, or why an order for it is refused. */
  find(ref: {
    readonly space: string;
    readonly endpoint: string;
    readonly incarnation: string;
  }): { readonly space: Space; readonly endpoint: Endpoint } | Fault {
    const space = this.#spaces.get(ref.space);
    if (!space) return fault('unknownSpace');
    const endpoint = space.endpoints.get(ref.endpoint);
    if (!endpoint) return fault('unknownEndpoint');
    if (endpoint.incarnation !== ref.incarnation) return fault('staleIncarnation');
    return { space, endpoint };
  }

  /** Closes a space that nobody is in any more. */
  sweep(space: Space): void {
    if (space.endpoints.size > 0 || space.opening > 0) return;
    if (this.#spaces.get(space.id) === space) this.#spaces.delete(space.id);
    this.#marks.keep(space.id, space.token);
    space.close();
  }

  /** Closes all; answers what there was. */
  clear(): Space[] {
    const spaces = this.all();
    this.#spaces.clear();
    for (const { id, token } of spaces) this.#marks.keep(id, token);
    return spaces;
  }

  async #make(id: string, worker: types.Worker): Promise<Space> {
    const router = await worker.createRouter({ mediaCodecs: structuredClone(mediaCodecs) });
    const space = new Space({ id, router, token: this.#marks.of(id) }, this.#context);
    this.#spaces.set(id, space);
    return space;
  }
}
