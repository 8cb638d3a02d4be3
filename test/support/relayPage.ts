import type { Page } from 'playwright-core';

/** What a page has received of one stream, as its browser counts (webrtc-stats §8.5). */
export interface Received {
  readonly bytes: number;
  readonly packets: number;
  readonly packetsLost: number;
  /** Of the picture now, in pixels; 0 for sound. */
  readonly height: number;
  readonly frames: number;
  /** Samples of sound played, and those of them that were made up because nothing came. */
  readonly samples: number;
  readonly concealed: number;
}

declare global {
  interface Window {
    /** By `seat/source`. */
    readonly received: () => Promise<Record<string, Received>>;
  }
}

/**
 * Sends this page's media over a relay: every UDP candidate of a media node becomes the relay's
 * port for it, and there are no TCP ones. Runs in the page, where it is sent as text, as do all
 * functions here: it may use nothing from outside its own braces.
 */
function overRelay(ports: Readonly<Record<number, number>>): void {
  const { setRemoteDescription } = RTCPeerConnection.prototype;
  RTCPeerConnection.prototype.setRemoteDescription = function (description) {
    const lines = (description.sdp ?? '').split('\r\n').flatMap((line) => {
      if (!line.startsWith('a=candidate:')) return [line];
      const [, head, port, tail] = /^(.* udp \d+ \S+) (\d+)( .*)$/i.exec(line) ?? [];
      if (head === undefined) return [];
      const relayed = ports[Number(port)];
      if (relayed === undefined) throw new Error(`the relay has no port for ${port}`);
      return [`${head} ${relayed}${tail}`];
    });
    const relayed = { type: description.type, sdp: lines.join('\r\n') };
    return Reflect.apply(setRemoteDescription, this, [relayed]);
  };
}

/** The painted pictures, larger and with a strip of noise below, so that layers fill their bitrates. */
function noisyPictures(): void {
  const { mediaDevices } = navigator;

  async function noisy(painted: MediaStreamTrack): Promise<MediaStreamTrack> {
    const video = Object.assign(document.createElement('video'), { muted: true });
    video.srcObject = new MediaStream([painted]);
    await video.play();
    // Large enough for three simulcast layers.
    const [width, height] = [2 * video.videoWidth, 2 * video.videoHeight];
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    const context = canvas.getContext('2d', { alpha: false });
    const [track] = canvas.captureStream().getVideoTracks();
    if (!context || !track) throw new Error('no canvas');
    const strip = context.createImageData(width, Math.round(height * 0.3));
    const noise = new Uint32Array(strip.data.buffer);
    let seed = 1;
    const draw = () => {
      if (track.readyState === 'ended') return painted.stop();
      context.drawImage(video, 0, 0, width, height);
      for (let i = 0; i < noise.length; i++) {
        seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
        noise[i] = seed | 0xff_00_00_00;
      }
      context.putImageData(strip, 0, height - strip.height);
      video.requestVideoFrameCallback(draw);
    };
    draw();
    return track;
  }

  for (const name of ['getUserMedia', 'getDisplayMedia'] as const) {
    const painted = mediaDevices[name].bind(mediaDevices);
    mediaDevices[name] = async (constraints) => {
      const stream = await painted(constraints);
      const pictures = await Promise.all(stream.getVideoTracks().map(noisy));
      return new MediaStream([...pictures, ...stream.getAudioTracks()]);
    };
  }
}

function measure(): void {
  const made: RTCPeerConnection[] = [];
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      made.push(this);
    }
  };

  /** Which stream a track belongs to, as the page's own elements say. */
  const streams = () =>
    new Map(
      [...document.querySelectorAll<HTMLMediaElement>('[data-stream]')].flatMap((element) =>
        element.srcObject instanceof MediaStream
          ? element.srcObject.getTracks().map((t) => [t.id, element.dataset.stream ?? ''] as const)
          : [],
      ),
    );

  async function received(): Promise<Record<string, Received>> {
    const found: Record<string, Received> = {};
    const known = streams();
    for (const connection of made) {
      if (connection.connectionState === 'closed') continue;
      for (const r of (await connection.getStats()).values()) {
        const stream = r.type === 'inbound-rtp' && known.get(r.trackIdentifier);
        if (!stream) continue;
        found[stream] = {
          bytes: r.bytesReceived,
          packets: r.packetsReceived,
          packetsLost: r.packetsLost,
          height: r.frameHeight ?? 0,
          frames: r.framesDecoded ?? 0,
          samples: r.totalSamplesReceived ?? 0,
          concealed: r.concealedSamples ?? 0,
        };
      }
    }
    return found;
  }

  Object.defineProperty(window, 'received', { value: received });
}

/** What a page of these tests runs before the product's own code. */
export function relayScript(o: {
  /** The relay's port by the media node's. */
  readonly ports?: Readonly<Record<number, number>>;
  /** Its pictures are hard to encode. */
  readonly noisy?: boolean;
}): { content: string } {
  const parts = [`(${measure})();`];
  if (o.ports) parts.push(`(${overRelay})(${JSON.stringify(o.ports)});`);
  if (o.noisy) parts.push(`(${noisyPictures})();`);
  return { content: parts.join('\n') };
}

export type AllReceived = Readonly<Record<string, Received>>;

/**
 * What each of these pages receives by stream while each plays so much of one stream's sound,
 * milliseconds of it at 48 kHz. A stream that comes by another way meanwhile counts from where that one began.
 */
export async function receivedMeanwhile(
  pages: readonly Page[],
  sound: { readonly stream: string; readonly ms: number },
): Promise<AllReceived[]> {
  const read = (page: Page) => page.evaluate(() => window.received());
  const before = await Promise.all(pages.map(read));
  const played = (page: Page, from: number) =>
    page.evaluate(
      async ({ stream, enough }) => {
        const samples = async () => (await window.received())[stream]?.samples ?? 0;
        while ((await samples()) < enough) await new Promise((again) => setTimeout(again, 200));
      },
      { stream: sound.stream, enough: from + sound.ms * 48 },
    );
  await Promise.all(pages.map((p, i) => played(p, before[i]?.[sound.stream]?.samples ?? 0)));
  const after = await Promise.all(pages.map(read));
  return after.map((now, i) =>
    Object.fromEntries(
      Object.entries(now).map(([stream, r]) => [stream, difference(r, before[i]?.[stream])]),
    ),
  );
}

function difference(now: Received, then: Received | undefined): Received {
  if (!then || now.bytes < then.bytes) return now;
  return {
    bytes: now.bytes - then.bytes,
    packets: now.packets - then.packets,
    packetsLost: now.packetsLost - then.packetsLost,
    height: now.height,
    frames: now.frames - then.frames,
    samples: now.samples - then.samples,
    concealed: now.concealed - then.concealed,
  };
}
