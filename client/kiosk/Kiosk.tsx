import { useSignal, useSignalEffect } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { text } from '../i18n/language.ts';
import { ComeBack, Notice } from '../ui/Notices.tsx';
import { useOwn } from '../ui/useOwn.ts';
import { useSurface } from '../ui/useSurface.ts';
import { keepEnrolment } from './enrolment.ts';
import { freeKeys } from './freeKeys.ts';
import { Holding } from './Holding.tsx';
import { Site } from './Site.tsx';
import { fillAtFirstGesture, keepAwake } from './screen.ts';
import './holding.css';
import './banners.css';
import './settings.css';
import './bar.css';
import './kiosk.css';
import './cards/cards.css';
import './papers/papers.css';

/** A site's unattended screen, from power-on to the end. */
export function Kiosk() {
  const { link, media, pass } = useSurface();
  const { devices, presentation, reading } = useOwn();
  const left = useSignal(false);
  useSignalEffect(() => {
    if (link.welcome.value?.role === 'point') keepEnrolment(pass);
  });
  useEffect(keepAwake, []);
  useEffect(freeKeys, []);
  useEffect(fillAtFirstGesture, []);
  const state = link.state.value;
  const seat = link.welcome.value?.seat ?? null;
  if (left.value) {
    const t = text.value.kiosk;
    return (
      <Notice icon="leave" title={t.left} detail={t.leftDetail}>
        <ComeBack label={text.value.putOut.comeBack} onPress={() => location.reload()} />
      </Notice>
    );
  }
  if (!state || seat === null) {
    return (
      <main class="kiosk">
        <Holding state={state} seat={seat} />
      </main>
    );
  }
  return (
    <Site
      state={state}
      seat={seat}
      devices={devices.value}
      presentation={presentation.value}
      reading={reading.value}
      onLeave={() => {
        left.value = true;
        media.close();
        devices.value?.close();
        void link.leave();
      }}
    />
  );
}
