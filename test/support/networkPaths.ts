import type { SurfacePage } from './pagesSurface.ts';

/** How one of a page's connections reaches its media node. */
export interface MediaPath {
  /** RFC 8445 §5.1.1: `relay` is over TURN. */
  readonly type: string;
  readonly protocol: string;
  /** Of its own end, as others see it. */
  readonly address: string;
  /** Where it sends to. */
  readonly remote: string;
  readonly bytesReceived: number;
  readonly bytesSent: number;
}

declare global {
  interface Window {
    readonly paths: () => Promise<MediaPath[]>;
    /** Every connection that the page has made and not closed. */
    readonly connections: () => RTCPeerConnection[];
  }
}

/**
 * Keeps every connection of a page, so that its paths can be read. Runs in the page before the
 * product's own code: it may use nothing from outside its own braces.
 */
export function watchPaths(): void {
  const made: RTCPeerConnection[] = [];
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      made.push(this);
    }
  };
  const connections = () => made.filter((c) => c.connectionState !== 'closed');

  async function paths(): Promise<MediaPath[]> {
    const found: MediaPath[] = [];
    for (const connection of connections()) {
      const stats = await connection.getStats();
      for (const transport of stats.values()) {
        const pair = transport.type === 'transport' && stats.get(transport.selectedCandidatePairId);
        if (!pair) continue;
        const [local, remote] = [
          stats.get(pair.localCandidateId),
          stats.get(pair.remoteCandidateId),
        ];
        found.push({
          type: local.candidateType,
          protocol: local.protocol,
          address: local.address ?? '',
          remote: `${remote.address}:${remote.port}`,
          bytesReceived: pair.bytesReceived,
          bytesSent: pair.bytesSent,
        });
      }
    }
    return found;
  }

  Object.defineProperty(window, 'paths', { value: paths });
  Object.defineProperty(window, 'connections', { value: connections });
}

export const pathsOf = ({ page }: SurfacePage): Promise<MediaPath[]> =>
  page.evaluate(() => window.paths());
