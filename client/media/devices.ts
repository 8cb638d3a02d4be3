import { type ReadonlySignal, signal } from '@preact/signals';
import type { DeviceState, MediaProfile } from '../../server/protocol/wire.ts';
import { retryDelay } from '../link/retry.ts';

type DeviceKind = 'camera' | 'microphone';

/**
 * Why a device is not there. missing: none is plugged in · busy: another program has it · denied:
 * the browser may not use it · insecure: the page came without TLS, so the browser has no devices.
 */
export type DeviceTrouble = Exclude<DeviceState, 'live'>;

type Tracked = MediaStreamTrack | null;

interface One {
  readonly track: ReturnType<typeof signal<Tracked>>;
  readonly trouble: ReturnType<typeof signal<DeviceTrouble | null>>;
}

/** A fourth attempt and later come about every four seconds, so start there. */
const patientAttempt = 4;

/**
 * Camera and microphone of this machine. What cannot be had is said as `trouble` and tried again
 * by itself: on a timer, when a device is plugged in, and when the permission changes.
 */
export class Devices {
  readonly #one: Record<DeviceKind, One> = {
    camera: { track: signal<Tracked>(null), trouble: signal<DeviceTrouble | null>(null) },
    microphone: { track: signal<Tracked>(null), trouble: signal<DeviceTrouble | null>(null) },
  };
  readonly #profile: MediaProfile;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #attempt = patientAttempt;
  #acquiring = false;
  #closed = false;

  constructor(profile: MediaProfile) {
    this.#profile = profile;
    navigator.mediaDevices?.addEventListener('devicechange', this.#onChange);
    void this.#acquire();
  }

  track(kind: DeviceKind): ReadonlySignal<Tracked> {
    return this.#one[kind].track as ReadonlySignal<Tracked>;
  }

  trouble(kind: DeviceKind): ReadonlySignal<DeviceTrouble | null> {
    return this.#one[kind].trouble as ReadonlySignal<DeviceTrouble | null>;
  }

  /** Lets go of both devices: the lamp of the camera goes out. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#retry);
    navigator.mediaDevices?.removeEventListener('devicechange', this.#onChange);
    for (const { track } of Object.values(this.#one)) {
      track.value?.stop();
      track.value = null;
    }
  }

  readonly #onChange = (): void => {
    if (this.#missing().length > 0) void this.#acquire();
  };

  #missing(): DeviceKind[] {
    return (['camera', 'microphone'] as const).filter((k) => this.#one[k].track.peek() === null);
  }

  async #acquire(): Promise<void> {
    if (this.#acquiring || this.#closed) return;
    clearTimeout(this.#retry);
    this.#acquiring = true;
    const missing = this.#missing();
    // Both in one question, so that a browser that asks people asks once; then each by itself.
    if (missing.length === 2) await this.#ask(missing);
    for (const kind of this.#missing()) await this.#ask([kind]);
    this.#acquiring = false;
    if (this.#closed || this.#missing().length === 0) {
      this.#attempt = patientAttempt;
      return;
    }
    const wait = retryDelay(this.#attempt++, Math.random());
    this.#retry = setTimeout(() => void this.#acquire(), wait);
  }

  async #ask(kinds: readonly DeviceKind[]): Promise<void> {
    if (!navigator.mediaDevices) {
      for (const kind of kinds) this.#one[kind].trouble.value = 'insecure';
      return;
    }
    try {
      const stream = await navigator.mediaDevices.getUserMedia(this.#constraints(kinds));
      for (const track of stream.getTracks()) {
        this.#take(track.kind === 'video' ? 'camera' : 'microphone', track);
      }
    } catch (why) {
      if (kinds.length > 1) return;
      for (const kind of kinds) this.#one[kind].trouble.value = troubleOf(why);
    }
  }

  #take(kind: DeviceKind, track: MediaStreamTrack): void {
    if (this.#closed) {
      track.stop();
      return;
    }
    // Shut until the server's demand opens it; see Sender.
    if (kind === 'microphone') track.enabled = false;
    else track.contentHint = 'motion';
    this.#one[kind].track.value = track;
    this.#one[kind].trouble.value = null;
    track.addEventListener('ended', () => {
      if (this.#one[kind].track.peek() !== track) return;
      this.#one[kind].track.value = null;
      this.#one[kind].trouble.value = 'missing';
      void this.#acquire();
    });
  }

  #constraints(kinds: readonly DeviceKind[]): MediaStreamConstraints {
    const { width, height, frameRate } = this.#profile.camera;
    return {
      video: kinds.includes('camera') && {
        width: { ideal: width },
        height: { ideal: height },
        frameRate: { ideal: frameRate },
      },
      audio: kinds.includes('microphone') && {
        channelCount: { ideal: 1 },
        echoCancellation: true,
        noiseSuppression: true,
        autoGainControl: true,
      },
    };
  }
}

/** The names are those of Media Capture and Streams §10.2, getUserMedia(). */
function troubleOf(why: unknown): DeviceTrouble {
  switch (why instanceof DOMException ? why.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'denied';
    case 'NotReadableError':
    case 'AbortError':
      return 'busy';
    default:
      return 'missing';
  }
}
