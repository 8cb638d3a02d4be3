import type { Logger } from 'pino';
import type { Namespace } from 'socket.io';
import { fault } from '../media/faults.ts';
import type { Puller } from '../media/pipeOut.ts';
import type { MediaNode } from '../node.ts';
import { type PeerPushMap, type PeerRequestMap, peerRequests, pipeEnd } from '../protocol/peer.ts';
import { answerRequests } from './answering.ts';

/** How long a puller may take to make its end of a pipe; ms. */
const offerDeadline = 5000;

/** How long a wave waits for a far node to have started its part; ms. */
const waveDeadline = 150;

export type PeerNamespace = Namespace<PeerRequestMap, PeerPushMap>;

/** Serves the nodes that pull streams from this one. */
export function servePeers(peers: PeerNamespace, node: MediaNode, log: Logger): void {
  peers.on('connection', (socket) => {
    const puller: Puller = {
      async offer(offer) {
        try {
          const answer = await socket.timeout(offerDeadline).emitWithAck('offered', offer);
          const end = pipeEnd.safeParse('end' in answer ? answer.end : undefined);
          return end.success ? end.data : undefined;
        } catch {
          // Too late or gone: its link will tell.
          return undefined;
        }
      },
      gone: (pipe) => void socket.emit('gone', { pipe }),
      async wave(pipe, tickets) {
        try {
          await socket.timeout(waveDeadline).emitWithAck('wave', { pipe, tickets: [...tickets] });
        } catch {
          // Those who start later than the key frame ask for another.
        }
      },
    };
    answerRequests({
      socket,
      schemas: peerRequests,
      log,
      handlers: {
        pull: (request) => {
          node.remote.pull(puller, request);
          return { ok: true };
        },
        drop: (request) => {
          node.remote.drop(puller, request);
          return { ok: true };
        },
        tickets: (request) =>
          node.remote.tickets(puller, request) ? { ok: true } : fault('unknownStream'),
      },
    });
    socket.on('disconnect', () => node.remote.pullerGone(puller));
  });
}
