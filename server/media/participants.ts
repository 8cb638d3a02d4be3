import { ofLegEndpoint } from '../protocol/legs.ts';
import type { Endpoint } from './endpoint.ts';
import type { NodeLink } from './nodeLink.ts';
import type { Participant } from './participant.ts';

/** One leg and whose it is. */
export interface LegOf {
  readonly participant: Participant;
  readonly endpoint: Endpoint;
}

/** An endpoint as media nodes name it. */
export interface EndpointRef {
  readonly endpoint: string;
  readonly incarnation: string;
}

/** The participants of one briefing at this server, and whose leg is whose. */
export class Participants {
  readonly #byId = new Map<string, Participant>();

  all(): Iterable<Participant> {
    return this.#byId.values();
  }

  get(id: string): Participant | undefined {
    return this.#byId.get(id);
  }

  add(participant: Participant): void {
    this.#byId.set(participant.id, participant);
  }

  /** False when another page load has taken its place, or it was never here. */
  has(participant: Participant): boolean {
    return this.#byId.get(participant.id) === participant;
  }

  delete(participant: Participant): void {
    if (this.has(participant)) this.#byId.delete(participant.id);
  }

  find(endpoint: string): LegOf | undefined {
    const named = ofLegEndpoint(endpoint);
    const participant = named && this.#byId.get(named.id);
    const found = named && participant?.leg(named.leg);
    return participant && found ? { participant, endpoint: found } : undefined;
  }

  /** The leg in just this life, on just this node. */
  at(link: NodeLink, { endpoint, incarnation }: EndpointRef): LegOf | undefined {
    const found = this.find(endpoint);
    const home = found?.endpoint.home;
    return home?.link === link && home.incarnation === incarnation ? found : undefined;
  }

  on(link: NodeLink): LegOf[] {
    return [...this.#byId.values()].flatMap((participant) =>
      [...participant.legs]
        .filter((endpoint) => endpoint.home.link === link)
        .map((endpoint) => ({ participant, endpoint })),
    );
  }
}
