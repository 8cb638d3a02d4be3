import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

interface PortWishes {
  readonly count: number;
  readonly from: number;
  readonly kind: 'tcp' | 'udp';
}

/**
 * Ports next to one another that nothing listens on now, below those that the system gives out by
 * itself; another process may still be faster.
 */
export async function portsInARow({ count, from, kind }: PortWishes): Promise<number[]> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const first = from + Math.floor(Math.random() * 9_000);
    const ports = Array.from({ length: count }, (_, i) => first + i);
    const free = await Promise.all(ports.map(kind === 'tcp' ? freeTcp : freeUdp));
    if (free.every(Boolean)) return ports;
  }
  throw new Error(`no ${count} free ports in a row from ${from}`);
}

function freeTcp(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1' }, () => server.close(() => resolve(true)));
  });
}

function freeUdp(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.once('error', () => resolve(false));
    socket.bind({ port, address: '127.0.0.1' }, () => socket.close(() => resolve(true)));
  });
}
