import { days, duration } from '../i18n/format.ts';
import { text } from '../i18n/language.ts';
import { Figures } from '../ui/Figures.tsx';
import { useSurface } from '../ui/useSurface.ts';
import { countdown } from './untilStart.ts';

/** How long it is to the hour of the invitation; nothing where that has long passed. */
export function Countdown({ startsAt }: { readonly startsAt: string }) {
  const { link } = useSurface();
  const t = text.value.kiosk;
  const left = countdown(startsAt, link.clock.second.value);
  if (!left) return null;
  if (left.is === 'now') {
    return (
      <p class="countdown" data-countdown="now">
        {t.startsNow}
      </p>
    );
  }
  const time = left.is === 'days' ? days(left.days) : duration(left.left);
  // The words stand round the figures, which change in place.
  const [before = '', after = ''] = t.startsIn('\n').split('\n');
  return (
    <p class="countdown" data-countdown={left.is} role="timer">
      {before}
      <b>
        <Figures value={time} />
      </b>
      {after}
    </p>
  );
}
