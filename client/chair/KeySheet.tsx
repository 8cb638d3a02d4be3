import { text } from '../i18n/language.ts';
import { Button } from '../ui/Button.tsx';
import { HelpSheet } from '../ui/HelpSheet.tsx';
import { keyGroups, letterKeys, switchLetterKeys } from './keys.ts';

/** Which keys do what, and whether single letters do anything. */
export function KeySheet({ onClose }: { readonly onClose: () => void }) {
  const t = text.value.chair.keys;
  return (
    <HelpSheet groups={keyGroups(text.value)} onClose={onClose}>
      <p class="key-switch">
        <Button
          action="keys.letters"
          icon={letterKeys.value ? 'check' : 'cross'}
          pressed={letterKeys.value}
          onPress={switchLetterKeys}
        >
          {t.letters}
        </Button>
        <span class="small soft">{t.lettersDetail}</span>
      </p>
    </HelpSheet>
  );
}
