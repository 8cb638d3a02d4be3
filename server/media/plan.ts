import type { StreamRef } from '../../sfu/protocol/media.ts';
import type { EndpointPlan } from '../../sfu/protocol/requests.ts';
import type { BriefingState } from '../domain/briefing.ts';
import { routing, type Viewer } from '../domain/routing.ts';

/** Translates a viewer's routing into the order that its media node understands. */
export function planFor(o: {
  readonly state: BriefingState;
  readonly viewer: Viewer;
  readonly endpoint: string;
  readonly homeOf: (stream: StreamRef) => string | undefined;
}): EndpointPlan {
  const { open, receive } = routing(o.state, o.viewer);
  return {
    endpoint: o.endpoint,
    token: o.state.version,
    open: [...open],
    receive: receive.map(({ seat, source, layer }) => {
      const stream = { endpoint: seat, source };
      const at = o.homeOf(stream);
      return at === undefined ? { stream, layer } : { stream, at, layer };
    }),
  };
}

/** What a plan says, without the version that it rests on: equal plans need not be sent again. */
export const planContent = ({ open, receive }: EndpointPlan): string =>
  JSON.stringify({ open, receive });
