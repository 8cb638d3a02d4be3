import { createWorker, type types } from 'mediasoup';
import type { Logger } from 'pino';
import { CpuMeter, wantsProcessor } from './load.ts';

export interface RtcListen {
  readonly ip: string;
  readonly announcedAddress?: string | undefined;
  /** One UDP and one TCP port for every site; 0 takes free ones. */
  readonly port: number;
  /** Bytes of the one UDP socket's buffers: the default holds 6.5 ms of 71 sites. */
  readonly bufferSize: number;
}

export interface MediaWorkerOptions {
  readonly log: Logger;
  readonly rtc: RtcListen;
  /** How often the worker is asked for a sign of life, and how long it may take; ms. */
  readonly heartbeat?: { readonly every: number; readonly deadline: number };
  /** The worker is gone with all that it had; another is being made. */
  readonly onLost: () => void;
  /** Another worker has taken over. */
  readonly onReplaced: () => void;
}

export interface Living {
  readonly worker: types.Worker;
  readonly webRtcServer: types.WebRtcServer;
}

/** The node's mediasoup worker: replaced when it dies, killed when it freezes. */
export class MediaWorker {
  readonly cpu = new CpuMeter();
  readonly #options: MediaWorkerOptions;
  readonly #heartbeat: { readonly every: number; readonly deadline: number };
  #living: Living | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  static async create(options: MediaWorkerOptions): Promise<MediaWorker> {
    const worker = new MediaWorker(options);
    await worker.#start();
    return worker;
  }

  private constructor(options: MediaWorkerOptions) {
    this.#options = options;
    this.#heartbeat = options.heartbeat ?? { every: 250, deadline: 500 };
  }

  get living(): Living | undefined {
    return this.#living;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#living?.worker.close();
    this.#living = undefined;
  }

  async #start(): Promise<void> {
    const worker = await createWorker({ logLevel: 'warn' });
    keepThroughSignals(worker);
    worker.on('died', () => this.#lost(worker));
    try {
      const webRtcServer = await worker.createWebRtcServer({ listenInfos: this.#listenInfos() });
      if (this.#closed) return worker.close();
      this.#living = { worker, webRtcServer };
    } catch (error) {
      worker.close();
      throw error;
    }
    this.cpu.reset();
    this.#beatLater(worker);
    this.#options.log.info({ worker: worker.pid }, 'media worker started');
  }

  #listenInfos(): types.TransportListenInfo[] {
    const { ip, announcedAddress, port, bufferSize } = this.#options.rtc;
    const common = {
      ip,
      ...(announcedAddress !== undefined && { announcedAddress }),
      ...(port > 0 && { port }),
      recvBufferSize: bufferSize,
      sendBufferSize: bufferSize,
    };
    return [
      { protocol: 'udp', ...common },
      { protocol: 'tcp', ...common },
    ];
  }

  #lost(worker: types.Worker): void {
    if (this.#living?.worker !== worker || this.#closed) return;
    this.#living = undefined;
    clearTimeout(this.#timer);
    this.#options.log.error({ worker: worker.pid }, 'media worker lost');
    this.#options.onLost();
    void this.#replace(0);
  }

  /** The killed one's port may be taken for a moment more: tries again, less and less often. */
  async #replace(tries: number): Promise<void> {
    if (this.#closed) return;
    try {
      await this.#start();
    } catch (error) {
      this.#options.log.error({ err: error }, 'media worker not replaced yet');
      this.#timer = setTimeout(
        () => void this.#replace(tries + 1),
        Math.min(50 * 2 ** tries, 2000),
      );
      return;
    }
    if (!this.#closed) this.#options.onReplaced();
  }

  #beatLater(worker: types.Worker): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#beat(worker), this.#heartbeat.every);
  }

  /** A frozen worker's process lives on and says nothing: only a question finds it. */
  async #beat(worker: types.Worker): Promise<void> {
    if (this.#living?.worker !== worker) return;
    const asked = { answered: false };
    const answer = worker
      .getResourceUsage()
      .catch(() => undefined)
      .finally(() => {
        asked.answered = true;
      });
    const { deadline } = this.#heartbeat;
    let usage = await Promise.race([answer, patience(deadline, asked)]);
    // One that waits for a busy machine would answer: to kill it would be the outage itself.
    if (usage === 'late' && (await wantsProcessor(worker.pid))) {
      usage = await Promise.race([answer, patience(3 * deadline, asked)]);
    }
    if (this.#living?.worker !== worker) return;
    if (usage === 'late') {
      this.#options.log.error({ worker: worker.pid }, 'media worker frozen: killed');
      kill(worker.pid);
      return;
    }
    if (usage) this.cpu.read(usage, performance.now());
    this.#beatLater(worker);
  }
}

/**
 * mediasoup closes its workers as soon as this process is told to end, whatever this process makes
 * of that; a node that drains needs its worker until the last endpoint has left.
 */
function keepThroughSignals(worker: types.Worker & { readonly onSignal?: () => void }): void {
  const { onSignal } = worker;
  if (!onSignal) return;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.removeListener(signal, onSignal);
}

/** In small steps, so that time in which this process itself stood still does not count. */
async function patience(ms: number, asked: { answered: boolean }): Promise<'late'> {
  const step = Math.max(10, Math.floor(ms / 5));
  for (let waited = 0; waited < ms && !asked.answered; waited += step) {
    await new Promise((resolve) => setTimeout(resolve, step));
    await new Promise((resolve) => setImmediate(resolve));
  }
  return 'late';
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It died by itself in this very moment.
  }
}
