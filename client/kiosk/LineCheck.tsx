import { useSignal, useSignalEffect } from '@preact/signals';
import type { SiteReading } from '../../server/protocol/measures.ts';
import { text } from '../i18n/language.ts';
import type { Devices } from '../media/devices.ts';
import { playTestTone } from '../media/testTone.ts';
import { Button } from '../ui/Button.tsx';
import { Icon, type IconName } from '../ui/Icon.tsx';
import { Meter } from '../ui/Meter.tsx';
import { useSurface } from '../ui/useSurface.ts';
import { type CheckResult, checkSite, summary } from './checkSite.ts';
import type { Fault } from './faults.ts';
import { isWholePage } from './screen.ts';
import { useLevel } from './senses.ts';

interface LineCheckProps {
  readonly devices: Devices | null;
  readonly machine: readonly MediaDeviceInfo[] | null;
  readonly faults: readonly Fault[];
  readonly reading: SiteReading | null;
}

const icons: Record<CheckResult['check'], IconName> = {
  camera: 'camera',
  microphone: 'microphone',
  loudspeaker: 'sound',
  line: 'line',
};
const marks: Record<CheckResult['is'], IconName> = {
  good: 'online',
  going: 'waiting',
  wanting: 'alert',
};
/** Louder than this somebody has spoken, in dBFS. */
const spoken = -50;
/** The quietest that a level's bar shows, in dBFS. */
const floor = -70;

/** Camera, microphone, loudspeaker and line, each with how it is: what a clerk looks at beforehand. */
export function LineCheck({ devices, machine, faults, reading }: LineCheckProps) {
  const { link, media, sound } = useSurface();
  const t = text.value;
  const microphone = devices?.track('microphone').value ?? null;
  // Seventy-one of them in one rehearsal need not all compute their level.
  const level = useLevel(isWholePage() ? microphone : null);
  const heard = useSignal(false);
  useSignalEffect(() => {
    if ((level.value ?? floor) > spoken) heard.value = true;
  });
  const results = checkSite(
    {
      there: { camera: !!devices?.track('camera').value, microphone: microphone !== null },
      faults,
      heard: heard.value,
      loudspeaker: loudspeakerOf(machine, sound.loudspeaker.value, sound.blocked.value),
      connected: link.live.value,
      open: media.status.value === 'open',
      reading,
    },
    t,
  );
  return (
    <section class="check" aria-label={t.kiosk.check.title}>
      <ul>
        {results.map(({ check, is, words }) => (
          <li key={check} data-check={check} data-is={is}>
            <strong>
              <Icon name={icons[check]} />
              {t.kiosk.check[check]}
            </strong>
            <span class="outcome">
              <Icon name={marks[is]} />
              {words}
            </span>
            {check === 'microphone' && microphone && <Level of={level} />}
            {check === 'loudspeaker' && (
              <Button
                action="check.tone"
                icon="play"
                onPress={() => playTestTone(sound.loudspeaker.peek())}
              >
                {t.kiosk.check.playTone}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <p class="hidden" role="status">
        {summary(results, t)}
      </p>
    </section>
  );
}

/** Apart, because it is drawn ten times a second. */
function Level({ of }: { readonly of: ReturnType<typeof useLevel> }) {
  const t = text.value.kiosk.check;
  const decibels = Math.round(of.value ?? floor);
  return (
    <Meter
      label={t.level}
      min={floor}
      max={0}
      value={decibels}
      words={t.loudness(String(decibels))}
    />
  );
}

function loudspeakerOf(
  machine: readonly MediaDeviceInfo[] | null,
  chosen: string,
  blocked: boolean,
): Parameters<typeof checkSite>[0]['loudspeaker'] {
  if (blocked) return { is: 'blocked', name: '' };
  const loudspeakers = machine?.filter((d) => d.kind === 'audiooutput') ?? [];
  const named = loudspeakers.find((d) => d.deviceId === chosen) ?? loudspeakers[0];
  if (named) return { is: 'there', name: named.label };
  // Where nobody can choose a loudspeaker, the browser does not say which there are either.
  const tells = 'setSinkId' in HTMLMediaElement.prototype;
  return { is: tells && machine !== null ? 'none' : 'unknown', name: '' };
}
