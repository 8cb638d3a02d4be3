import { type Observed, pictureGap, soundGap, steadySince, type Window } from '../rehearse/gaps.ts';
import type { Site } from './sites.ts';

/** One site with what it should see and hear, and what it did. */
export interface Watched extends Site {
  /** Whose picture is large there. */
  readonly main: number;
  /** Whose sound is heard there. */
  readonly heard: readonly number[];
  observed: Observed;
}

/** So long without longer breaks than these; all in milliseconds. */
export interface Steadiness {
  readonly for: number;
  readonly picture: number;
  readonly sound: number;
}

export interface Gaps {
  readonly picture: number;
  /** The longest of all that should be heard there. */
  readonly sound: number;
}

export const gapsOf = ({ observed, main, heard }: Watched, window: Window): Gaps => ({
  picture: pictureGap(observed.pictures, main, window),
  sound: Math.max(...heard.map((site) => soundGap(observed.sounds, site, window))),
});

const instants = (w: Watched, site: number): Window[] =>
  w.observed.pictures.flatMap((p) => (p.site === site ? [{ from: p.at, to: p.at }] : []));

const soundsOf = (w: Watched, site: number): Window[] =>
  w.observed.sounds.filter((s) => s.site === site);

/** Whether all that a site should see and hear has been steady up to the end of the window. */
export function isWhole(w: Watched, { from, to }: Window, s: Steadiness): boolean {
  const steady = (spans: readonly Window[], most: number) => {
    const since = steadySince(spans, most, to);
    return since !== null && to - Math.max(since, from) >= s.for;
  };
  return (
    steady(instants(w, w.main), s.picture) &&
    w.heard.every((site) => steady(soundsOf(w, site), s.sound))
  );
}

/** How long ago a site had each thing last, in milliseconds, for a failure's message. */
export function lastOf(w: Watched, now: number) {
  const ago = (spans: readonly Window[]) => Math.round(now - (spans.at(-1)?.to ?? 0));
  return {
    picture: ago(instants(w, w.main)),
    sounds: w.heard.map((site) => ago(soundsOf(w, site))),
  };
}
