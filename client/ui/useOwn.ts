import { type ReadonlySignal, useComputed, useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { SiteReading } from '../../server/protocol/measures.ts';
import { obeyActs } from '../media/acts.ts';
import type { Devices } from '../media/devices.ts';
import { obeyChecks } from '../media/lineCheck/obeyChecks.ts';
import { sendOwnDevices } from '../media/ownDevices.ts';
import { Presentation } from '../media/presentation.ts';
import { reportSite } from '../media/siteReports.ts';
import { obeyWhisper } from '../whisper/obeyWhisper.ts';
import { useSurface } from './useSurface.ts';

interface Own {
  readonly devices: ReadonlySignal<Devices | null>;
  /** Null while this page sits on no seat. */
  readonly presentation: ReadonlySignal<Presentation | null>;
  /** What this page last measured of its media; null before. */
  readonly reading: ReadonlySignal<SiteReading | null>;
}

/** What a page that sits on a seat sends: its devices, and its screen when asked to. */
export function useOwn(): Own {
  const { link, media, sound } = useSurface();
  const reading = useSignal<SiteReading | null>(null);
  const devices = useMemo(() => sendOwnDevices(link, media), [link, media]);
  useEffect(() => {
    const onReading = (last: SiteReading) => {
      reading.value = last;
    };
    const stopReports = reportSite({ link, media, devices, onReading });
    const stopChecks = obeyChecks({ link, media, sound, devices });
    const stopWhisper = obeyWhisper({ link, media, sound, devices });
    const stopActs = obeyActs({ link, media, devices, reload: () => location.reload() });
    return () => {
      stopReports();
      stopChecks();
      stopWhisper();
      stopActs();
    };
  }, [link, media, sound, devices, reading]);
  const seat = useComputed(() => link.welcome.value?.seat ?? null);
  const presentation = useComputed(() =>
    seat.value === null ? null : new Presentation({ link, media, seat: seat.value }),
  );
  const present = presentation.value;
  useEffect(() => () => present?.close(), [present]);
  return { devices, presentation, reading };
}
