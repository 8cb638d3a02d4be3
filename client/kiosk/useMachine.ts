import { type ReadonlySignal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Devices } from '../media/devices.ts';
import { allDevices } from '../media/remembered.ts';

/** What is plugged into this machine, looked at anew whenever that may have changed. */
export function useMachine(
  devices: Devices | null,
): ReadonlySignal<readonly MediaDeviceInfo[] | null> {
  const found = useSignal<readonly MediaDeviceInfo[] | null>(null);
  // With the first leave to use a device the browser begins to name them all.
  const camera = devices?.track('camera').value;
  const microphone = devices?.track('microphone').value;
  useEffect(() => {
    const look = async () => {
      found.value = await allDevices();
    };
    void look();
    const onChange = () => void look();
    navigator.mediaDevices?.addEventListener('devicechange', onChange);
    return () => navigator.mediaDevices?.removeEventListener('devicechange', onChange);
  }, [camera, microphone, found]);
  return found;
}
