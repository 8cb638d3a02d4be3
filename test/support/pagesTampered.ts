/** What a tampered page has sent so far, by its own browser's statistics. */
export interface Sent {
  /** RTP packets of sound. */
  readonly sound: number;
  /** Pictures encoded. */
  readonly pictures: number;
  /** The media node has confirmed that sound arrives (RTCP receiver reports, RFC 3550 §6.4.2). */
  readonly confirmed: boolean;
}

declare global {
  interface Window {
    readonly tampered: {
      sent(): Promise<Sent>;
      /** Asks over the page's own line what the page itself would not ask. */
      ask(name: string, body: unknown): Promise<{ ok: boolean; refusal?: string }>;
    };
  }
}

/**
 * Makes a page of the product produce whatever it is told not to: no track is ever disabled or
 * stopped, no encoding ever switched off, none taken off the line. Runs in the page before the
 * product's own code: it may use nothing from outside its own braces.
 */
export function tamper(): void {
  const enabled = Object.getOwnPropertyDescriptor(MediaStreamTrack.prototype, 'enabled');
  Object.defineProperty(MediaStreamTrack.prototype, 'enabled', {
    configurable: true,
    get() {
      return enabled?.get?.call(this);
    },
    set() {
      enabled?.set?.call(this, true);
    },
  });
  MediaStreamTrack.prototype.stop = () => {};
  const { setParameters, replaceTrack } = RTCRtpSender.prototype;
  RTCRtpSender.prototype.setParameters = function (parameters, ...rest) {
    for (const encoding of parameters.encodings) encoding.active = true;
    return setParameters.call(this, parameters, ...rest);
  };
  RTCRtpSender.prototype.replaceTrack = function (track) {
    return track ? replaceTrack.call(this, track) : Promise.resolve();
  };

  const connections: RTCPeerConnection[] = [];
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      connections.push(this);
    }
  };
  const lines: WebSocket[] = [];
  window.WebSocket = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      lines.push(this);
    }
  };

  async function sent(): Promise<Sent> {
    let [sound, pictures, confirmed] = [0, 0, false];
    for (const connection of connections) {
      if (connection.connectionState === 'closed') continue;
      for (const report of (await connection.getStats()).values()) {
        if (report.type === 'outbound-rtp' && report.kind === 'audio') sound += report.packetsSent;
        if (report.type === 'outbound-rtp' && report.kind === 'video') {
          pictures += report.framesEncoded ?? 0;
        }
        if (report.type === 'remote-inbound-rtp' && report.kind === 'audio') confirmed = true;
      }
    }
    return { sound, pictures, confirmed };
  }

  let asked = 900_000;
  function ask(name: string, body: unknown): Promise<{ ok: boolean; refusal?: string }> {
    const line = lines.findLast((l) => l.readyState === WebSocket.OPEN);
    if (!line) return Promise.reject(new Error('no line'));
    const id = asked++;
    return new Promise((resolve) => {
      line.addEventListener('message', ({ data }) => {
        const head = `43${id}[`;
        if (String(data).startsWith(head))
          resolve(JSON.parse(String(data).slice(head.length - 1))[0]);
      });
      line.send(`42${id}${JSON.stringify([name, body])}`);
    });
  }

  Object.defineProperty(window, 'tampered', { value: { sent, ask } });
}
