import { effect } from '@preact/signals';
import { render } from 'preact';
import { language, text } from '../i18n/language.ts';
import { passOf } from '../link/pass.ts';
import { NoPass } from '../ui/Notices.tsx';
import { theme } from '../ui/theme.ts';
import { Toasts } from '../ui/toasts.tsx';
import { OfficeApi } from './api.ts';
import { Desk } from './desk.ts';
import { Planning } from './Planning.tsx';
import '../ui/base.css';
import '../ui/overlay.css';

/** A page of forms over the API: it has neither a line to a briefing nor media. */
function start(root: HTMLElement): void {
  addEventListener('hashchange', () => location.reload());
  effect(() => {
    document.documentElement.lang = language.value;
    document.documentElement.dataset.theme = theme.value;
    document.title = text.value.surface.planning;
  });
  const pass = passOf(location.hash);
  if (pass === null) {
    render(<NoPass />, root);
    return;
  }
  const desk = new Desk(new OfficeApi(pass));
  desk.start();
  render(
    <>
      <Planning desk={desk} />
      <Toasts />
    </>,
    root,
  );
}

const root = document.getElementById('app');
if (!root) throw new Error('no #app in the page');
start(root);
