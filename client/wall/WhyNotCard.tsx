import type { Instant } from '../../server/domain/ids.ts';
import { minuteTime } from '../i18n/format.ts';
import { text } from '../i18n/language.ts';
import { Icon, type IconName } from '../ui/Icon.tsx';
import { isFault, type WhyNot } from './stand.ts';

const icons: Record<WhyNot, IconName> = {
  lost: 'offline',
  expected: 'absent',
  excused: 'excused',
  missing: 'cameraOff',
  busy: 'cameraOff',
  denied: 'lock',
  insecure: 'lock',
  still: 'alert',
  waiting: 'waiting',
};

interface WhyNotProps {
  readonly why: WhyNot;
  readonly since: Instant | null;
}

/** In place of a picture: in words why there is none, and since when. */
export function WhyNotCard({ why, since }: WhyNotProps) {
  const t = text.value;
  return (
    <p class="why" data-why={why} data-fault={isFault(why) ? '' : undefined}>
      <Icon name={icons[why]} />
      <span>{t.wall.why[why]}</span>
      {since !== null && (
        <time dateTime={new Date(since).toISOString()}>{t.wall.since(minuteTime(since))}</time>
      )}
    </p>
  );
}
