import { useSignal } from '@preact/signals';
import { text } from '../i18n/language.ts';
import type { Devices } from '../media/devices.ts';
import {
  type Chosen,
  chosenDevice,
  type DeviceRole,
  devicesFor,
  findChosen,
} from '../media/remembered.ts';
import { playTestTone } from '../media/testTone.ts';
import { Button } from '../ui/Button.tsx';
import { Select } from '../ui/Field.tsx';
import { useSurface } from '../ui/useSurface.ts';
import { chooseLoudspeaker } from './useLoudspeaker.ts';

interface DeviceSettingsProps {
  readonly devices: Devices | null;
  readonly machine: readonly MediaDeviceInfo[] | null;
}

const roles = ['camera', 'microphone', 'loudspeaker'] as const satisfies DeviceRole[];

/** Which camera, microphone and loudspeaker this machine uses. */
export function DeviceSettings({ devices, machine }: DeviceSettingsProps) {
  const { sound } = useSurface();
  const changes = useSignal(0);
  const t = text.value.kiosk;
  const choose = (role: DeviceRole, chosen: Chosen | null) => {
    if (role === 'loudspeaker') chooseLoudspeaker(sound, chosen, machine);
    else devices?.choose(role, chosen);
    changes.value++;
  };
  return (
    <div class="device-settings" data-changes={changes.value}>
      {roles.map((role) => (
        <DeviceChoice
          key={role}
          role={role}
          machine={machine ?? []}
          track={role === 'loudspeaker' ? null : (devices?.track(role).value ?? null)}
          onChoose={(chosen) => choose(role, chosen)}
        />
      ))}
      <div class="setting">
        <Button
          action="check.tone"
          icon="play"
          onPress={() => playTestTone(sound.loudspeaker.peek())}
        >
          {t.check.playTone}
        </Button>
        <Button action="settings.redetect" icon="reload" onPress={() => devices?.redetect()}>
          {t.settings.retry}
        </Button>
      </div>
    </div>
  );
}

interface DeviceChoiceProps {
  readonly role: DeviceRole;
  readonly machine: readonly MediaDeviceInfo[];
  readonly track: MediaStreamTrack | null;
  readonly onChoose: (chosen: Chosen | null) => void;
}

function DeviceChoice({ role, machine, track, onChoose }: DeviceChoiceProps) {
  const t = text.value.kiosk;
  const chosen = chosenDevice(role);
  const there = devicesFor(role, machine);
  const found = findChosen(role, chosen, there);
  const options = [
    { value: '', label: t.settings.automatic },
    ...there.map(({ deviceId, label }, index) => ({
      value: deviceId,
      label: label || t.settings.unnamed(String(index + 1)),
    })),
    // It stays chosen: once it is plugged in again, it is used again.
    ...(chosen && !found ? [{ value: chosen.id, label: t.settings.absent(chosen.label) }] : []),
  ];
  const inUse = track?.label ?? '';
  const automatic = chosen === null ? t.settings.using(inUse) : undefined;
  const hint = chosen && !found ? t.settings.standsIn(inUse) : automatic;
  return (
    <Select
      action={`settings.${role}`}
      label={t.check[role]}
      hint={inUse === '' ? undefined : hint}
      options={options}
      value={found?.deviceId ?? chosen?.id ?? ''}
      onValue={(id) => {
        const device = there.find((d) => d.deviceId === id);
        if (device) onChoose({ id, label: device.label });
        else if (id === '') onChoose(null);
      }}
    />
  );
}
