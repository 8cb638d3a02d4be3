import type { BrowserCommand } from '../../server/protocol/commands.ts';
import { refusalText } from '../i18n/language.ts';
import { useSurface } from '../ui/useSurface.ts';

/** Gives a command from a form: null when it was done, else why not, in words that stay in the form. */
export function useGive(): (command: BrowserCommand) => Promise<string | null> {
  const { link } = useSurface();
  return async (command) => {
    const outcome = await link.command(command);
    return outcome.ok ? null : refusalText.value[outcome.refusal];
  };
}
