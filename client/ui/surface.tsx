import { effect } from '@preact/signals';
import { type ComponentType, render } from 'preact';
import { timeZone } from '../i18n/format.ts';
import { language, text } from '../i18n/language.ts';
import { Link } from '../link/link.ts';
import { passOf } from '../link/pass.ts';
import { Frames } from '../media/frames.ts';
import { Media } from '../media/media.ts';
import { exposeProbe } from '../media/probe.ts';
import { Sound } from '../media/sound.ts';
import { NoPass, Notices } from './Notices.tsx';
import { theme } from './theme.ts';
import { Toasts } from './toasts.tsx';
import { type Surface, SurfaceContext, type SurfaceName } from './useSurface.ts';
import './base.css';
import './overlay.css';

/** Starts a page: one line to the server, one media, and `App` under them. */
export function startSurface(name: SurfaceName, App: ComponentType): void {
  const root = document.getElementById('app');
  if (!root) throw new Error('no #app in the page');
  // Another pass in the address is another seat: start from nothing.
  addEventListener('hashchange', () => location.reload());
  const pass = passOf(location.hash);
  effect(() => {
    document.documentElement.lang = language.value;
    document.documentElement.dataset.theme = theme.value;
    document.title = text.value.surface[name];
  });
  if (pass === null) {
    render(<NoPass />, root);
    return;
  }
  const link = new Link({ pass, page: crypto.randomUUID() });
  const media = new Media(link);
  const surface: Surface = {
    name,
    pass,
    link,
    media,
    frames: new Frames(),
    sound: new Sound(media.chosen),
  };
  exposeProbe(surface);
  effect(() => {
    // The whole briefing goes by one clock, whatever zone a machine was set up for.
    timeZone.value = link.state.value?.timeZone;
  });
  effect(() => {
    document.body.dataset.state = link.status.value.is;
    const { title, seats } = link.state.value ?? {};
    const seat = seats?.[link.welcome.value?.seat ?? ''];
    const about = seat?.name[language.value] ?? title?.[language.value];
    document.title = [about, text.value.surface[name]].filter(Boolean).join(' · ');
  });
  render(
    <SurfaceContext.Provider value={surface}>
      <App />
      <Notices />
      <Toasts />
    </SurfaceContext.Provider>,
    root,
  );
}
