import type { ServerLink } from '../media/owner.ts';
import type { MediaNode } from '../node.ts';
import type { Answers, Request, RequestName } from '../protocol/requests.ts';
import type { Drain } from './drain.ts';
import type { PeerLinks } from './peerLink.ts';

type ServerHandlers = {
  [N in RequestName]: (request: Request<N>) => Answers[N] | Promise<Answers[N]>;
};

/** What each request of a server makes the node do. */
export function serverHandlers(
  { node: { orders }, peers, drain }: { node: MediaNode; peers: PeerLinks; drain: Drain },
  link: ServerLink,
): ServerHandlers {
  return {
    openEndpoint: (request) => orders.openEndpoint(link, request),
    connect: (request) => orders.connect(request),
    restartIce: (request) => orders.restartIce(request),
    publish: (request) => orders.publish(request),
    unpublish: (request) => orders.unpublish(request),
    ready: (request) => orders.ready(request),
    apply: (request) => orders.apply(link, request),
    closeEndpoint: (request) => orders.closeEndpoint(request),
    peers: ({ nodes }) => {
      peers.know(nodes);
      return { ok: true };
    },
    drain: () => {
      drain.begin('asked by a server');
      return { ok: true };
    },
  };
}
