import { readdir, readFile } from 'node:fs/promises';
import type { types } from 'mediasoup';

/** Anything of mediasoup's that can be watched until it closes. */
interface Closes {
  readonly observer: { once(event: 'close', closed: () => void): unknown };
}

const kinds = ['routers', 'transports', 'pipes', 'producers', 'consumers', 'rtpObservers'] as const;
type Kind = (typeof kinds)[number];

/**
 * Counts what this process has made of mediasoup's and not closed, and what the workers themselves
 * hold: the one is this project's forgetting, the other would be the worker's.
 */
export async function keepMedia(): Promise<() => Promise<Record<string, number>>> {
  const { observer } = await import('mediasoup');
  const live: Record<Kind, number> = {
    routers: 0,
    transports: 0,
    pipes: 0,
    producers: 0,
    consumers: 0,
    rtpObservers: 0,
  };
  const workers = new Set<types.Worker>();
  const webRtcServers = new Set<types.WebRtcServer>();
  const keep = (kind: Kind, thing: Closes) => {
    live[kind] += 1;
    thing.observer.once('close', () => {
      live[kind] -= 1;
    });
  };
  const keepTransport = (transport: types.Transport) => {
    keep(transport.type === 'pipe' ? 'pipes' : 'transports', transport);
    transport.observer.on('newproducer', (producer) => keep('producers', producer));
    transport.observer.on('newconsumer', (consumer) => keep('consumers', consumer));
  };
  observer.on('newworker', (worker) => {
    workers.add(worker);
    worker.observer.once('close', () => workers.delete(worker));
    worker.observer.on('newwebrtcserver', (server) => {
      webRtcServers.add(server);
      server.observer.once('close', () => webRtcServers.delete(server));
    });
    worker.observer.on('newrouter', (router) => {
      keep('routers', router);
      router.observer.on('newtransport', keepTransport);
      router.observer.on('newrtpobserver', (rtpObserver) => keep('rtpObservers', rtpObserver));
    });
  });
  return async () => ({
    ...live,
    workers: workers.size,
    ...(await inWorkers([...workers])),
    ...(await inServers([...webRtcServers])),
  });
}

async function inWorkers(workers: readonly types.Worker[]) {
  let workerHandlers = 0;
  let workerRssBytes = 0;
  let workerFiles = 0;
  for (const worker of workers) {
    const { channelMessageHandlers } = await worker.dump();
    const { channelRequestHandlers, channelNotificationHandlers } = channelMessageHandlers;
    workerHandlers += channelRequestHandlers.length + channelNotificationHandlers.length;
    const status = await readFile(`/proc/${worker.pid}/status`, 'utf8');
    workerRssBytes += Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) * 1024;
    workerFiles += (await readdir(`/proc/${worker.pid}/fd`)).length;
  }
  return { workerHandlers, workerRssBytes, workerFiles };
}

async function inServers(servers: readonly types.WebRtcServer[]) {
  let serverTransports = 0;
  let iceNames = 0;
  for (const server of servers) {
    const { webRtcTransportIds, localIceUsernameFragments } = await server.dump();
    serverTransports += webRtcTransportIds.length;
    iceNames += localIceUsernameFragments.length;
  }
  return { serverTransports, iceNames };
}
