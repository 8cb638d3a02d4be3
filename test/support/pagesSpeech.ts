import type { SurfacePage } from './pagesSurface.ts';

export interface Speech {
  readonly chair: SurfacePage;
  readonly speaker: SurfacePage;
  readonly listeners: readonly SurfacePage[];
}

/** Waits until the speech is as it should be at every page, over whichever nodes. */
export async function speechGoesOn({ chair, speaker, listeners }: Speech): Promise<void> {
  const speaks = speaker.site ?? -1;
  await Promise.all([
    chair.sees({ main: [speaks], inset: [0] }),
    speaker.sees({ main: [0] }),
    ...listeners.map((page) => page.sees({ main: [speaks], inset: [0] })),
  ]);
  await Promise.all([
    chair.hears(speaks),
    speaker.hears(0),
    ...listeners.map((page) => page.hears(0, speaks)),
  ]);
}
