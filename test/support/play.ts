import type { BriefingState } from '../../server/domain/briefing.ts';
import type { Command } from '../../server/domain/command.ts';
import { decide } from '../../server/domain/decide.ts';
import type { Recorded } from '../../server/domain/event.ts';
import { nothing } from '../../server/domain/evolve.ts';
import type { FloorRules, RequestStatus } from '../../server/domain/floor.ts';
import { requestOf } from '../../server/domain/floor.ts';
import type { RequestId, SeatId } from '../../server/domain/ids.ts';
import type { Actor } from '../../server/domain/permits.ts';
import type { RefusalCode } from '../../server/domain/refusal.ts';
import { chair, point, seatId, system, testPlan } from './plan.ts';

/** A briefing played by the rules alone, with a clock that goes on a second at each command. */
export class Play {
  state: BriefingState = nothing;
  readonly events: Recorded[] = [];
  #now = 1_000_000;

  /** In gathering, with the chair and so many points connected (the last point is not here). */
  static gathering(points: number, floor: Partial<FloorRules> = {}): Play {
    const play = new Play();
    play.done({ type: 'briefing.plan', plan: testPlan(points, floor) }, system);
    play.done({ type: 'phase.step', step: 'open' }, chair);
    for (let i = 0; i < points; i++) play.join(seatId(i));
    return play;
  }

  try(command: Command, by: Actor = chair): RefusalCode | readonly Recorded[] {
    this.#now += 1_000;
    const given = { now: this.#now, by, command: `c${this.#now}` };
    const decision = decide(this.state, command, given);
    if (!decision.ok) return decision.refusal;
    this.state = decision.state;
    this.events.push(...decision.events);
    return decision.events;
  }

  /** @throws Error when the command is refused. */
  done(command: Command, by: Actor = chair): readonly Recorded[] {
    const outcome = this.try(command, by);
    if (typeof outcome === 'string') throw new Error(`${command.type}: ${outcome}`);
    return outcome;
  }

  join(seat: SeatId, connection = `${seat}-socket`): void {
    this.done({ type: 'seat.join', seat, connection }, system);
  }

  lose(seat: SeatId): void {
    const connection = this.state.seats[seat]?.connection ?? '';
    this.done({ type: 'seat.lose', seat, connection }, system);
  }

  /** Brings a seat's request to this status, and gives its id. */
  request(
    seat: SeatId,
    status: Extract<RequestStatus, 'pending' | 'accepted' | 'granted'>,
  ): RequestId {
    this.done({ type: 'floor.request', beneficiary: seat }, point(seat));
    const request = this.requestIdOf(seat);
    if (status === 'accepted') this.done({ type: 'floor.accept', request });
    if (status === 'granted')
      this.done({ type: 'floor.grant', target: { request }, replace: false });
    return request;
  }

  requestIdOf(seat: SeatId): RequestId {
    return requestOf(this.state.floor, seat)?.id ?? 'none';
  }

  /** The seats in the queue, in order. */
  get queue(): SeatId[] {
    return this.#seats(this.state.floor.queue);
  }

  get holders(): SeatId[] {
    return this.#seats(this.state.floor.holders);
  }

  #seats(ids: readonly RequestId[]): SeatId[] {
    return ids.map((id) => this.state.floor.requests.find((r) => r.id === id)?.beneficiary ?? '?');
  }
}
