import { batch, type ReadonlySignal, signal } from '@preact/signals';
import type { DeviceState, MediaProfile } from '../../server/protocol/wire.ts';
import { retryDelay } from '../link/retry.ts';
import { deviceConstraints } from './deviceConstraints.ts';
import {
  allDevices,
  type Chosen,
  chosenDevice,
  type DeviceKind,
  findChosen,
  rememberDevice,
} from './remembered.ts';

/**
 * Why a device is not there. missing: none is plugged in · busy: another program has it · denied:
 * the browser may not use it · insecure: the page came without TLS, so the browser has no devices.
 */
export type DeviceTrouble = Exclude<DeviceState, 'live'>;

type Tracked = MediaStreamTrack | null;

interface One {
  readonly track: ReturnType<typeof signal<Tracked>>;
  readonly trouble: ReturnType<typeof signal<DeviceTrouble | null>>;
  readonly stalled: ReturnType<typeof signal<boolean>>;
}

const kinds = ['camera', 'microphone'] as const;

const one = (): One => ({
  track: signal<Tracked>(null),
  trouble: signal<DeviceTrouble | null>(null),
  stalled: signal(false),
});

/** A fourth attempt and later come about every four seconds, so start there. */
const patientAttempt = 4;

/**
 * Camera and microphone of this machine: those that were chosen on it, or whichever there are.
 * What cannot be had is said as `trouble` and tried again by itself: on a timer, when a device is
 * plugged in, and when the permission changes.
 */
export class Devices {
  readonly #one: Record<DeviceKind, One> = { camera: one(), microphone: one() };
  readonly #profile: MediaProfile;
  readonly #permissions: PermissionStatus[] = [];
  #retry: ReturnType<typeof setTimeout> | undefined;
  #attempt = patientAttempt;
  #acquiring = false;
  #wanted = false;
  #closed = false;

  constructor(profile: MediaProfile) {
    this.#profile = profile;
    navigator.mediaDevices?.addEventListener('devicechange', this.#onChange);
    void this.#watchPermissions();
    void this.#acquire();
  }

  track(kind: DeviceKind): ReadonlySignal<Tracked> {
    return this.#one[kind].track as ReadonlySignal<Tracked>;
  }

  trouble(kind: DeviceKind): ReadonlySignal<DeviceTrouble | null> {
    return this.#one[kind].trouble as ReadonlySignal<DeviceTrouble | null>;
  }

  /** Whether a device that is there gives nothing at the moment: a cover, or a switch on its side. */
  stalled(kind: DeviceKind): ReadonlySignal<boolean> {
    return this.#one[kind].stalled as ReadonlySignal<boolean>;
  }

  /** Takes this device from now on and remembers it; null: whichever the browser takes. */
  choose(kind: DeviceKind, chosen: Chosen | null): void {
    rememberDevice(kind, chosen);
    this.#drop(kind);
    void this.#acquire();
  }

  /** Lets go of both devices and asks for them anew, as if the page had just been opened. */
  redetect(): void {
    for (const kind of kinds) this.#drop(kind);
    this.#attempt = patientAttempt;
    void this.#acquire();
  }

  /** Lets go of both devices: the lamp of the camera goes out. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#retry);
    navigator.mediaDevices?.removeEventListener('devicechange', this.#onChange);
    for (const status of this.#permissions) status.removeEventListener('change', this.#onChange);
    for (const kind of kinds) this.#drop(kind);
  }

  readonly #onChange = (): void => {
    void this.#acquire();
  };

  async #watchPermissions(): Promise<void> {
    for (const name of kinds) {
      // Not every browser knows these names; the timer asks again there.
      const status = await navigator.permissions
        ?.query({ name: name as PermissionName })
        .catch(() => null);
      if (!status || this.#closed) continue;
      this.#permissions.push(status);
      status.addEventListener('change', this.#onChange);
    }
  }

  #drop(kind: DeviceKind): void {
    const { track, trouble, stalled } = this.#one[kind];
    track.value?.stop();
    track.value = null;
    trouble.value = null;
    stalled.value = false;
  }

  #missing(): DeviceKind[] {
    return kinds.filter((k) => this.#one[k].track.peek() === null);
  }

  async #acquire(): Promise<void> {
    this.#wanted = true;
    if (this.#acquiring || this.#closed) return;
    clearTimeout(this.#retry);
    this.#acquiring = true;
    // What changes meanwhile is looked at once more, and not only after a wait.
    while (this.#wanted && !this.#closed) {
      this.#wanted = false;
      await this.#round();
    }
    this.#acquiring = false;
    if (this.#closed || this.#missing().length === 0) {
      this.#attempt = patientAttempt;
      return;
    }
    const wait = retryDelay(this.#attempt++, Math.random());
    this.#retry = setTimeout(() => void this.#acquire(), wait);
  }

  async #round(): Promise<void> {
    const missing = this.#missing();
    // Both in one question, so that a browser that asks people asks once; then each by itself.
    if (missing.length === 2) await this.#ask(missing);
    for (const kind of this.#missing()) await this.#ask([kind]);
    await this.#prefer();
  }

  async #ask(asked: readonly DeviceKind[]): Promise<void> {
    if (!navigator.mediaDevices) {
      for (const kind of asked) this.#one[kind].trouble.value = 'insecure';
      return;
    }
    try {
      // Without leave the browser hides what there is, so the choice may be one it cannot keep yet.
      const ids = Object.fromEntries(
        asked.map((kind) => [kind, { ideal: chosenDevice(kind)?.id ?? '' }]),
      );
      this.#takeAll(await this.#get(asked, ids));
    } catch (why) {
      if (asked.length > 1) return;
      for (const kind of asked) this.#one[kind].trouble.value = troubleOf(why);
    }
  }

  /** Changes over to the device that was chosen, where another one had to stand in for it. */
  async #prefer(): Promise<void> {
    if (kinds.every((kind) => chosenDevice(kind) === null)) return;
    const devices = await allDevices();
    for (const kind of kinds) {
      const track = this.#one[kind].track.peek();
      const wanted = findChosen(kind, chosenDevice(kind), devices);
      if (!track || !wanted || track.getSettings().deviceId === wanted.deviceId) continue;
      // The one that stands in is better than none, so it goes only when the other has come.
      const stream = await this.#get([kind], { [kind]: { exact: wanted.deviceId } }).catch(
        () => null,
      );
      if (!stream) continue;
      batch(() => {
        this.#drop(kind);
        this.#takeAll(stream);
      });
    }
  }

  #get(asked: readonly DeviceKind[], ids: Parameters<typeof deviceConstraints>[0]['ids']) {
    const constraints = deviceConstraints({ profile: this.#profile, asked, ids });
    return navigator.mediaDevices.getUserMedia(constraints);
  }

  #takeAll(stream: MediaStream): void {
    for (const track of stream.getTracks()) {
      this.#take(track.kind === 'video' ? 'camera' : 'microphone', track);
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
    const { trouble, stalled, track: present } = this.#one[kind];
    present.value = track;
    trouble.value = null;
    stalled.value = false;
    const follow = () => {
      if (present.peek() === track) stalled.value = track.muted;
    };
    track.addEventListener('mute', follow);
    track.addEventListener('unmute', follow);
    track.addEventListener('ended', () => {
      if (present.peek() !== track) return;
      present.value = null;
      trouble.value = 'missing';
      void this.#acquire();
    });
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
