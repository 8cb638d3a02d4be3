import fc from 'fast-check';
import { type BriefingState, layouts } from '../../server/domain/briefing.ts';
import type { Command } from '../../server/domain/command.ts';
import type { Priority } from '../../server/domain/floor.ts';
import type { RequestId } from '../../server/domain/ids.ts';
import type { Actor } from '../../server/domain/permits.ts';
import { chair, point, seatId, secretary, system } from './plan.ts';
import { absent, agendaItem, directive, goodLine, present } from './planBusiness.ts';

export interface Given {
  readonly command: Command;
  readonly by: Actor;
}
/** A command may name what is in the briefing at that moment, or what is not there any more. */
export type MakeCommand = (state: BriefingState) => Given;

/** Any command to a running briefing, by anybody who might give it, sensible or not. */
export function anyBriefingCommand(points: number): fc.Arbitrary<MakeCommand> {
  const seat = fc.integer({ min: 0, max: points }).map(seatId);
  const office = fc.constantFrom(chair, secretary);
  const pick = fc.nat();
  const requestAt = (state: BriefingState, n: number): RequestId => {
    const { requests } = state.floor;
    // Now and then one that is over, or never was.
    return n % 8 === 0 ? `r${n % 40}` : (requests[n % Math.max(1, requests.length)]?.id ?? 'r1');
  };
  const socketOf = (state: BriefingState, id: string, n: number) =>
    n % 5 === 0 ? `${id}-other` : (state.seats[id]?.connection ?? `${id}-${n}`);
  return fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .tuple(
          seat,
          fc.option(fc.integer({ min: 0, max: 4 }), { nil: undefined }),
          fc.boolean(),
          office,
        )
        .map(
          ([beneficiary, priority, self, by]): MakeCommand =>
            () => ({
              command: {
                type: 'floor.request',
                beneficiary,
                priority: priority as Priority | undefined,
              },
              by: self ? point(beneficiary) : by,
            }),
        ),
    },
    {
      weight: 8,
      arbitrary: fc
        .tuple(fc.constantFrom('accept', 'deny', 'release', 'revoke'), pick, office, fc.boolean())
        .map(
          ([verb, n, by, self]): MakeCommand =>
            (state) => {
              const request = requestAt(state, n);
              const owner = state.floor.requests.find((r) => r.id === request)?.beneficiary;
              return {
                command: { type: `floor.${verb}` as 'floor.accept', request },
                by: self && owner !== undefined && verb === 'release' ? point(owner) : by,
              };
            },
        ),
    },
    {
      weight: 2,
      arbitrary: fc.tuple(pick, fc.integer({ min: 1, max: points + 2 }), office, fc.boolean()).map(
        ([n, position, by, accept]): MakeCommand =>
          (state) => ({
            command: {
              type: accept ? 'floor.accept' : 'floor.move',
              request: requestAt(state, n),
              position,
            },
            by,
          }),
      ),
    },
    {
      weight: 6,
      arbitrary: fc.tuple(pick, seat, fc.boolean(), fc.boolean(), office).map(
        ([n, id, byName, replace, by]): MakeCommand =>
          (state) => ({
            command: {
              type: 'floor.grant',
              target: byName ? { seat: id } : { request: requestAt(state, n) },
              replace,
            },
            by,
          }),
      ),
    },
    {
      weight: 6,
      arbitrary: fc.tuple(fc.constantFrom('join', 'lose', 'leave'), seat, pick).map(
        ([what, id, n]): MakeCommand =>
          (state) => ({
            command: {
              type: `seat.${what}` as 'seat.join',
              seat: id,
              connection: what === 'join' ? `${id}-${n % 3}` : socketOf(state, id, n),
            },
            by: system,
          }),
      ),
    },
    fc.tuple(seat, fc.boolean(), office).map(
      ([id, on, by]): MakeCommand =>
        () => ({
          command: { type: on ? 'seat.mute' : 'seat.unmute', seat: id },
          by,
        }),
    ),
    fc.tuple(seat, pick).map(
      ([id, n]): MakeCommand =>
        (state) => ({
          command: {
            type: 'floor.expireGrace',
            seat: id,
            lostAtVersion: n % 4 === 0 ? n : (state.seats[id]?.lostAtVersion ?? n),
          },
          by: system,
        }),
    ),
    fc
      .tuple(
        fc.constantFrom('moderated' as const, 'firstComeFirstServed' as const, undefined),
        fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
        office,
      )
      .map(
        ([mode, maxFloorUsers, by]): MakeCommand =>
          () => ({
            command: { type: 'floor.setRules', mode, maxFloorUsers },
            by,
          }),
      ),
    fc
      .tuple(
        fc.constantFrom('recess', 'resume', 'begin').map((s) => s as 'begin'),
        office,
      )
      .map(
        ([step, by]): MakeCommand =>
          () => ({ command: { type: 'phase.step', step }, by }),
      ),
    fc.tuple(seat, fc.boolean()).map(
      ([id, start]): MakeCommand =>
        () => ({
          command: { type: start ? 'presentation.start' : 'presentation.stop', seat: id },
          by: id === seatId(0) ? chair : point(id),
        }),
    ),
    fc.tuple(pick, fc.integer({ min: 1, max: 60_000 }), fc.boolean(), office).map(
      ([n, byMs, credit, by]): MakeCommand =>
        (state) => ({
          command: {
            type: credit ? 'floor.credit' : 'floor.extend',
            request: state.floor.holders[n % 2] ?? requestAt(state, n),
            byMs,
          },
          by: credit ? system : by,
        }),
    ),
    fc.tuple(fc.constantFrom(...layouts), fc.boolean(), office).map(
      ([layout, mute, by]): MakeCommand =>
        () => ({
          command: mute ? { type: 'seat.muteOthers' } : { type: 'layout.set', layout },
          by,
        }),
    ),
    fc.tuple(seat, pick, fc.boolean()).map(
      ([id, n, send]): MakeCommand =>
        (state) => ({
          command: send
            ? { type: 'message.send', to: n % 2 === 0 ? 'all' : [id], text: `${n}` }
            : {
                type: 'message.acknowledge',
                message: state.messages[n % 3]?.id ?? 'm1',
                seat: id,
              },
          by: send ? secretary : point(id),
        }),
    ),
    businessCommand(points),
  );
}

/** Agenda, roll call, line check, votes, directives: sensible or not. */
function businessCommand(points: number): fc.Arbitrary<MakeCommand> {
  const seat = fc.integer({ min: 1, max: points }).map(seatId);
  const office = fc.constantFrom(chair, secretary);
  return fc.oneof(
    fc.tuple(fc.boolean(), seat, office).map(
      ([enter, id, by]): MakeCommand =>
        (state) => ({
          command: enter
            ? { type: 'agenda.enter', item: state.agenda[state.version % 2]?.id ?? 'none' }
            : {
                type: 'agenda.change',
                agenda: [
                  agendaItem('a', { replies: true }),
                  agendaItem('b', { once: true, speakers: [id] }),
                ],
              },
          by,
        }),
    ),
    fc.tuple(seat, fc.boolean(), fc.boolean()).map(
      ([id, here, self]): MakeCommand =>
        () => ({
          command: {
            type: 'rollCall.declare',
            seat: id,
            declaration: here ? present : absent('x'),
          },
          by: self ? point(id) : secretary,
        }),
    ),
    fc.tuple(seat, fc.boolean(), fc.boolean()).map(
      ([id, start, heard]): MakeCommand =>
        (state) => ({
          command: start
            ? { type: 'lineCheck.start', seats: [id] }
            : {
                type: 'lineCheck.record',
                run: state.lineCheckRun?.run ?? 'l1',
                seat: id,
                result: heard ? goodLine : null,
              },
          by: start ? secretary : system,
        }),
    ),
    {
      weight: 2,
      arbitrary: fc.tuple(seat, fc.nat(9), fc.boolean()).map(
        ([id, n, secret]): MakeCommand =>
          (state) => {
            const vote = state.votes.at(-1);
            if (!vote || vote.closedAt !== null) {
              return {
                command: { type: 'vote.open', question: 'x', options: ['a', 'b'], secret },
                by: chair,
              };
            }
            return n === 0
              ? { command: { type: 'vote.close', vote: vote.id }, by: chair }
              : {
                  command: { type: 'vote.cast', vote: vote.id, seat: id, option: n % 3 },
                  by: point(id),
                };
          },
      ),
    },
    {
      weight: 2,
      arbitrary: fc.tuple(seat, fc.nat(5)).map(
        ([id, n]): MakeCommand =>
          (state) => {
            const number = (n % Math.max(1, state.directives.length)) + (n === 5 ? 1 : 0);
            switch (n) {
              case 0:
              case 1:
                return {
                  command: {
                    type: 'directive.write',
                    directive: directive(state.directives.length + 1, { leadPoint: id }),
                  },
                  by: secretary,
                };
              case 2:
                return { command: { type: 'directive.give', numbers: [number + 1] }, by: chair };
              case 3:
                return {
                  command: { type: 'directive.settle', number: number + 1, as: 'withdrawn' },
                  by: secretary,
                };
              default:
                return {
                  command: { type: 'directive.receive', number: number + 1, seat: id },
                  by: point(id),
                };
            }
          },
      ),
    },
  );
}
