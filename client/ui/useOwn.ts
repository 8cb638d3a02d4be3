import { type ReadonlySignal, useComputed } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { Devices } from '../media/devices.ts';
import { sendOwnDevices } from '../media/ownDevices.ts';
import { Presentation } from '../media/presentation.ts';
import { useSurface } from './useSurface.ts';

interface Own {
  readonly devices: ReadonlySignal<Devices | null>;
  /** Null while this page sits on no seat. */
  readonly presentation: ReadonlySignal<Presentation | null>;
}

/** What a page that sits on a seat sends: its devices, and its screen when asked to. */
export function useOwn(): Own {
  const { link, media } = useSurface();
  const devices = useMemo(() => sendOwnDevices(link, media), [link, media]);
  const seat = useComputed(() => link.welcome.value?.seat ?? null);
  const presentation = useComputed(() =>
    seat.value === null ? null : new Presentation({ link, media, seat: seat.value }),
  );
  const present = presentation.value;
  useEffect(() => () => present?.close(), [present]);
  return { devices, presentation };
}
