import { switchLanguage, text } from '../i18n/language.ts';
import { Button } from './Button.tsx';

export function LanguageSwitch() {
  const t = text.value.language;
  return (
    <Button
      action="language.switch"
      icon="language"
      look="quiet"
      label={t.switchHint}
      onPress={switchLanguage}
    >
      {t.switchTo}
    </Button>
  );
}
