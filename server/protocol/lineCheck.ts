import { z } from 'zod';
import type { LineResult } from '../domain/lineCheck.ts';

/** What a site is told when its line is to be checked. */
export interface CheckOrder {
  /** Whether a chime may sound in the room: not while a briefing is going on there. */
  readonly chime: boolean;
}

const share = z.number().min(0).max(1).nullable();
const bitrate = z.number().min(0).max(10_000_000_000).nullable();
const pixels = z.int().min(0).max(16_384);

/** What a site's page measured, as it comes from there. */
export const lineResult = z.strictObject({
  picture: z
    .strictObject({
      framesDecoded: z.int().min(0).max(1_000_000),
      frameRate: z.number().min(0).max(1_000),
      width: pixels,
      height: pixels,
    })
    .nullable(),
  sound: z.strictObject({ levelDb: z.number().min(-127).max(0) }).nullable(),
  rttMs: z.number().min(0).max(600_000).nullable(),
  lossUp: share,
  lossDown: share,
  upBps: bitrate,
  downBps: bitrate,
}) satisfies z.ZodType<LineResult>;
