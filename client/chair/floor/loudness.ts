/** Quieter than this is room noise, in dBov. */
const floor = -60;
/** Speech at the microphone peaks about here, in dBov. */
const full = -15;

/** How loud a level sounds, 0 … 1; a microphone that is shut or silent has none. */
export function loudness(dBov: number | undefined): number {
  if (dBov === undefined) return 0;
  return Math.min(1, Math.max(0, (dBov - floor) / (full - floor)));
}
