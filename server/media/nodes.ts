import type { Logger } from 'pino';
import type { NodeLoad, NodeReport } from '../../sfu/protocol/reports.ts';
import { place } from '../domain/placement.ts';
import { type NodeEvents, NodeLink } from './nodeLink.ts';
import { OwnDelay } from './ownDelay.ts';
import { Streams } from './streams.ts';

interface Known {
  readonly link: NodeLink;
  region: string;
  load: NodeLoad & { readonly draining: boolean };
  /** Endpoints placed since the last load report: it cannot know of them yet. */
  placed: { active: number; standby: number };
  /** The node's word about itself has come since the link was made. */
  reported: boolean;
}

export interface NodesOptions {
  /** Media nodes by id: the addresses of their control sockets. */
  readonly nodes: ReadonlyMap<string, string>;
  readonly secret: string;
  readonly patienceMs: number;
  /** What the owner of endpoints wants to hear; streams and load are kept here. */
  readonly events: Pick<
    NodeEvents,
    'consumers' | 'demand' | 'endpointsClosed' | 'levels' | 'lost'
  > & {
    /** A node has (re)connected and told all of itself. */
    readonly ready: (node: NodeLink, report: NodeReport) => void;
    /** A node takes nothing new any more, and wants to go. */
    readonly draining: (node: NodeLink) => void;
    /** Streams of this space came or went somewhere. */
    readonly moved: (space: string) => void;
  };
  readonly log: Logger;
}

/** A media node as people who look after it see it. */
export interface NodeView {
  readonly node: string;
  readonly region: string;
  readonly linked: boolean;
  readonly draining: boolean;
  readonly endpoints: number;
  readonly standbys: number;
  readonly consumers: number;
  /** CPU of the worker, 0 … 1 of one core. */
  readonly cpu: number;
}

/** How long nodes that are started together with a server are waited for, milliseconds. */
const startingMs = 5_000;

const unknownLoad = { cpu: 0, endpoints: 0, standbys: 0, consumers: 0, draining: true };

/** The media nodes as they report themselves: which are there, how loaded, and who sends where. */
export class Nodes {
  readonly streams = new Streams();
  readonly #known = new Map<string, Known>();
  readonly #o: NodesOptions;
  readonly #since = performance.now();
  readonly #own = new OwnDelay();

  constructor(o: NodesOptions) {
    this.#o = o;
    const events: NodeEvents = {
      ...o.events,
      report: (link, report) => this.#reported(link, report),
      load: (link, load) => this.#loaded(link, load),
      streams: (link, { space, added, removed }) => {
        for (const s of removed) this.streams.remove(space, s, link.id);
        for (const { standby, ...s } of added) {
          this.streams.add(space, s, { node: link.id, standby });
        }
        o.events.moved(space);
      },
      lost: (link) => {
        const known = this.#known.get(link.id);
        if (known) known.reported = false;
        const spaces = this.streams.removeNode(link.id);
        o.events.lost(link);
        for (const space of spaces) o.events.moved(space);
      },
    };
    const { secret, patienceMs, log } = o;
    for (const [id, url] of o.nodes) {
      const ownDelayMs = () => this.#own.worstMs;
      const link = new NodeLink({ id, url, secret, patienceMs, ownDelayMs, events, log });
      const placed = { active: 0, standby: 0 };
      this.#known.set(id, { link, region: '', load: unknownLoad, placed, reported: false });
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

  get views(): NodeView[] {
    return [...this.#known.values()].map(({ link, region, load, reported }) => ({
      node: link.id,
      region,
      linked: reported && link.connected,
      ...load,
    }));
  }

  /** The link to a node that is there and has reported. */
  linked(id: string): NodeLink | undefined {
    const known = this.#known.get(id);
    return known?.reported && known.link.connected ? known.link : undefined;
  }

  draining(link: NodeLink): boolean {
    return this.#known.get(link.id)?.load.draining ?? true;
  }

  /** Chooses a node for a new leg and counts it there; undefined when there is none. */
  choose(o: { standby: boolean; except?: string | undefined }): NodeLink | undefined {
    const chosen = this.#known.get(this.#place(o) ?? '');
    if (chosen) chosen.placed[o.standby ? 'standby' : 'active'] += 1;
    return chosen?.link;
  }

  /** Whether a leg could be had on a node other than this one. */
  hasOther(node: string): boolean {
    return this.#place({ standby: true, except: node }) !== undefined;
  }

  close(): void {
    this.#own.close();
    for (const { link } of this.#known.values()) link.close();
  }

  #place({ standby, except }: { standby: boolean; except?: string | undefined }) {
    const there = [...this.#known.values()].filter(
      ({ link, reported }) => reported && link.connected && link.id !== except,
    );
    return place(
      there.map(({ link, region, load, placed }) => ({
        id: link.id,
        region,
        draining: load.draining,
        cpu: load.cpu,
        // Legs that stand by cost next to nothing: they count only where others like them go.
        endpoints:
          load.endpoints -
          load.standbys +
          placed.active +
          (standby ? load.standbys + placed.standby : 0),
      })),
    );
  }

  #loaded(link: NodeLink, load: NodeLoad & { readonly draining: boolean }): void {
    const known = this.#known.get(link.id);
    if (!known) return;
    const before = known.load.draining;
    known.load = load;
    known.placed = { active: 0, standby: 0 };
    if (load.draining && !before) this.#o.events.draining(link);
  }

  #reported(link: NodeLink, report: NodeReport): void {
    const known = this.#known.get(link.id);
    if (!known) return;
    known.region = report.region;
    known.load = { ...report.load, draining: report.draining };
    known.reported = true;
    const touched = this.streams.removeNode(link.id);
    for (const { space, endpoints } of report.spaces) {
      touched.add(space);
      for (const { endpoint, published, standby } of endpoints) {
        for (const source of published) {
          this.streams.add(space, { endpoint, source }, { node: link.id, standby });
        }
      }
    }
    const nodes = [...this.#o.nodes].map(([node, controlUrl]) => ({ node, controlUrl }));
    void link.request('peers', { nodes });
    this.#o.events.ready(link, report);
    if (report.draining) this.#o.events.draining(link);
    for (const space of touched) this.#o.events.moved(space);
  }
}
