import type { FloorMode, Interrupt } from '../../server/domain/floor.ts';

export const floorModes = ['moderated', 'firstComeFirstServed'] as const satisfies FloorMode[];
export const interrupts = ['none', 'lower', 'sameOrLower'] as const satisfies Interrupt[];
/** As the wire allows; see floor.setRules in server/protocol/commands.ts. */
export const mostMicrophones = 16;

const minute = 60_000;
/** Customary lengths of a speech, in minutes. */
const usual = [2, 3, 5, 7, 10, 15, 20, 30, 45];

/** What lengths are offered, in milliseconds: the customary ones, and one that was chosen elsewhere. */
export const speechLengths = (chosen: number | null): number[] =>
  [...new Set([...usual.map((m) => m * minute), ...(chosen ? [chosen] : [])])].sort(
    (a, b) => a - b,
  );
