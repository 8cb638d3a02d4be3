import { useSignal } from '@preact/signals';
import { text } from '../i18n/language.ts';
import type { Devices } from '../media/devices.ts';
import { Button } from '../ui/Button.tsx';
import { Confirm } from '../ui/Confirm.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { ThemeSwitch } from '../ui/ThemeSwitch.tsx';
import { DeviceSettings } from './DeviceSettings.tsx';
import { enrolled, forgetEnrolment } from './enrolment.ts';
import { KeySetting } from './KeySetting.tsx';

interface SettingsProps {
  readonly devices: Devices | null;
  readonly machine: readonly MediaDeviceInfo[] | null;
  readonly onLeave: () => void;
  readonly onClose: () => void;
}

/** What a technician sets up once at this machine; it is remembered on it. */
export function Settings({ devices, machine, onLeave, onClose }: SettingsProps) {
  const leaving = useSignal(false);
  const kept = useSignal(enrolled() !== null);
  const t = text.value.kiosk;
  if (leaving.value) {
    return (
      <Confirm
        title={t.leaveTitle}
        detail={t.leaveDetail}
        confirm={t.leave}
        onConfirm={onLeave}
        onClose={onClose}
      />
    );
  }
  return (
    <Dialog title={t.settings.title} onClose={onClose}>
      <div class="settings">
        <section>
          <h3>{t.settings.devices}</h3>
          <DeviceSettings devices={devices} machine={machine} />
        </section>
        <section>
          <h3>{t.settings.key}</h3>
          <KeySetting />
        </section>
        <section>
          <h3>{t.settings.keep}</h3>
          <div class="setting">
            <p>{kept.value ? t.settings.kept : t.settings.notKept}</p>
            {kept.value && (
              <Button
                action="settings.forget"
                icon="trash"
                onPress={() => {
                  forgetEnrolment();
                  kept.value = false;
                }}
              >
                {t.settings.forget}
              </Button>
            )}
          </div>
        </section>
      </div>
      <div class="answers">
        <ThemeSwitch />
        <Button
          action="seat.leave"
          icon="leave"
          onPress={() => {
            leaving.value = true;
          }}
        >
          {t.leave}
        </Button>
        <Button action="settings.close" look="accent" onPress={onClose}>
          {t.settings.close}
        </Button>
      </div>
    </Dialog>
  );
}
