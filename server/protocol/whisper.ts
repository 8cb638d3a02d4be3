import type { Instant, SeatId } from '../domain/ids.ts';

/** Who may speak to a site in private. */
export const whisperers = ['secretary', 'technician'] as const;
export type Whisperer = (typeof whisperers)[number];

/** A private voice link between an office page and one site; one for each site at a time. */
export interface Whisper {
  readonly seat: SeatId;
  readonly by: Whisperer;
  /** The office page's own name on the media nodes, in all its life; by it a page knows its own. */
  readonly with: string;
  readonly since: Instant;
}

/** What a site is told of a whisper with it. */
export interface WhisperAtSite {
  readonly by: Whisperer;
  readonly with: string;
}
