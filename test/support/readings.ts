import type { SiteMeasure, SiteReading } from '../../server/protocol/measures.ts';

/** A site with nothing wrong, but for what a test says. */
export function reading(change: Partial<SiteReading> = {}): SiteReading {
  return {
    roundTripMs: 30,
    lossUp: 0,
    lossDown: 0,
    jitterMs: 5,
    bitrateUp: 900_000,
    bitrateDown: 1_800_000,
    availableUp: 2_000_000,
    sent: {
      wanted: 'low',
      framesPerSecond: 15,
      size: { width: 320, height: 180 },
      limitedBy: 'none',
      dark: false,
    },
    pictures: [{ seat: 'chair', source: 'camera', framesPerSecond: 25, size: null }],
    freezes: 0,
    frozenMs: 0,
    concealed: 0,
    level: null,
    cameraLabel: 'Camera',
    microphoneLabel: 'Microphone',
    browser: 'Chrome 138',
    system: 'Windows',
    node: 'sfu-1',
    leg: 'a',
    standbyNode: 'sfu-2',
    cap: null,
    visible: true,
    uptimeMs: 60_000,
    ...change,
  };
}

export const measured = (
  seat: string,
  at: number,
  change: Partial<SiteReading> = {},
): SiteMeasure => ({ ...reading(change), seat, at, since: at });
