import { text } from '../i18n/language.ts';
import { checking } from '../media/lineCheck/obeyChecks.ts';
import { Icon } from '../ui/Icon.tsx';
import { useSurface } from '../ui/useSurface.ts';
import './whisper.css';

/** To the people in a room: why their microphone is open though nobody has called on them. */
export function AsideNotice() {
  const { link } = useSurface();
  const t = text.value.whisper;
  if (link.whisper.value) {
    return (
      <div class="banner" data-banner="whisper">
        <Icon name="phone" />
        <span class="words">
          <strong>{t.atSite}</strong>
          <span class="detail">{t.atSiteDetail}</span>
        </span>
      </div>
    );
  }
  const order = checking.value;
  if (!order) return null;
  return (
    <div class="banner" data-banner="checking">
      <Icon name="activity" />
      <span class="words">
        <strong>{t.checking}</strong>
        <span class="detail">{order.chime ? t.checkingDetail : t.onDetail}</span>
      </span>
    </div>
  );
}
