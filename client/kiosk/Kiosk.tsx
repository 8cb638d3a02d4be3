import { useSignal } from '@preact/signals';
import { programme } from '../../server/domain/routing.ts';
import { text } from '../i18n/language.ts';
import { streamKey } from '../media/streamKey.ts';
import { ComeBack, Notice } from '../ui/Notices.tsx';
import { Stage } from '../ui/stage/Stage.tsx';
import { useOwn } from '../ui/useOwn.ts';
import { useSurface } from '../ui/useSurface.ts';
import { Banners } from './Banners.tsx';
import { FloorBar } from './FloorBar.tsx';
import { Holding } from './Holding.tsx';
import { OwnPicture } from './OwnPicture.tsx';
import { standOf } from './stand.ts';
import './kiosk.css';

/** How much of the height the bar covers, in percent: it must match `--bar` in kiosk.css. */
const barHeight = 10.5;

export function Kiosk() {
  const { link, media, frames } = useSurface();
  const { devices, presentation } = useOwn();
  const left = useSignal(false);
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
  if (!state || seat === null) return <Holding state={state} seat={seat} />;
  const stand = standOf(state, seat);
  const { live, chair, speakers } = programme(state);
  const pictured = [chair, ...speakers].some((speaker) => {
    const key = streamKey(speaker, 'camera');
    return frames.has(key, media.streams.value.get(key));
  });
  return (
    <main class="kiosk" data-stand={stand.is}>
      <Stage hidden={seat} covered={barHeight} />
      {(!live || !pictured) && <Holding state={state} seat={seat} />}
      <Banners
        state={state}
        seat={seat}
        stand={stand}
        trouble={devices.value?.trouble('microphone').value ?? null}
      />
      <OwnPicture seat={seat} devices={devices.value} large={stand.is === 'queued' && stand.next} />
      <FloorBar
        state={state}
        seat={seat}
        stand={stand}
        presentation={presentation.value}
        onLeave={() => {
          left.value = true;
          media.close();
          devices.value?.close();
          void link.leave();
        }}
      />
    </main>
  );
}
