import type { Tolerance } from './growth.ts';

const mib = 1024 * 1024;
const count = (more: number): Tolerance => ({ more, kind: 'count' });
const memory = (more: number): Tolerance => ({ more, kind: 'memory' });

/** Whatever is made for a page must be gone with it. */
const none: Tolerance = { more: 0, kind: 'none' };

const media = {
  routers: none,
  transports: none,
  pipes: none,
  producers: none,
  consumers: none,
  rtpObservers: none,
  serverTransports: none,
  iceNames: none,
  workers: count(0),
  /** Objects that the worker itself can be asked about. */
  workerHandlers: count(0),
  workerFiles: count(0),
  workerRssBytes: memory(6 * mib),
};

/** What one process may keep. Timers and connections come and go by one or two in quiet times. */
const ofProcess = {
  rssBytes: memory(24 * mib),
  // A server remembers up to 8,192 accepted commands, some 200 bytes each.
  heapUsedBytes: memory(4 * mib),
  externalBytes: memory(2 * mib),
  files: count(2),
  sockets: count(2),
  listening: count(0),
  pipesOpen: count(1),
  timers: count(4),
  emitters: count(12),
  listeners: count(40),
  closures: memory(400),
  promises: memory(100),
  ...media,
};

const ofRedis = {
  // One for each BullMQ list that is empty at one time and not at another.
  keysSteady: count(3),
  keysUnexpected: none,
  // The first snapshot of a briefing comes with its 500th event, and holds the roster.
  steadyBytes: count(256 * 1024),
  otherBytes: memory(mib),
  clients: count(1),
};

/** What `<process>.<count>` may have more at the end; undefined for what must or may grow. */
export function toleranceOf(name: string): Tolerance | undefined {
  const cut = name.lastIndexOf('.');
  const [process, what] = [name.slice(0, cut), name.slice(cut + 1)];
  const table: Readonly<Record<string, Tolerance>> = process === 'redis' ? ofRedis : ofProcess;
  return Object.hasOwn(table, what) ? table[what] : undefined;
}
