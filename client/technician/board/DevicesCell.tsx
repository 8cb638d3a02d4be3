import type { Seat } from '../../../server/domain/roster.ts';
import { text } from '../../i18n/language.ts';
import { Icon } from '../../ui/Icon.tsx';
import { useSurface } from '../../ui/useSurface.ts';
import { nothing } from './words.ts';

/** Camera and microphone: there, or why not. */
export function DevicesCell({ seat }: { readonly seat: Seat }) {
  const { link } = useSurface();
  const report = seat.status === 'connected' ? link.sites.value.get(seat.id) : undefined;
  if (!report) return <span class="soft">{nothing}</span>;
  const t = text.value;
  return (
    <span class="devices">
      {(['camera', 'microphone'] as const).map((kind) => {
        const state = report[kind];
        const good = state === 'live';
        const words = t.technician.reason[kind](t.device.short[state]);
        return (
          <span
            class="device"
            key={kind}
            title={words}
            data-device={kind}
            data-good={good || undefined}
          >
            <Icon name={good ? kind : `${kind}Off`} />
            <span class="hidden">{words}</span>
          </span>
        );
      })}
    </span>
  );
}
