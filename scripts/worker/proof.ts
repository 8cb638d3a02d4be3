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
 * Puts a worker to work through the mediasoup of `root`: it makes a WebRtcTransport, and carries
 * packets from one router to another through SRTP.
 * @throws Error saying what the worker did not do.
 */
export async function prove(root: string, binary: string): Promise<void> {
  const mediasoup: typeof import('mediasoup') = createRequire(join(root, 'package.json'))(
    'mediasoup',
  );
  const worker = await mediasoup.createWorker({ workerBin: binary, logLevel: 'error' });
  try {
    const mediaCodecs = [{ ...codec, preferredPayloadType: payloadType }];
    const from = await worker.createRouter({ mediaCodecs });
    const to = await worker.createRouter({ mediaCodecs });
    const webRtcServer = await worker.createWebRtcServer({
      listenInfos: [{ protocol: 'udp', ip: '127.0.0.1' }],
    });
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
    const consumer = await sink.consume({
      producerId: producer.id,
      rtpCapabilities: to.rtpCapabilities,
    });
    const end = new AbortController();
    const arrived = once(consumer, 'rtp', {
      signal: AbortSignal.any([end.signal, AbortSignal.timeout(packetLimitMs)]),
    });
    const sending = sendUntil(end.signal, (packet) => producer.send(packet));
    try {
      const [packet] = (await arrived) as [Buffer];
      if (!packet.subarray(-payload.length).equals(payload)) {
        throw new Error(`${binary} changed a packet on its way.`);
      }
    } catch (error) {
      if ((error as Error).name !== 'AbortError') throw error;
      throw new Error(`${binary} carried no packet through SRTP in ${packetLimitMs} ms.`);
    } finally {
      end.abort();
      await sending;
    }
  } finally {
    worker.close();
  }
}

async function sendUntil(end: AbortSignal, send: (packet: Buffer) => void): Promise<void> {
  for (let number = 0; !end.aborted; number += 1) {
    const header = Buffer.alloc(12);
    header[0] = 0x80;
    header[1] = payloadType;
    header.writeUInt16BE(number, 2);
    header.writeUInt32BE(number * 960, 4);
    header.writeUInt32BE(ssrc, 8);
    send(Buffer.concat([header, payload]));
    await delay(packetEveryMs);
  }
}
