import { text } from '../i18n/language.ts';
import type { Devices } from '../media/devices.ts';
import { type Fault, faultsOf } from './faults.ts';
import { useSilence } from './senses.ts';

interface Watched {
  readonly devices: Devices | null;
  /** Whether the microphone is open to the briefing, so that its silence means something. */
  readonly open: boolean;
  /** The camera delivers black, as was last measured. */
  readonly black: boolean;
}

/** What is wrong with this site's own devices now, measured where it can be. */
export function useCondition({ devices, open, black }: Watched): readonly Fault[] {
  const microphone = devices?.track('microphone').value ?? null;
  const silent = useSilence(open ? microphone : null);
  const condition = {
    trouble: {
      camera: devices?.trouble('camera').value ?? null,
      microphone: devices?.trouble('microphone').value ?? null,
    },
    stalled: {
      camera: devices?.stalled('camera').value ?? false,
      microphone: devices?.stalled('microphone').value ?? false,
    },
    black,
    silent: silent.value,
  };
  return faultsOf(condition, text.value);
}
