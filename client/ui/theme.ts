import { machineChoice } from './machineChoice.ts';

export type Theme = 'dark' | 'light';

/** `?theme=` wins, then what was chosen last on this machine, then the dark of a control room. */
const choice = machineChoice<Theme>('diemcau.theme', { name: 'theme', among: ['dark', 'light'] });

export const theme = choice.value;
export const switchTheme = (): void => choice.choose(theme.value === 'dark' ? 'light' : 'dark');
