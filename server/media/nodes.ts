import type { Logger } from 'pino';
import { type StreamRef, streamKey } from '../../sfu/protocol/media.ts';
import type { NodeLoad, NodeReport } from '../../sfu/protocol/reports.ts';
import { type NodeCandidate, place } from '../domain/placement.ts';
import { type NodeEvents, NodeLink } from './nodeLink.ts';

interface Known {
  readonly link: NodeLink;
  region: string;
  load: NodeLoad & { readonly draining: boolean };
  /** Endpoints placed since the last load report: it cannot know of them yet. */
  placed: number;
  /** The node's word about itself has come since the link was made. */
  reported: boolean;
}

export interface NodesOptions {
  /** Media nodes by id: the addresses of their control sockets. */
  readonly nodes: ReadonlyMap<string, string>;
  readonly secret: string;
  readonly patienceMs: number;
  /** What the owner of endpoints wants to hear; streams and load are kept here. */
  readonly events: Pick<NodeEvents, 'consumers' | 'demand' | 'endpointsClosed' | 'lost'> & {
    /** A node has (re)connected and told all of itself. */
    readonly ready: (node: NodeLink, report: NodeReport) => void;
    /** Streams of this space came or went somewhere. */
    readonly moved: (space: string) => void;
  };
  readonly log: Logger;
}

/** How long nodes that are started together with a server are waited for, milliseconds. */
const startingMs = 5_000;

const unknownLoad = { cpu: 0, endpoints: 0, consumers: 0, draining: true };

/** The media nodes as they report themselves: which are there, how loaded, and who sends where. */
export class Nodes {
  readonly #known = new Map<string, Known>();
  /** Home node of each published stream, by space and stream. */
  readonly #homes = new Map<string, Map<string, string>>();
  readonly #o: NodesOptions;
  readonly #since = performance.now();

  constructor(o: NodesOptions) {
    this.#o = o;
    const events: NodeEvents = {
      ...o.events,
      report: (link, report) => this.#reported(link, report),
      load: (link, load) => {
        const known = this.#known.get(link.id);
        if (known) {
          known.load = load;
          known.placed = 0;
        }
      },
      streams: (link, { space, added, removed }) => {
        for (const s of removed) this.#forget(space, s, link.id);
        for (const s of added) this.#home(space).set(streamKey(s), link.id);
        o.events.moved(space);
      },
      lost: (link) => {
        const known = this.#known.get(link.id);
        if (known) known.reported = false;
        const spaces = this.#forgetNode(link.id);
        o.events.lost(link);
        for (const space of spaces) o.events.moved(space);
      },
    };
    for (const [id, url] of o.nodes) {
      const link = new NodeLink({
        id,
        url,
        secret: o.secret,
        patienceMs: o.patienceMs,
        events,
        log: o.log,
      });
      this.#known.set(id, { link, region: '', load: unknownLoad, placed: 0, reported: false });
    }
  }

  /**
   * Seats can be placed: all nodes are linked and have reported, or some are and the others have
   * had their time. A server that starts while a node is dead must not wait for it for ever.
   */
  get ready(): boolean {
    const there = [...this.#known.values()].filter((k) => k.reported && k.link.connected).length;
    const late = performance.now() - this.#since > startingMs;
    return there === this.#known.size || (late && there > 0);
  }

  /** The link to a node that is there and has reported. */
  linked(id: string): NodeLink | undefined {
    const known = this.#known.get(id);
    return known?.reported && known.link.connected ? known.link : undefined;
  }

  homeOf(space: string, stream: StreamRef): string | undefined {
    return this.#homes.get(space)?.get(streamKey(stream));
  }

  /** Chooses a node for a new endpoint and counts it there; undefined when there is none. */
  choose(): NodeLink | undefined {
    const candidates: NodeCandidate[] = [];
    for (const { link, region, load, placed, reported } of this.#known.values()) {
      if (!reported || !link.connected) continue;
      const { draining, cpu } = load;
      candidates.push({
        id: link.id,
        region,
        draining,
        cpu,
        endpoints: load.endpoints + placed,
      });
    }
    const chosen = this.#known.get(place(candidates) ?? '');
    if (chosen) chosen.placed += 1;
    return chosen?.link;
  }

  close(): void {
    for (const { link } of this.#known.values()) link.close();
  }

  #reported(link: NodeLink, report: NodeReport): void {
    const known = this.#known.get(link.id);
    if (!known) return;
    known.region = report.region;
    known.load = { ...report.load, draining: report.draining };
    known.reported = true;
    const touched = this.#forgetNode(link.id);
    for (const { space, endpoints } of report.spaces) {
      touched.add(space);
      for (const { endpoint, published } of endpoints) {
        for (const source of published) {
          this.#home(space).set(streamKey({ endpoint, source }), link.id);
        }
      }
    }
    const nodes = [...this.#o.nodes].map(([node, controlUrl]) => ({ node, controlUrl }));
    void link.request('peers', { nodes });
    this.#o.events.ready(link, report);
    for (const space of touched) this.#o.events.moved(space);
  }

  #home(space: string): Map<string, string> {
    const homes = this.#homes.get(space) ?? new Map<string, string>();
    this.#homes.set(space, homes);
    return homes;
  }

  /** A stream that has already come up at another node is not forgotten with its former self. */
  #forget(space: string, stream: StreamRef, node: string): void {
    const homes = this.#homes.get(space);
    if (homes?.get(streamKey(stream)) === node) homes.delete(streamKey(stream));
  }

  #forgetNode(node: string): Set<string> {
    const touched = new Set<string>();
    for (const [space, homes] of this.#homes) {
      for (const [stream, home] of homes) {
        if (home !== node) continue;
        homes.delete(stream);
        touched.add(space);
      }
    }
    return touched;
  }
}
