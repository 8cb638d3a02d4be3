import type { ComponentChildren } from 'preact';
import { text } from '../i18n/language.ts';
import { Button } from './Button.tsx';
import { Dialog } from './Dialog.tsx';

export interface KeyGroup {
  readonly title?: string | undefined;
  readonly keys: readonly { readonly keys: readonly string[]; readonly does: string }[];
}

interface HelpSheetProps {
  readonly groups: readonly KeyGroup[];
  readonly onClose: () => void;
  /** What else there is to say or set about keys. */
  readonly children?: ComponentChildren;
}

/** Which keys do what. */
export function HelpSheet({ groups, onClose, children }: HelpSheetProps) {
  const t = text.value.dialog;
  return (
    <Dialog title={t.keys} onClose={onClose}>
      <div class="help-sheet">
        {groups.map((group, index) => (
          <section key={group.title ?? index}>
            {group.title && <h3>{group.title}</h3>}
            <dl>
              {group.keys.map(({ keys, does }) => (
                <div key={does}>
                  <dt>
                    {keys.map((key) => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      {children}
      <div class="answers">
        <Button action="dialog.cancel" onPress={onClose}>
          {t.close}
        </Button>
      </div>
    </Dialog>
  );
}
