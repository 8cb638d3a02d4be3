import { text } from '../i18n/language.ts';
import { Button } from './Button.tsx';
import { switchTheme, theme } from './theme.ts';

/** Dark for the control room, light for bright rooms. */
export function ThemeSwitch() {
  const t = text.value.theme;
  const dark = theme.value === 'dark';
  return (
    <Button
      action="theme.switch"
      icon={dark ? 'sun' : 'moon'}
      look="quiet"
      label={dark ? t.toLight : t.toDark}
      onPress={switchTheme}
    />
  );
}
