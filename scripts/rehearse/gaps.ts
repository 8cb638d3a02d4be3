/** A decoded picture; `at` in milliseconds since the epoch. */
export interface SeenPicture {
  readonly at: number;
  /** Whose picture it was, by what is painted in it; null for black or anything unreadable. */
  readonly site: number | null;
}

/** One site's sound without a break, in milliseconds since the epoch. */
export interface HeardSpan {
  readonly site: number;
  readonly from: number;
  readonly to: number;
}

/** What one page saw in the large picture and played aloud, in the order of time. */
export interface Observed {
  readonly pictures: readonly SeenPicture[];
  readonly sounds: readonly HeardSpan[];
}

export const nothingObserved: Observed = { pictures: [], sounds: [] };

/** A part of time, in milliseconds since the epoch. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** Sound is told in slices of this length, in milliseconds: the shortest gap that can be measured. */
export const sliceMs = 10;

export function joined(parts: readonly Observed[]): Observed {
  return {
    pictures: parts.flatMap((p) => p.pictures),
    sounds: mended(parts.flatMap((p) => p.sounds)),
  };
}

/** Spans of one site that touch are one: a span is told in parts, as long as it lasts. */
function mended(spans: readonly HeardSpan[]): HeardSpan[] {
  const open = new Map<number, number>();
  const out: HeardSpan[] = [];
  for (const span of spans) {
    const at = open.get(span.site);
    const last = at === undefined ? undefined : out[at];
    if (at !== undefined && last && span.from <= last.to) {
      out[at] = { ...last, to: Math.max(last.to, span.to) };
    } else {
      open.set(span.site, out.length);
      out.push(span);
    }
  }
  return out;
}

/**
 * The longest time between two pictures in a row of this site, in milliseconds, of all such times
 * that reach into the window. The frame interval is a part of it. A gap that has not ended by the
 * end of the window counts up to there; one before the first picture of all, from the window's
 * beginning.
 */
export function pictureGap(pictures: readonly SeenPicture[], site: number, window: Window): number {
  return longest(
    pictures.flatMap((p) => (p.site === site ? [{ from: p.at, to: p.at }] : [])),
    window,
  );
}

/** The same for a site's sound: the longest time between the beginnings of two sounding slices. */
export function soundGap(sounds: readonly HeardSpan[], site: number, window: Window): number {
  const spans = sounds.filter((s) => s.site === site);
  return sliceMs + longest(spans, window);
}

function longest(spans: readonly Window[], { from, to }: Window): number {
  let last: number | undefined;
  let gap = 0;
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    if (span.from > to) break;
    if (span.from > from) gap = Math.max(gap, span.from - (last ?? from));
    last = Math.max(last ?? span.to, span.to);
  }
  return Math.max(gap, to - (last ?? from));
}

/** From when on a site's pictures or sound came without any gap of more than `most`; null if never. */
export function steadySince(spans: readonly Window[], most: number, until: number): number | null {
  let since: number | null = null;
  let last = Number.NEGATIVE_INFINITY;
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    if (span.from - last > most) since = span.from;
    last = Math.max(last, span.to);
  }
  return until - last > most ? null : since;
}
