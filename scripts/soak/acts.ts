import { requestOf } from '../../server/domain/floor.ts';
import type { BrowserCommand } from '../../server/protocol/commands.ts';
import type { Cast } from './cast.ts';

/** One thing that people do now and then. What cannot be done just now is left undone. */
export interface Act {
  readonly name: string;
  /** How often, against the others. */
  readonly weight: number;
  readonly do: (cast: Cast) => unknown;
}

const act = (name: string, weight: number, how: Act['do']): Act => ({ name, weight, do: how });

/** Calls with one of them, chosen by chance, if there are any. */
const withOne = <T>(cast: Cast, of: readonly T[], how: (one: T) => unknown): unknown => {
  const one = cast.chance.one(of);
  return one === undefined ? undefined : how(one);
};

const comings: readonly Act[] = [
  act('join', 10, (cast) => withOne(cast, cast.absent, (seat) => cast.join(seat))),
  act('leave', 3, (cast) => withOne(cast, cast.present, (page) => page.leave())),
  act('vanish', 2, (cast) => withOne(cast, cast.present, (page) => page.close())),
  // It comes back by itself, and at another server.
  act('drop', 5, (cast) => withOne(cast, cast.present, (page) => page.drop())),
  act('reload', 3, (cast) =>
    withOne(cast, cast.present, async (page) => {
      page.close();
      if (page.seat !== null) await cast.join(page.seat);
    }),
  ),
  act('open elsewhere', 1, (cast) =>
    withOne(cast, cast.present, ({ seat }) => seat !== null && cast.join(seat)),
  ),
  act('viewer comes', 2, (cast) =>
    withOne(cast, ['wall', 'secretary', 'technician'] as const, (role) =>
      cast.viewers.length < 4 ? cast.openViewer(role) : undefined,
    ),
  ),
  act('viewer goes', 2, (cast) => cast.closeViewer()),
];

/** The live requests in one of these statuses. */
const requests = ({ chair }: Cast, ...statuses: readonly string[]) =>
  chair.state.floor.requests.filter(({ status }) => statuses.includes(status));

const floor: readonly Act[] = [
  act('request', 8, (cast) =>
    withOne(cast, cast.present, (page) => {
      const { seat } = page;
      return seat === null ? undefined : page.command({ type: 'floor.request', beneficiary: seat });
    }),
  ),
  act('take hand down', 2, (cast) =>
    withOne(cast, cast.present, (page) => {
      const held = page.seat === null ? undefined : requestOf(cast.chair.state.floor, page.seat);
      return held && page.command({ type: 'floor.release', request: held.id });
    }),
  ),
  act('accept', 6, (cast) =>
    withOne(cast, requests(cast, 'pending'), ({ id }) =>
      cast.chair.command({ type: 'floor.accept', request: id }),
    ),
  ),
  act('grant', 6, (cast) =>
    withOne(cast, requests(cast, 'accepted', 'pending'), ({ id }) =>
      cast.chair.command({ type: 'floor.grant', target: { request: id }, replace: true }),
    ),
  ),
  act('call out of turn', 2, (cast) =>
    withOne(cast, cast.seats, (seat) =>
      cast.chair.command({ type: 'floor.grant', target: { seat }, replace: true }),
    ),
  ),
  act('revoke', 3, (cast) =>
    withOne(cast, requests(cast, 'granted'), ({ id }) =>
      cast.chair.command({ type: 'floor.revoke', request: id }),
    ),
  ),
  act('move', 2, (cast) =>
    withOne(cast, requests(cast, 'accepted'), ({ id }) =>
      cast.chair.command({ type: 'floor.move', request: id, position: 1 }),
    ),
  ),
  act('deny', 1, (cast) =>
    withOne(cast, requests(cast, 'pending', 'accepted'), ({ id }) =>
      cast.chair.command({ type: 'floor.deny', request: id }),
    ),
  ),
];

const chair: readonly Act[] = [
  act('mute or unmute', 4, (cast) =>
    withOne(cast, cast.seats, (seat) => {
      const { muted } = cast.chair.state.seats[seat] ?? {};
      return cast.chair.command({ type: muted ? 'seat.unmute' : 'seat.mute', seat });
    }),
  ),
  act('present', 3, (cast) => {
    const { presentation, floor } = cast.chair.state;
    if (presentation) {
      return cast.chair.command({ type: 'presentation.stop', seat: presentation.seat });
    }
    const speakers = cast.present.filter(({ seat }) =>
      floor.requests.some((r) => r.beneficiary === seat && r.status === 'granted'),
    );
    return withOne(cast, [cast.chair, ...speakers], (page) =>
      page.seat === null
        ? undefined
        : page.command({ type: 'presentation.start', seat: page.seat }),
    );
  }),
  act('recess or resume', 1.5, ({ chair: page }) => {
    const step = page.state.phase === 'recess' ? 'resume' : 'recess';
    return page.command({ type: 'phase.step', step } satisfies BrowserCommand);
  }),
  act('how many speak', 1, ({ chair: page, chance }) =>
    page.command({ type: 'floor.setRules', maxFloorUsers: 1 + Math.floor(chance.next() * 3) }),
  ),
  act('chair drops', 0.5, ({ chair: page }) => page.drop()),
];

export const acts: readonly Act[] = [...comings, ...floor, ...chair];
