import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import type { Config } from '../config/schema.ts';

export type Service = {
  name: string;
  args: readonly string[];
  env: Readonly<Record<string, string>>;
  /** Answers 200 once the process can do its work. */
  healthUrl: string;
};

type PlanOptions = {
  root: string;
  config: Config;
  /** Undefined where servers ask sentinels for it. */
  redisUrl: string | undefined;
  workerPath: string;
  /** A port for the control socket of each media node to start; none where they run elsewhere. */
  controlPorts: readonly number[];
};

/** What to run, as plain data: media nodes and servers with their arguments and environment. */
export function servicePlan(options: PlanOptions): { servers: Service[]; nodes: Service[] } {
  const { config, root } = options;
  const guarded = (main: string) => [
    '--import',
    join(root, 'scripts', 'startGuard.ts'),
    join(root, main),
  ];
  const secret = { DIEMCAU_SECRET_FILE: config.secretFile };
  const nodes = options.controlPorts.map((controlPort, index): Service => {
    const { listenIp, announcedAddress, bufferSize } = config.rtc;
    return {
      name: `sfu-${index + 1}`,
      args: guarded('sfu/main.ts'),
      env: {
        ...secret,
        SFU_NODE_ID: `sfu-${index + 1}`,
        SFU_CONTROL_PORT: String(controlPort),
        SFU_RTC_PORT: String(rtcPort(config, index)),
        SFU_RECV_BUFFER: String(bufferSize),
        LOG_LEVEL: config.logLevel,
        SFU_LISTEN_IP: listenIp,
        ...(announcedAddress !== undefined && { SFU_ANNOUNCED_ADDRESS: announcedAddress }),
        MEDIASOUP_WORKER_BIN: options.workerPath,
      },
      healthUrl: `http://127.0.0.1:${controlPort}/healthz`,
    };
  });
  const ours = options.controlPorts.map((port, i) => ({
    id: `sfu-${i + 1}`,
    url: `http://127.0.0.1:${port}`,
  }));
  const nodeList = [...config.nodes, ...ours].map(({ id, url }) => `${id}=${url}`);
  const servers = serverPorts(config).map(
    (port, index): Service => ({
      name: `server-${index + 1}`,
      args: guarded('server/main.ts'),
      env: {
        ...secret,
        PORT: String(port),
        ...(options.redisUrl !== undefined && { REDIS_URL: options.redisUrl }),
        DIEMCAU_DATA: config.dataDir,
        DIEMCAU_NODES: nodeList.join(','),
      },
      healthUrl: `http://${reachable(config.host)}:${port}/healthz`,
    }),
  );
  return { servers, nodes };
}

/** The port on which a media node, counted from 0, takes sites' media: UDP and TCP. */
export function rtcPort({ rtc }: Config, index: number): number {
  return rtc.basePort + index;
}

/** Further servers listen on the ports after the first one's. */
export function serverPorts(config: Config): number[] {
  return Array.from({ length: config.serverNodes }, (_, index) => config.port + index);
}

/** An address of this machine for a host that may be a wildcard. */
export function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

/** Makes the installation's secret at the first start: 32 random bytes as hex, readable by the owner only. */
export async function ensureSecret(config: Config): Promise<void> {
  await mkdir(dirname(config.secretFile), { recursive: true, mode: 0o700 });
  const options = { mode: 0o600, flag: 'wx' };
  await writeFile(config.secretFile, randomBytes(32).toString('hex'), options).catch((error) => {
    if (error.code !== 'EEXIST') throw error;
  });
}

/** Ports that nothing listens on just now, all different. */
export async function freePorts(count: number): Promise<number[]> {
  const listeners = await Promise.all(
    Array.from({ length: count }, () => listen({ port: 0, host: '127.0.0.1' })),
  );
  const ports = listeners.map((server) => (server.address() as { port: number }).port);
  await Promise.all(listeners.map((server) => closed(server)));
  return ports;
}

type NeededPort = {
  port: number;
  host: string;
  /** Media comes over both. */
  protocols: readonly ('tcp' | 'udp')[];
  /** The variable that chooses another. */
  setting: string;
};

/** @throws Error that names the port and how to choose another, if something listens on it. */
export async function needPort({ port, host, protocols, setting }: NeededPort): Promise<void> {
  for (const protocol of protocols) {
    try {
      if (protocol === 'tcp') await closed(await listen({ port, host }));
      else await bindOnce(port, host);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw new Error(
        `port ${port} (${protocol}) on ${host} cannot be used (${code}). Choose another with ${setting}=…`,
      );
    }
  }
}

function listen(where: { port: number; host: string }) {
  const server = createServer();
  return new Promise<typeof server>((resolve, reject) => {
    server.once('error', reject);
    server.listen(where, () => resolve(server));
  });
}

function closed(server: Awaited<ReturnType<typeof listen>>): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

function bindOnce(port: number, address: string): Promise<void> {
  const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.bind({ port, address, exclusive: true }, () => socket.close(resolve));
  });
}
