import { useSignal } from '@preact/signals';
import { useLayoutEffect } from 'preact/hooks';
import { text } from '../i18n/language.ts';
import { Button } from '../ui/Button.tsx';
import { bind, binding, keyName, mayBind } from './binding.ts';
import { onInput } from './inputs.ts';

type Asking = 'no' | 'yes' | 'taken';

/** Which key, foot switch or gamepad button asks for the floor: the next one that is pressed. */
export function KeySetting() {
  const asking = useSignal<Asking>('no');
  const t = text.value.kiosk.settings;
  const asks = asking.value !== 'no';
  // Listening begins with the words that ask for a key, not a frame after them.
  useLayoutEffect(() => {
    if (!asks) return;
    return onInput((input) => {
      if (input.by === 'gamepad') {
        bind({ button: input.button });
        asking.value = 'no';
        return true;
      }
      // Escape closes the whole sheet, as everywhere, and Tab goes on to the next control.
      if (['Escape', 'Tab'].includes(input.code)) {
        asking.value = 'no';
        return false;
      }
      if (mayBind(input.code)) {
        bind({ code: input.code, name: keyName(input.key, input.code) });
        asking.value = 'no';
      } else {
        asking.value = 'taken';
      }
      return true;
    });
  }, [asks, asking]);
  const words = {
    no: t.keyIs(binding.value.name, String(binding.value.button + 1)),
    yes: t.pressKey,
    taken: t.keyTaken,
  }[asking.value];
  return (
    <div class="setting" data-asking={asking.value}>
      <p role="status">{words}</p>
      <Button
        action="settings.key"
        icon="keys"
        onPress={() => {
          asking.value = asks ? 'no' : 'yes';
        }}
      >
        {t.changeKey}
      </Button>
    </div>
  );
}
