import { layouts } from '../../server/domain/briefing.ts';
import { requestOf } from '../../server/domain/floor.ts';
import { programme } from '../../server/domain/routing.ts';
import type { BrowserCommand } from '../../server/protocol/commands.ts';
import { refusalText, text } from '../i18n/language.ts';
import { toast } from '../ui/toasts.tsx';
import { useCommands } from '../ui/useCommands.ts';
import { useSurface } from '../ui/useSurface.ts';
import { oneMinute } from './floor/Holder.tsx';
import { open, place, writeTo } from './place.ts';
import { useKeys } from './useKeys.ts';

/** What each key of the console does; `keys.ts` lists them for people. */
export function useConsoleKeys(): void {
  const { link } = useSurface();
  const { give, refused } = useCommands();
  const state = link.state.value;
  const t = text.value.chair;

  const giveByKey = (command: BrowserCommand | null, otherwise: string) => {
    if (!command) return toast(otherwise);
    const why = refused(command);
    if (why) toast(why, 'alarm');
    else void give(command);
  };
  const ask = (what: 'muteOthers' | 'recess', command: BrowserCommand) => {
    const why = refused(command);
    if (why) return toast(why, 'alarm');
    if (what === 'recess') open.step.value = 'recess';
    else open.muteOthers.value = true;
  };
  const grantNext = () => {
    const cue = state && programme(state).cue;
    const request = cue && requestOf(state.floor, cue)?.id;
    const nobody = state?.phase === 'recess' ? refusalText.value.wrongPhase : t.grantNextNobody;
    giveByKey(request ? { type: 'floor.grant', target: { request }, replace: true } : null, nobody);
  };
  const holder = state?.floor.holders[0];
  const chair = state?.seats[state.chairPoint];
  useKeys({
    g: grantNext,
    n: grantNext,
    r: () => giveByKey(holder ? { type: 'floor.revoke', request: holder } : null, t.nobodySpeaks),
    t: () =>
      giveByKey(
        holder ? { type: 'floor.extend', request: holder, byMs: oneMinute } : null,
        t.nobodySpeaks,
      ),
    m: () => chair && give({ type: chair.muted ? 'seat.unmute' : 'seat.mute', seat: chair.id }),
    o: () => ask('muteOthers', { type: 'seat.muteOthers' }),
    b: () => ask('recess', { type: 'phase.step', step: 'recess' }),
    c: () => writeTo(place.looking.value),
    f: () => document.querySelector<HTMLInputElement>('.roster input')?.focus(),
    x: () => {
      place.looking.value = null;
    },
    '/': () => {
      open.call.value = true;
    },
    '?': () => {
      open.help.value = true;
    },
    ...Object.fromEntries(
      layouts.map((layout, index) => [
        String(index + 1),
        () => state?.layout !== layout && giveByKey({ type: 'layout.set', layout }, ''),
      ]),
    ),
  });
}
