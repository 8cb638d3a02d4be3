import { effect, type ReadonlySignal } from '@preact/signals';
import type { Link } from '../link/link.ts';
import type { Devices } from '../media/devices.ts';
import type { Media } from '../media/media.ts';
import type { Sound } from '../media/sound.ts';

interface Site {
  readonly link: Link;
  readonly media: Media;
  readonly sound: Sound;
  readonly devices: ReadonlySignal<Devices | null>;
}

/**
 * While the office speaks with this site in private, its microphone goes there too, by a way of its
 * own, and the programme sounds on behind the office's voice.
 */
export function obeyWhisper({ link, media, sound, devices }: Site): () => void {
  let speaks = false;
  return effect(() => {
    const whisper = link.whisper.value;
    const microphone = devices.value?.track('microphone').value ?? null;
    sound.hushed.value = whisper !== null;
    // A line check uses the same way: it is only taken from it for a whisper.
    if (whisper || speaks) media.speakAside(whisper ? microphone : null);
    speaks = whisper !== null;
  });
}
