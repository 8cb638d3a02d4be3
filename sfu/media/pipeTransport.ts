import type { types } from 'mediasoup';
import type { PipeEnd } from '../protocol/peer.ts';

/** Where this node's ends of pipes listen; the port is any free one, or from the range given. */
export interface PipeListen {
  readonly ip: string;
  readonly announcedAddress?: string | undefined;
  readonly portRange?: { readonly min: number; readonly max: number } | undefined;
  /** Bytes of each socket's receive buffer. */
  readonly recvBufferSize: number;
}

/** An encrypted end of a pipe that retransmits: two nodes may be far from each other. */
export function pipeTransport(
  router: types.Router,
  listen: PipeListen,
): Promise<types.PipeTransport> {
  return router.createPipeTransport({
    listenInfo: {
      protocol: 'udp',
      ip: listen.ip,
      recvBufferSize: listen.recvBufferSize,
      ...(listen.announcedAddress !== undefined && { announcedAddress: listen.announcedAddress }),
      ...(listen.portRange && { portRange: { ...listen.portRange } }),
    },
    enableRtx: true,
    enableSrtp: true,
  });
}

export function endOf(transport: types.PipeTransport): PipeEnd {
  const { tuple, srtpParameters } = transport;
  if (srtpParameters?.cryptoSuite !== 'AEAD_AES_256_GCM') throw new Error('pipe without SRTP');
  return {
    address: tuple.localAddress,
    port: tuple.localPort,
    srtp: { cryptoSuite: srtpParameters.cryptoSuite, keyBase64: srtpParameters.keyBase64 },
  };
}
