import { effect, type ReadonlySignal, signal, untracked } from '@preact/signals';
import type { Link } from '../link/link.ts';
import { Devices } from './devices.ts';
import type { Media } from './media.ts';

/** Nothing is said of a device that is still being asked for. */
const stateOf = (track: MediaStreamTrack | null | undefined) => (track ? ('live' as const) : null);

/**
 * The devices of a page that sits on a seat: opened at the first welcome, sent whenever they are
 * there, and let go when the page is put out, so that no forgotten page keeps a camera on.
 */
export function sendOwnDevices(link: Link, media: Media): ReadonlySignal<Devices | null> {
  const devices = signal<Devices | null>(null);
  effect(() => {
    const welcome = link.welcome.value;
    if (link.status.value.is === 'putOut') {
      untracked(() => devices.peek()?.close());
      devices.value = null;
    } else if (welcome?.seat && devices.peek() === null) {
      devices.value = untracked(() => new Devices(welcome.media));
    }
  });
  effect(() => media.send('camera', devices.value?.track('camera').value ?? null));
  effect(() => media.send('microphone', devices.value?.track('microphone').value ?? null));
  effect(() => {
    const found = devices.value;
    const camera = found?.trouble('camera').value ?? stateOf(found?.track('camera').value);
    const microphone =
      found?.trouble('microphone').value ?? stateOf(found?.track('microphone').value);
    // Said again at every welcome: another server may be at the other end now.
    if (!link.welcome.value?.seat || !camera || !microphone) return;
    // A measurement: if the line breaks meanwhile, the next welcome repeats it.
    link.ask('site.devices', { camera, microphone }).catch(() => undefined);
  });
  return devices;
}
