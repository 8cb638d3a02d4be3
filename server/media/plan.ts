import { type StreamRef, streamKey } from '../../sfu/protocol/media.ts';
import type { EndpointPlan } from '../../sfu/protocol/requests.ts';
import type { SeatId } from '../domain/ids.ts';
import type { MediaSource, Routing, Wanted } from '../domain/routing.ts';
import { type Leg, legEndpoint, ofLegEndpoint } from '../protocol/legs.ts';
import type { Receive } from './endpoint.ts';

/** One leg of a sender, as far as it is published somewhere. */
export interface SenderLeg {
  readonly leg: Leg;
  readonly node: string;
}

/** Where a seat's stream can be had: on its active leg, and on the one that stands by. */
export interface Whereabouts {
  readonly active: SenderLeg;
  readonly standby: SenderLeg | undefined;
}

export interface PlanOptions {
  readonly routing: Routing;
  readonly token: number;
  readonly endpoint: {
    readonly id: string;
    readonly standby: boolean;
    readonly leaving: boolean;
    readonly receiving: ReadonlyMap<string, Receive>;
  };
  /** The node of this leg. */
  readonly here: string;
  /** The node of the viewer's active leg; the same as `here` on that leg itself. */
  readonly activeNode: string;
  readonly whereIs: (seat: SeatId, source: MediaSource) => Whereabouts | undefined;
  /** Whether a stream is still published where a former plan found it. */
  readonly exists: (stream: StreamRef) => boolean;
  /**
   * False at a change: it does only what people wait for. Whatever is only to be made ready, and
   * all that is to be taken away, follows in a later plan, because each is a negotiation in the
   * page which the change would have to wait for. Nothing is taken away meanwhile, only paused.
   */
  readonly prepare: boolean;
}

/**
 * Translates a viewer's routing into the order for one of its legs.
 *
 * The active leg receives each sender's active leg; and, held, the sender's standby leg wherever
 * the sender can be lost without this leg. The standby leg holds what it will need when the node
 * of the active leg dies. So the loss of any one node needs no new consumer anywhere.
 */
export function planFor(o: PlanOptions): EndpointPlan {
  const { endpoint, token, routing } = o;
  const open = endpoint.standby && !endpoint.leaving ? [] : [...routing.open];
  const receive = endpoint.leaving ? [...endpoint.receiving.values()] : receives(o);
  return {
    endpoint: endpoint.id,
    token,
    standby: endpoint.standby || endpoint.leaving,
    open,
    receive: receive.filter(({ stream }) => o.exists(stream)),
  };
}

function receives(o: PlanOptions): Receive[] {
  const due = new Map<string, Receive>();
  const want = ({ seat, source, layer }: Wanted, from: SenderLeg | undefined, hold: boolean) => {
    if (!from) return;
    const stream = { endpoint: legEndpoint(seat, from.leg), source };
    due.set(streamKey(stream), { stream, at: from.node, layer, hold });
  };
  const self = ofLegEndpoint(o.endpoint.id)?.id;
  for (const wanted of o.routing.receive) {
    // What comes back to its own sender is a measurement of this leg, and dies with it.
    if (wanted.seat === self && o.endpoint.standby) continue;
    const where = o.whereIs(wanted.seat, wanted.source);
    if (!where) continue;
    const { active, standby } = where;
    if (!o.endpoint.standby) {
      want(wanted, active, wanted.hold);
      if (active.node !== o.here && !wanted.hold) want(wanted, standby, true);
    } else if (!wanted.hold) {
      want(wanted, active.node === o.activeNode ? standby : active, true);
    }
  }
  if (!o.prepare) unhurried(o, due);
  return [...due.values()];
}

/** Leaves out what nobody waits for yet, and keeps what need not go yet. */
function unhurried({ endpoint, routing }: PlanOptions, due: Map<string, Receive>): void {
  for (const [key, { hold }] of due) if (hold && !endpoint.receiving.has(key)) due.delete(key);
  const stillWanted = new Set(
    routing.receive.filter((w) => !w.hold).map(({ seat, source }) => `${seat}/${source}`),
  );
  for (const [key, before] of endpoint.receiving) {
    const now = due.get(key);
    const { endpoint: of, source } = before.stream;
    // The same stream now comes by another leg: the former flows on until that one has arrived.
    const moved = !before.hold && stillWanted.has(`${ofLegEndpoint(of)?.id}/${source}`);
    if (!now || (now.hold && moved)) due.set(key, { ...before, hold: !moved });
  }
}

/** Whether the sender's streams are wanted, by the leg that they flow on: what a page is told. */
export function sourcesOf(o: Pick<PlanOptions, 'routing' | 'whereIs'>): Record<SeatId, Leg> {
  const sources: Record<SeatId, Leg> = {};
  for (const { seat, source } of o.routing.receive) {
    const where = o.whereIs(seat, source);
    if (where) sources[seat] = where.active.leg;
  }
  return sources;
}

/** What a plan says, without the version that it rests on: equal plans need not be sent again. */
export const planContent = ({ standby, open, receive }: EndpointPlan): string =>
  JSON.stringify({ standby, open, receive });
