import type { BriefingState } from './briefing.ts';
import type { Command, CommandType } from './command.ts';
import { requestById } from './floor.ts';
import type { SeatId } from './ids.ts';
import type { RefusalCode } from './refusal.ts';

/** `system` is diemcau itself: timers, the lease sweeper, the planner. */
export type Role = 'chair' | 'secretary' | 'technician' | 'wall' | 'point' | 'system';

/** Who gives a command. Only the chair and points sit on a seat. */
export interface Actor {
  readonly role: Role;
  readonly seat: SeatId | null;
}

/** `own`: only about the actor's own seat or request. */
type Permit = 'any' | 'own';

const office = {
  'briefing.replan': 'any',
  'phase.step': 'any',
  'seat.mute': 'any',
  'seat.unmute': 'any',
  'floor.request': 'any',
  'floor.release': 'any',
  'floor.accept': 'any',
  'floor.move': 'any',
  'floor.deny': 'any',
  'floor.grant': 'any',
  'floor.revoke': 'any',
  'floor.setRules': 'any',
  'presentation.stop': 'any',
  'seat.muteOthers': 'any',
  'seat.unmuteAll': 'any',
  'floor.extend': 'any',
  'layout.set': 'any',
  'message.send': 'any',
  'message.withdraw': 'any',
  'agenda.enter': 'any',
  'agenda.change': 'any',
  'rollCall.declare': 'any',
  'lineCheck.start': 'any',
  'vote.open': 'any',
  'vote.close': 'any',
  'directive.write': 'any',
  'directive.give': 'any',
  'directive.settle': 'any',
  'notice.issue': 'any',
} as const satisfies Partial<Record<CommandType, Permit>>;

/** Who may give which command; what is not here is refused. */
export const permits: Record<Role, Partial<Record<CommandType, Permit>>> = {
  chair: { ...office, 'presentation.start': 'own' },
  secretary: office,
  // The control room's technicians speak to sites, and have no say in the briefing.
  technician: { 'message.send': 'any', 'message.withdraw': 'any', 'lineCheck.start': 'any' },
  wall: {},
  point: {
    'floor.request': 'own',
    'floor.release': 'own',
    'presentation.start': 'own',
    'presentation.stop': 'own',
    'message.acknowledge': 'own',
    'rollCall.declare': 'own',
    'vote.cast': 'own',
    'directive.receive': 'own',
  },
  system: {
    'briefing.plan': 'any',
    'briefing.replan': 'any',
    'briefing.open': 'any',
    'phase.step': 'any',
    'seat.join': 'any',
    'seat.leave': 'any',
    'seat.lose': 'any',
    'floor.expireGrace': 'any',
    'floor.expire': 'any',
    'floor.credit': 'any',
    'lineCheck.start': 'any',
    'lineCheck.record': 'any',
  },
};

/** Undefined when the actor may give the command; else why not. */
export function permit(
  state: BriefingState,
  actor: Actor,
  command: Command,
): RefusalCode | undefined {
  const permitted = permits[actor.role][command.type];
  if (permitted === undefined) return 'notPermitted';
  if (permitted === 'any') return undefined;
  const about = seatOf(state, command);
  return about === undefined || about === actor.seat ? undefined : 'foreignSeat';
}

/** The seat that a command is about; undefined when it names a request that is not there. */
function seatOf(state: BriefingState, command: Command): SeatId | undefined {
  if ('seat' in command) return command.seat;
  if ('beneficiary' in command) return command.beneficiary;
  if ('request' in command) return requestById(state.floor, command.request)?.beneficiary;
  return undefined;
}
