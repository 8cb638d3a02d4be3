import { useEffect } from 'preact/hooks';
import { type Chosen, chosenDevice, findChosen, rememberDevice } from '../media/remembered.ts';
import type { Sound } from '../media/sound.ts';
import { useSurface } from '../ui/useSurface.ts';

type Machine = readonly MediaDeviceInfo[] | null;

/** Lets voices come from the loudspeaker that was chosen, for as long as it is there. */
export function useLoudspeaker(machine: Machine): void {
  const { sound } = useSurface();
  useEffect(() => settle(sound, machine), [sound, machine]);
}

export function chooseLoudspeaker(sound: Sound, chosen: Chosen | null, machine: Machine): void {
  rememberDevice('loudspeaker', chosen);
  settle(sound, machine);
}

function settle(sound: Sound, machine: Machine): void {
  const found = findChosen('loudspeaker', chosenDevice('loudspeaker'), machine ?? []);
  sound.loudspeaker.value = found?.deviceId ?? '';
}
