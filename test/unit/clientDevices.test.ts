import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Devices } from '../../client/media/devices.ts';
import { findChosen, rememberDevice } from '../../client/media/remembered.ts';
import type { MediaProfile } from '../../server/protocol/wire.ts';
import { until } from '../support/until.ts';

const video = { width: 1280, height: 720, frameRate: 25, layers: [] };
const profile: MediaProfile = { camera: video, presentation: video, audioBitrate: 32_000 };

interface Plugged {
  readonly kind: MediaDeviceKind;
  readonly deviceId: string;
  readonly label: string;
}

class FakeTrack extends EventTarget {
  readonly kind: string;
  readonly label: string;
  readonly #id: string;
  enabled = true;
  contentHint = '';
  muted = false;
  readyState = 'live';

  constructor({ kind, deviceId, label }: Plugged) {
    super();
    this.kind = kind === 'videoinput' ? 'video' : 'audio';
    this.label = label;
    this.#id = deviceId;
  }

  getSettings() {
    return { deviceId: this.#id };
  }

  stop() {
    this.readyState = 'ended';
  }

  /** As when its plug is pulled. */
  end() {
    this.stop();
    this.dispatchEvent(new Event('ended'));
  }

  mute(muted: boolean) {
    this.muted = muted;
    this.dispatchEvent(new Event(muted ? 'mute' : 'unmute'));
  }
}

/** A machine whose devices come and go, with the rules of Media Capture and Streams §10. */
class FakeMachine extends EventTarget {
  plugged: Plugged[];
  /** What another program holds, by id. */
  readonly busy = new Set<string>();
  readonly given: FakeTrack[] = [];
  refused = 0;

  constructor(plugged: Plugged[]) {
    super();
    this.plugged = plugged;
  }

  change(plugged: Plugged[]) {
    this.plugged = plugged;
    this.dispatchEvent(new Event('devicechange'));
  }

  async enumerateDevices() {
    return this.plugged;
  }

  async getUserMedia(wanted: MediaStreamConstraints) {
    const one = (kind: MediaDeviceKind, of: MediaStreamConstraints['video']) => {
      if (!of) return [];
      const id = (of as { deviceId?: { ideal?: string; exact?: string } }).deviceId ?? {};
      const there = this.plugged.filter((d) => d.kind === kind);
      const found =
        there.find((d) => d.deviceId === (id.exact ?? id.ideal)) ??
        (id.exact === undefined ? there[0] : undefined);
      if (!found) throw new DOMException('none', 'NotFoundError');
      if (this.busy.has(found.deviceId)) {
        this.refused++;
        throw new DOMException('busy', 'NotReadableError');
      }
      return [new FakeTrack(found)];
    };
    const tracks = [...one('videoinput', wanted.video), ...one('audioinput', wanted.audio)];
    this.given.push(...tracks);
    return { getTracks: () => tracks };
  }
}

const builtIn = { kind: 'videoinput', deviceId: 'v1', label: 'Built-in camera' } as const;
const usb = { kind: 'videoinput', deviceId: 'v2', label: 'USB camera' } as const;
const mic = { kind: 'audioinput', deviceId: 'a1', label: 'Desk microphone' } as const;

let machine: FakeMachine;
let devices: Devices;

const camera = () => devices.track('camera').value as unknown as FakeTrack | null;
const label = () => camera()?.label;
const begin = (plugged: Plugged[]) => {
  machine = new FakeMachine(plugged);
  vi.stubGlobal('navigator', { mediaDevices: machine });
  devices = new Devices(profile);
};
const has = (wanted: string | undefined) =>
  until(() => label() === wanted, { what: `the camera to be ${wanted}`, seen: label });

beforeEach(() => {
  rememberDevice('camera', null);
});

afterEach(() => {
  devices.close();
  vi.unstubAllGlobals();
});

describe('Devices', () => {
  it('takes the camera that was chosen, though another one comes first', async () => {
    rememberDevice('camera', { id: 'v2', label: 'USB camera' });
    begin([builtIn, usb, mic]);
    await has('USB camera');
  });

  it('knows it by its label when its id has changed', async () => {
    rememberDevice('camera', { id: 'of last year', label: 'USB camera' });
    begin([builtIn, usb, mic]);
    await has('USB camera');
    // What stood in for a moment is let go, or its lamp would stay on.
    const live = machine.given.filter((t) => t.kind === 'video' && t.readyState === 'live');
    expect(live.map((t) => t.label)).toEqual(['USB camera']);
  });

  it('takes another one while the chosen one is away, and goes back to it', async () => {
    rememberDevice('camera', { id: 'v2', label: 'USB camera' });
    begin([builtIn, mic]);
    await has('Built-in camera');
    machine.change([builtIn, usb, mic]);
    await has('USB camera');
    machine.change([builtIn, mic]);
    camera()?.end();
    await has('Built-in camera');
  });

  it('keeps what it has when the chosen one cannot be had', async () => {
    rememberDevice('camera', { id: 'v2', label: 'USB camera' });
    begin([builtIn, mic]);
    await has('Built-in camera');
    machine.busy.add('v2');
    machine.change([builtIn, usb, mic]);
    // Once is not enough: only after the second does it show that the first changed nothing.
    await until(() => machine.refused === 1, { what: 'it to be asked for' });
    machine.change([builtIn, usb, mic]);
    await until(() => machine.refused === 2, { what: 'it to be asked for again' });
    expect(label()).toBe('Built-in camera');
    expect(camera()?.readyState).toBe('live');
  });

  it('says why there is none, and takes it as soon as it is plugged in', async () => {
    begin([mic]);
    await until(() => devices.trouble('camera').value === 'missing', { what: 'no camera' });
    expect(devices.track('microphone').value).not.toBeNull();
    machine.change([usb, mic]);
    await has('USB camera');
    expect(devices.trouble('camera').value).toBeNull();
  });

  it('asks anew for both when it is told to', async () => {
    begin([builtIn, mic]);
    await has('Built-in camera');
    const first = machine.given.slice();
    devices.redetect();
    await until(() => machine.given.length === 4, { what: 'both to be asked for again' });
    await has('Built-in camera');
    expect(first.map((t) => t.readyState)).toEqual(['ended', 'ended']);
  });

  it('changes over at once when another one is chosen', async () => {
    begin([builtIn, usb, mic]);
    await has('Built-in camera');
    devices.choose('camera', { id: 'v2', label: 'USB camera' });
    await has('USB camera');
    devices.choose('camera', null);
    await has('Built-in camera');
  });

  it('says when a device is there and gives nothing', async () => {
    begin([builtIn, mic]);
    await has('Built-in camera');
    camera()?.mute(true);
    expect(devices.stalled('camera').value).toBe(true);
    camera()?.mute(false);
    expect(devices.stalled('camera').value).toBe(false);
    camera()?.mute(true);
    camera()?.end();
    await until(() => camera()?.readyState === 'live', { what: 'a camera again' });
    expect(devices.stalled('camera').value).toBe(false);
  });
});

describe('findChosen', () => {
  const out = { kind: 'audiooutput', deviceId: 'v1', label: 'USB camera' } as const;

  it('goes by id, then by label, and never by another kind of device', () => {
    expect(findChosen('camera', { id: 'v1', label: 'USB camera' }, [usb, builtIn])).toBe(builtIn);
    expect(findChosen('camera', { id: 'x', label: 'USB camera' }, [out, builtIn, usb])).toBe(usb);
    expect(findChosen('camera', { id: 'v1', label: '' }, [out])).toBeNull();
    expect(findChosen('camera', null, [builtIn])).toBeNull();
  });

  it('takes no device without a label for another one without', () => {
    const hidden = { kind: 'videoinput', deviceId: 'v9', label: '' } as const;
    expect(findChosen('camera', { id: 'v1', label: '' }, [hidden])).toBeNull();
  });
});
