import type { Text } from '../i18n/vi.ts';
import type { DeviceTrouble } from '../media/devices.ts';
import type { DeviceKind } from '../media/remembered.ts';

/** What is known of the site's own devices at this moment. */
export interface Condition {
  readonly trouble: Readonly<Record<DeviceKind, DeviceTrouble | null>>;
  /** There, but giving nothing. */
  readonly stalled: Readonly<Record<DeviceKind, boolean>>;
  readonly black: boolean;
  /** Nothing has been heard of the microphone while it was open. */
  readonly silent: boolean;
}

export interface Fault {
  readonly device: DeviceKind;
  /** A stable name for it. */
  readonly is: DeviceTrouble | 'stalled' | 'black' | 'silent';
  readonly words: string;
  /** Nothing need be done for the next attempt. */
  readonly retried: boolean;
}

/** What people at the site should see to, in words; the microphone first: who is not heard is not there. */
export function faultsOf({ trouble, stalled, black, silent }: Condition, text: Text): Fault[] {
  const { device: d, kiosk } = text;
  const of = (device: DeviceKind, unlike: Omit<Fault, 'device' | 'retried'> | null): Fault[] => {
    const why = trouble[device];
    if (why) return [{ device, is: why, words: d[device][why], retried: true }];
    return unlike ? [{ device, retried: false, ...unlike }] : [];
  };
  const microphone = stalled.microphone
    ? { is: 'stalled' as const, words: kiosk.fault.microphoneStalled }
    : silent
      ? { is: 'silent' as const, words: kiosk.fault.silent }
      : null;
  const camera = stalled.camera
    ? { is: 'stalled' as const, words: kiosk.fault.cameraStalled }
    : black
      ? { is: 'black' as const, words: kiosk.fault.black }
      : null;
  return [...of('microphone', microphone), ...of('camera', camera)];
}
