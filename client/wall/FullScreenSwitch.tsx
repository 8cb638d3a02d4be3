import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { text } from '../i18n/language.ts';
import { Button } from '../ui/Button.tsx';

/** A board without the browser round it. */
export function FullScreenSwitch() {
  const t = text.value.wall;
  const full = useSignal(document.fullscreenElement !== null);
  useEffect(() => {
    const look = () => {
      full.value = document.fullscreenElement !== null;
    };
    document.addEventListener('fullscreenchange', look);
    return () => document.removeEventListener('fullscreenchange', look);
  }, []);
  if (!document.fullscreenEnabled) return null;
  const change = () =>
    // A browser that says no leaves everything as it is.
    (full.value ? document.exitFullscreen() : document.documentElement.requestFullscreen()).catch(
      () => undefined,
    );
  return (
    <Button
      action="wall.fullScreen"
      icon={full.value ? 'fullscreenOff' : 'fullscreen'}
      look="quiet"
      label={full.value ? t.leaveFullScreen : t.fullScreen}
      onPress={change}
    />
  );
}
