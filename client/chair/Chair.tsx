import { text } from '../i18n/language.ts';
import { Notice } from '../ui/Notices.tsx';
import { useOwn } from '../ui/useOwn.ts';
import { useSurface } from '../ui/useSurface.ts';
import { WhisperBar } from '../whisper/WhisperBar.tsx';
import { Announcer } from './Announcer.tsx';
import { QuickCall } from './call/QuickCall.tsx';
import { Centre } from './centre/Centre.tsx';
import { Speakers } from './floor/Speakers.tsx';
import { Header } from './Header.tsx';
import { KeySheet } from './KeySheet.tsx';
import { open } from './place.ts';
import { Roster } from './roster/Roster.tsx';
import { useConsoleKeys } from './useConsoleKeys.ts';
import './chair.css';
import './centre.css';
import './lists.css';
import './floor.css';
import './panel.css';
import './business.css';
import './votes.css';
import './desk.css';

/** The console of the chair, and of the secretary, who sits on no seat and has no camera. */
export function Chair() {
  const { link } = useSurface();
  const { devices, presentation } = useOwn();
  useConsoleKeys();
  const state = link.state.value;
  if (!state) {
    return <Notice icon="waiting" title={text.value.link.connecting} detail="" />;
  }
  return (
    <div class="console">
      <Header state={state} />
      <Roster state={state} />
      <Centre state={state} devices={devices.value} presentation={presentation.value} />
      <Speakers state={state} />
      <Announcer state={state} />
      <WhisperBar />
      {open.call.value && (
        <QuickCall
          state={state}
          onClose={() => {
            open.call.value = false;
          }}
        />
      )}
      {open.help.value && (
        <KeySheet
          onClose={() => {
            open.help.value = false;
          }}
        />
      )}
    </div>
  );
}
