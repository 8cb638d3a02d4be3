import { useSignal } from '@preact/signals';
import { requestOf } from '../../server/domain/floor.ts';
import { programme } from '../../server/domain/routing.ts';
import type { BrowserCommand } from '../../server/protocol/commands.ts';
import { text } from '../i18n/language.ts';
import { Notice } from '../ui/Notices.tsx';
import { toast } from '../ui/toasts.tsx';
import { useCommands } from '../ui/useCommands.ts';
import { useOwn } from '../ui/useOwn.ts';
import { useSurface } from '../ui/useSurface.ts';
import { Centre } from './Centre.tsx';
import { Header } from './Header.tsx';
import { KeySheet } from './KeySheet.tsx';
import { Roster } from './Roster.tsx';
import { Speakers } from './Speakers.tsx';
import { useKeys } from './useKeys.ts';
import './chair.css';
import './lists.css';

/** The console of the chair, and of the secretary, who sits on no seat and has no camera. */
export function Chair() {
  const { link } = useSurface();
  const { devices, presentation } = useOwn();
  const { give, refused } = useCommands();
  const helping = useSignal(false);
  const state = link.state.value;

  const giveByKey = (command: BrowserCommand | null, otherwise: string) => {
    if (!command) return toast(otherwise);
    const why = refused(command);
    if (why) toast(why, 'alarm');
    else void give(command);
  };
  const grantNext = () => {
    const cue = state && programme(state).cue;
    const request = cue && requestOf(state.floor, cue)?.id;
    const command: BrowserCommand | null = request
      ? { type: 'floor.grant', target: { request }, replace: true }
      : null;
    giveByKey(command, text.value.chair.grantNextNobody);
  };
  const revoke = () => {
    const request = state?.floor.holders[0];
    giveByKey(request ? { type: 'floor.revoke', request } : null, text.value.chair.nobodySpeaks);
  };
  const microphone = () => {
    const chair = state?.seats[state.chairPoint];
    if (chair) void give({ type: chair.muted ? 'seat.unmute' : 'seat.mute', seat: chair.id });
  };
  const help = () => {
    helping.value = true;
  };
  const search = () => document.querySelector<HTMLInputElement>('.roster input')?.focus();
  useKeys({ g: grantNext, n: grantNext, r: revoke, m: microphone, '/': search, '?': help });

  if (!state) {
    return <Notice icon="waiting" title={text.value.link.connecting} detail="" />;
  }
  return (
    <div class="console">
      <Header state={state} onHelp={help} />
      <Roster state={state} />
      <Centre state={state} devices={devices.value} presentation={presentation.value} />
      <Speakers state={state} />
      {helping.value && (
        <KeySheet
          onClose={() => {
            helping.value = false;
          }}
        />
      )}
    </div>
  );
}
