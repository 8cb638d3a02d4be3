import type { Logger } from 'pino';
import type { StreamRef } from '../../sfu/protocol/media.ts';
import type { EndpointPlan } from '../../sfu/protocol/requests.ts';
import type { BriefingState } from '../domain/briefing.ts';
import type { BriefingId, SeatId } from '../domain/ids.ts';
import { type MediaSource, routing } from '../domain/routing.ts';
import type { Endpoint } from './endpoint.ts';
import type { NodeLink } from './nodeLink.ts';
import type { Participant } from './participant.ts';
import type { LegOf, Participants } from './participants.ts';
import { planContent, planFor, sourcesOf } from './plan.ts';
import type { Streams } from './streams.ts';

/** How long a refused plan waits before it is sent again, milliseconds. */
const retryMs = 200;
/** How long after a change the negotiations follow that nobody waits for, milliseconds. */
const prepareMs = 1_000;
/** They follow after this time, however much goes on changing, milliseconds. */
const longestPrepareMs = 3_000;

interface Batch {
  readonly plans: EndpointPlan[];
  readonly endpoints: Endpoint[];
}

interface ReconciliationOptions {
  readonly space: BriefingId;
  readonly state: () => BriefingState;
  readonly participants: Participants;
  readonly streams: Streams;
  /** A node does not have these legs any more. */
  readonly onLost: (legs: readonly LegOf[]) => void;
  readonly log: Logger;
}

/** Holds every leg of this server's participants to what the routing says. */
export class Reconciliation {
  readonly #o: ReconciliationOptions;
  #retry: NodeJS.Timeout | undefined;
  #prepare: NodeJS.Timeout | undefined;
  /** When the first change came that nothing has been prepared after; monotonic, milliseconds. */
  #changedAt: number | undefined;

  constructor(o: ReconciliationOptions) {
    this.#o = o;
  }

  /**
   * Sends all plans that differ from what their nodes last took, in one request to each node, and
   * tells pages what flows. What needs to be prepared for later follows after a while by itself.
   */
  run(prepare = false): void {
    const batches = new Map<NodeLink, Batch>();
    for (const participant of this.#o.participants.all()) {
      this.#plan(participant, prepare, batches);
    }
    for (const [link, batch] of batches) void this.#apply(link, batch);
    if (prepare) this.#changedAt = undefined;
    else if (batches.size > 0 || this.#changedAt === undefined) this.#prepareSoon();
  }

  /** A while after the last change, but not for ever after the first. */
  #prepareSoon(): void {
    const now = performance.now();
    this.#changedAt ??= now;
    clearTimeout(this.#prepare);
    const wait = Math.min(prepareMs, this.#changedAt + longestPrepareMs - now);
    this.#prepare = setTimeout(() => this.run(true), wait);
  }

  close(): void {
    clearTimeout(this.#retry);
    clearTimeout(this.#prepare);
  }

  #plan(participant: Participant, prepare: boolean, batches: Map<NodeLink, Batch>): void {
    const { space, streams } = this.#o;
    const state = this.#o.state();
    const wanted = routing(state, participant.viewer);
    const whereIs = (seat: SeatId, source: MediaSource) => streams.whereIs(space, seat, source);
    const exists = (stream: StreamRef) => streams.has(space, stream);
    const { activeLeg } = participant;
    if (activeLeg) participant.route(sourcesOf({ routing: wanted, whereIs }));
    for (const endpoint of participant.legs) {
      const { link, incarnation } = endpoint.home;
      if (!link.connected) continue;
      const whole = prepare || endpoint.adopted;
      const plan = planFor({
        routing: wanted,
        token: state.version,
        endpoint,
        here: link.id,
        activeNode: (activeLeg ?? endpoint).home.link.id,
        whereIs,
        exists,
        prepare: whole,
      });
      const content = planContent(plan);
      const taken = content === endpoint.planned;
      endpoint.plan(plan, { content, prepare: whole });
      if (taken) continue;
      const batch = batches.get(link) ?? { plans: [], endpoints: [] };
      batches.set(link, batch);
      batch.plans.push({ ...plan, incarnation });
      batch.endpoints.push(endpoint);
    }
  }

  async #apply(link: NodeLink, { plans, endpoints }: Batch): Promise<void> {
    const { space, log, participants, onLost } = this.#o;
    const answer = await link.request('apply', { space, plans });
    const lost = new Set<Endpoint>();
    if (!answer.ok) {
      log.warn({ node: link.id, fault: answer.fault, detail: answer.detail }, 'plans failed');
      // Nothing is known of what was taken: the next reconciliation sends these plans again.
      for (const endpoint of endpoints) {
        endpoint.planned = undefined;
        if (answer.fault === 'unknownSpace') lost.add(endpoint);
      }
      if (lost.size === 0) this.again();
    } else {
      for (const { endpoint: id, fault } of answer.refused) {
        const endpoint = endpoints.find((e) => e.id === id);
        if (!endpoint) continue;
        endpoint.planned = undefined;
        // Another server knew more; soon this one will too.
        if (fault === 'staleToken') this.again();
        else lost.add(endpoint);
      }
    }
    if (lost.size > 0) onLost(participants.on(link).filter((leg) => lost.has(leg.endpoint)));
  }

  /** Soon, but not at once: what is wrong may mend itself meanwhile. */
  again(): void {
    this.#retry ??= setTimeout(() => {
      this.#retry = undefined;
      this.run();
    }, retryMs);
  }
}
