import { useSignal } from '@preact/signals';
import type { BriefingState } from '../../server/domain/briefing.ts';
import type { SeatId } from '../../server/domain/ids.ts';
import { programme } from '../../server/domain/routing.ts';
import type { SiteReading } from '../../server/protocol/measures.ts';
import { text } from '../i18n/language.ts';
import type { Devices } from '../media/devices.ts';
import type { Presentation } from '../media/presentation.ts';
import { streamKey } from '../media/streamKey.ts';
import { Stage } from '../ui/stage/Stage.tsx';
import { useSurface } from '../ui/useSurface.ts';
import { Banners } from './Banners.tsx';
import { Cards } from './cards/Cards.tsx';
import { FloorBar } from './FloorBar.tsx';
import { Holding } from './Holding.tsx';
import { LineCheck } from './LineCheck.tsx';
import { OwnPicture } from './OwnPicture.tsx';
import { DeclarationForm } from './papers/DeclarationForm.tsx';
import { DeclarationLine } from './papers/DeclarationLine.tsx';
import { standOf } from './stand.ts';
import { useCondition } from './useCondition.ts';
import { useCovered } from './useCovered.ts';
import { useLoudspeaker } from './useLoudspeaker.ts';
import { useMachine } from './useMachine.ts';

interface SiteProps {
  readonly state: BriefingState;
  readonly seat: SeatId;
  readonly devices: Devices | null;
  readonly presentation: Presentation | null;
  readonly reading: SiteReading | null;
  readonly onLeave: () => void;
}

/** A point in its briefing: the programme or the holding picture, and what this point can do. */
export function Site(props: SiteProps) {
  const { state, seat, devices, presentation, reading, onLeave } = props;
  const { link, media, frames } = useSurface();
  const { foot, covered } = useCovered();
  const stand = standOf(state, seat);
  const { live, chair, speakers } = programme(state);
  const muted = state.seats[seat]?.muted ?? false;
  const open = live && stand.is === 'onAir' && !muted && link.live.value;
  const faults = useCondition({ devices, open, black: reading?.sent.dark === true });
  const machine = useMachine(devices);
  useLoudspeaker(machine.value);
  const pictured = [chair, ...speakers].some((speaker) => {
    const key = streamKey(speaker, 'camera');
    return frames.has(key, media.streams.value.get(key));
  });
  const holding = !live || !pictured;
  const early = state.phase === 'scheduled' || state.phase === 'gathering';
  const undeclared = early && !Object.hasOwn(state.rollCall, seat);
  // Here, since the holding picture may go while somebody types.
  const declaring = useSignal(false);
  const declare = () => {
    declaring.value = true;
  };
  return (
    <main class="kiosk" data-stand={stand.is}>
      <Stage hidden={seat} covered={covered.value} />
      {holding && (
        <Holding state={state} seat={seat}>
          {early && (
            <>
              <DeclarationLine state={state} seat={seat} onDeclare={declare} />
              <LineCheck
                devices={devices}
                machine={machine.value}
                faults={faults}
                reading={reading}
              />
            </>
          )}
        </Holding>
      )}
      <Banners
        state={state}
        seat={seat}
        stand={stand}
        // The check says it already, where it is shown.
        faults={holding && early ? [] : faults}
      />
      <OwnPicture seat={seat} devices={devices} large={stand.is === 'queued' && stand.next} />
      <div class="foot" ref={foot}>
        {/* The holding picture asks for it where it is shown. */}
        {undeclared && !holding && (
          <section class="slip" aria-label={text.value.kiosk.rollCall.title}>
            <DeclarationLine state={state} seat={seat} onDeclare={declare} />
          </section>
        )}
        <Cards state={state} seat={seat} />
        <FloorBar
          state={state}
          seat={seat}
          stand={stand}
          devices={devices}
          machine={machine.value}
          presentation={presentation}
          named={holding}
          onDeclare={declare}
          onLeave={onLeave}
        />
      </div>
      {declaring.value && (
        <DeclarationForm
          state={state}
          seat={seat}
          onClose={() => {
            declaring.value = false;
          }}
        />
      )}
    </main>
  );
}
