import type { BrowserCommand } from '../../server/protocol/commands.ts';
import { refusalText, text } from '../i18n/language.ts';
import type { Link } from '../link/link.ts';
import { refusalOf } from './refusalOf.ts';
import { sayOutcome } from './toasts.tsx';
import { useSurface } from './useSurface.ts';

export interface Commands {
  /** Gives a command, and says in words when it was not done. */
  readonly give: (command: BrowserCommand) => Promise<void>;
  /** Why a command cannot be given now, in words; null when it can. */
  readonly refused: (command: BrowserCommand) => string | null;
}

/** This page's commands, by its own role and seat. */
export const useCommands = (): Commands => commandsOf(useSurface().link);

/** The same outside of drawing; whoever asks what is refused follows what that depends on. */
export function commandsOf(link: Link): Commands {
  return {
    give: async (command) => sayOutcome(await link.command(command)),
    refused: (command) => {
      const state = link.state.value;
      const welcome = link.welcome.value;
      if (!link.live.value || !state || !welcome) return text.value.link.lost;
      if (link.control.value !== 'running') return refusalText.value.controlPaused;
      const by = { role: welcome.role, seat: welcome.seat };
      const code = refusalOf(state, by, command);
      return code && refusalText.value[code];
    },
  };
}
