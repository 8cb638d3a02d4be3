import type { Logger } from 'pino';
import type { BriefingState } from '../domain/briefing.ts';
import { programme } from '../domain/routing.ts';
import type { Endpoint } from './endpoint.ts';
import type { Nodes } from './nodes.ts';
import type { Participant } from './participant.ts';
import type { LegOf, Participants } from './participants.ts';

/** From one invitation to a standby leg to the next, over the whole briefing, milliseconds. */
const inviteEveryMs = 100;
/** A leg that has just become active has better things to do than to make room for another, ms. */
const inviteAfterMs = 1_500;
/** A page that did not come when it was invited is asked again after this time, milliseconds. */
const inviteAgainMs = 5_000;
/** How long a leg goes on after media has moved away from it, so that nobody sees a gap; ms. */
const leaveAfterMs = 1_800;
/** How often it is looked whether a leg that is to leave its node can be moved, milliseconds. */
const drainEveryMs = 200;
/** From one page that must start anew to the next, once the programme is safe; milliseconds. */
const resetEveryMs = 20;

interface MovesOptions {
  readonly nodes: Nodes;
  readonly log: Logger;
  readonly state: () => BriefingState;
  readonly participants: Participants;
  readonly reconcile: () => void;
  readonly close: (participant: Participant, endpoint: Endpoint) => void;
  /** How many sources of the endpoint are published. */
  readonly published: (endpoint: Endpoint) => number;
  /** Its streams are about to stand by, or not to any more. */
  readonly expect: (endpoint: Endpoint, standby: boolean) => void;
}

/**
 * How legs change places: lost with their node, moved before it goes, and invited so that there is
 * always one that stands by. Programme first, the others paced.
 */
export class Moves {
  readonly #o: MovesOptions;
  #inviting: NodeJS.Timeout | undefined;
  #draining: NodeJS.Timeout | undefined;
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(o: MovesOptions) {
    this.#o = o;
  }

  /** The standby leg is the active one from the next reconciliation on. */
  promote(participant: Participant, standby: Endpoint): void {
    const former = participant.activeLeg;
    participant.toMove = false;
    standby.standby = false;
    standby.activeSince = performance.now();
    participant.active = standby.leg;
    if (former) {
      former.standby = true;
      this.#o.expect(former, true);
    }
    this.#o.expect(standby, false);
    const { viewer } = participant;
    const { log } = this.#o;
    log.info({ seat: viewer.seat, role: viewer.role, node: standby.home.link.id }, 'leg promoted');
  }

  /** These legs are no more. Whoever has another goes on over it; the others start anew. */
  lost(legs: readonly LegOf[], reason: 'nodeLost' | 'workerDied'): void {
    if (legs.length === 0) return;
    for (const { participant, endpoint } of legs) participant.drop(endpoint);
    for (const { participant, endpoint } of legs) {
      const standby = participant.standbyLeg;
      if (endpoint.leg !== participant.active || !standby?.home.link.connected) continue;
      this.promote(participant, standby);
    }
    this.#o.reconcile();
    const first = this.#onProgramme();
    let wait = 0;
    for (const { participant, endpoint } of legs) {
      const { leg } = endpoint;
      const tell = () => {
        // It may have made itself another meanwhile.
        if (!participant.leg(leg)) participant.tell('media.reset', { leg, reason });
      };
      const goesOn = participant.activeLeg !== undefined;
      if (goesOn || first.has(participant.id)) tell();
      else {
        wait += resetEveryMs;
        this.#later(wait, tell);
      }
    }
    this.inviteSoon();
  }

  /**
   * Moves what can be moved off nodes that want to go, and what a technician wants elsewhere; looks
   * again while there is more.
   */
  drain(): void {
    if (this.#draining) return;
    const waits = this.#moveAll();
    if (!waits) return;
    this.#draining = setTimeout(() => {
      this.#draining = undefined;
      this.drain();
    }, drainEveryMs);
  }

  /** Ends a leg and tells its page, unless that has been done; another is invited to stand by. */
  leave(participant: Participant, endpoint: Endpoint): void {
    if (participant.leg(endpoint.leg) !== endpoint) return;
    this.#o.close(participant, endpoint);
    participant.tell('media.reset', { leg: endpoint.leg, reason: 'moved' });
    this.inviteSoon();
  }

  inviteSoon(): void {
    this.#inviting ??= setTimeout(() => {
      this.#inviting = undefined;
      if (this.#inviteOne()) this.inviteSoon();
    }, inviteEveryMs);
  }

  close(): void {
    clearTimeout(this.#inviting);
    clearTimeout(this.#draining);
    for (const timer of this.#timers) clearTimeout(timer);
  }

  /** True when something is left that may be movable later. */
  #moveAll(): boolean {
    const { nodes, participants, published, reconcile } = this.#o;
    let moved = false;
    let waits = false;
    for (const participant of participants.all()) {
      const { activeLeg, standbyLeg } = participant;
      if (standbyLeg && nodes.draining(standbyLeg.home.link)) {
        this.leave(participant, standbyLeg);
      }
      if (!activeLeg || !(participant.toMove || nodes.draining(activeLeg.home.link))) continue;
      waits = true;
      if (!participant.mayStandBy && nodes.hasOther(activeLeg.home.link.id)) {
        this.leave(participant, activeLeg);
        continue;
      }
      const next = participant.standbyLeg;
      const warm = next?.settled && published(next) >= published(activeLeg);
      if (!next || !warm) {
        if (!next) this.inviteSoon();
        continue;
      }
      moved = true;
      activeLeg.leaving = true;
      this.promote(participant, next);
      this.#later(leaveAfterMs, () => this.leave(participant, activeLeg));
    }
    if (moved) reconcile();
    return waits;
  }

  /** True when there is, or will be, another page to invite. */
  #inviteOne(): boolean {
    const { nodes, participants } = this.#o;
    const now = performance.now();
    const first = this.#onProgramme();
    const open = [...participants.all()].filter(
      (p) =>
        p.attached &&
        p.mayStandBy &&
        p.activeLeg !== undefined &&
        [...p.legs].length === 1 &&
        nodes.hasOther(p.activeLeg.home.link.id),
    );
    const due = open.filter(
      (p) =>
        now - (p.activeLeg?.activeSince ?? now) >= inviteAfterMs &&
        now - p.invitedAt >= inviteAgainMs,
    );
    const next = due.find((p) => first.has(p.id)) ?? due[0];
    if (next) {
      next.invitedAt = now;
      next.tell('media.standby');
    }
    return open.length > 0;
  }

  #onProgramme(): ReadonlySet<string> {
    const { chair, speakers, presenter, cue } = programme(this.#o.state());
    return new Set([chair, ...speakers, presenter, cue].filter((seat) => seat !== null));
  }

  #later(ms: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, ms);
    this.#timers.add(timer);
  }
}
