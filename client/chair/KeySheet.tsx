import { text } from '../i18n/language.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';

/** Which keys do what. */
export function KeySheet({ onClose }: { readonly onClose: () => void }) {
  const t = text.value.chair;
  const sheet: readonly (readonly [readonly string[], string])[] = [
    [['G', 'N'], t.keys.grantNext],
    [['R'], t.keys.revoke],
    [['M'], t.keys.microphone],
    [['/'], t.keys.search],
    [['Esc'], t.keys.escape],
    [['?'], t.keys.help],
  ];
  return (
    <Dialog title={t.help} onClose={onClose}>
      <dl class="keys">
        {sheet.map(([keys, what]) => (
          <div key={what}>
            <dt>
              {keys.map((k) => (
                <kbd key={k}>{k}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <div class="answers">
        <Button action="dialog.cancel" onPress={onClose}>
          {t.close}
        </Button>
      </div>
    </Dialog>
  );
}
