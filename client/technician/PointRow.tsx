import type { Seat } from '../../server/domain/roster.ts';
import type { DeviceState, SiteReport } from '../../server/protocol/wire.ts';
import { clockTime } from '../i18n/format.ts';
import { local, text } from '../i18n/language.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { seatIcon } from '../ui/seatIcon.ts';
import { copyText } from './copy.ts';

interface PointRowProps {
  readonly seat: Seat;
  /** What the site last said of its devices. */
  readonly report: SiteReport | undefined;
  readonly url: string | null;
}

export function PointRow({ seat, report, url }: PointRowProps) {
  const t = text.value;
  const name = local(seat.name);
  const here = seat.status === 'connected';
  return (
    <tr data-seat={seat.id} data-status={seat.status}>
      <td class="soft">{seat.order}</td>
      <th scope="row">{name}</th>
      <td class="soft">{t.kind[seat.kind]}</td>
      <td>
        <span class="status">
          <Icon name={seatIcon[seat.status]} />
          {t.seat[seat.status]}
        </span>
      </td>
      <td class="soft">{seat.firstJoinedAt === null ? '–' : clockTime(seat.since)}</td>
      <Device state={here ? report?.camera : undefined} />
      <Device state={here ? report?.microphone : undefined} />
      <td>
        <span class="link">
          {/* Long, and of use only as a whole: its end tells one from another. */}
          <code>{url === null ? '…' : url.slice(-12)}</code>
          <Button
            action="link.copy"
            icon="copy"
            label={t.technician.copyOf(name)}
            refused={url === null ? t.technician.noLinks : null}
            onPress={() => url !== null && copyText(url)}
          >
            {t.technician.copy}
          </Button>
        </span>
      </td>
    </tr>
  );
}

function Device({ state }: { readonly state: DeviceState | undefined }) {
  if (state === undefined) return <td class="soft">–</td>;
  const good = state === 'live';
  return (
    <td>
      <span class="device" data-good={good || undefined}>
        <Icon name={good ? 'check' : 'offline'} />
        {text.value.device.short[state]}
      </span>
    </td>
  );
}
