import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** Exit code of a worker that was not started by mediasoup (`worker/src/main.cpp`). */
const orphanCode = 41;
const orphanLimitMs = 5000;

/** Whether a file is a mediasoup worker that this machine can run: a few milliseconds. */
export function runs(binary: string): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(binary, [], { env: {}, stdio: 'ignore', timeout: orphanLimitMs });
    child.once('error', () => resolve(false));
    child.once('close', (code) => resolve(code === orphanCode));
  });
}

const codec = { kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000, channels: 2 } as const;
const ssrc = 1111;
const payloadType = 100;
const payload = Buffer.from('a packet that was encrypted, sent, and decrypted again');
const packetEveryMs = 20;
const packetLimitMs = 5000;

/**
 * Puts a worker to work through the mediasoup of `root`: it makes a WebRtcTransport on a WebRtcServer,
 * and carries a packet from one process to another through SRTP.
 * @throws Error saying what the worker did not do.
 */
export async function prove(root: string, binary: string): Promise<void> {
  const mediasoup: typeof import('mediasoup') = createRequire(join(root, 'package.json'))(
    'mediasoup',
  );
  const end = new AbortController();
  // Two, because a piped producer keeps its id, which one worker may hold only once.
  const startWorker = async () => {
    const worker = await mediasoup.createWorker({ workerBin: binary, logLevel: 'error' });
    end.signal.addEventListener('abort', () => worker.close());
    return worker;
  };
  try {
    const [near, far] = [await startWorker(), await startWorker()];
    const mediaCodecs = [{ ...codec, preferredPayloadType: payloadType }];
    const from = await near.createRouter({ mediaCodecs });
    const to = await far.createRouter({ mediaCodecs });
    const listenInfos = [{ protocol: 'udp', ip: '127.0.0.1' } as const];
    const webRtcServer = await near.createWebRtcServer({ listenInfos });
    await from.createWebRtcTransport({ webRtcServer });
    const source = await from.createDirectTransport();
    const producer = await source.produce({
      kind: 'audio',
      rtpParameters: {
        codecs: [{ ...codec, payloadType }],
        encodings: [{ ssrc }],
        rtcp: { cname: 'proof' },
      },
    });
    await from.pipeToRouter({ producerId: producer.id, router: to, enableSrtp: true });
    const sink = await to.createDirectTransport();
    const wanted = { producerId: producer.id, rtpCapabilities: to.rtpCapabilities };
    const consumer = await sink.consume(wanted);
    const arrived = once(consumer, 'rtp', { signal: AbortSignal.timeout(packetLimitMs) });
    const sending = sendUntil(end.signal, (packet) => producer.send(packet));
    const [packet] = (await Promise.race([arrived, sending])) as [Buffer];
    if (!packet.subarray(-payload.length).equals(payload)) {
      throw new Error(`${binary} changed a packet on its way.`);
    }
  } catch (error) {
    if ((error as Error).name !== 'AbortError') throw error;
    throw new Error(`${binary} carried no packet through SRTP in ${packetLimitMs} ms.`);
  } finally {
    end.abort();
  }
}

/** A packet in a while until the signal; then it rejects. */
async function sendUntil(end: AbortSignal, send: (packet: Buffer) => void): Promise<never> {
  for (let number = 0; ; number += 1) {
    const header = Buffer.alloc(12);
    header[0] = 0x80;
    header[1] = payloadType;
    header.writeUInt16BE(number, 2);
    header.writeUInt32BE(number * 960, 4);
    header.writeUInt32BE(ssrc, 8);
    send(Buffer.concat([header, payload]));
    await delay(packetEveryMs, undefined, { signal: end });
  }
}
