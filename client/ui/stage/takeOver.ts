/** So many pictures after its first, an encoder that began with it has got over it. */
const steadyAfter = 6;
/** A picture that has not moved for this long stands still for anybody who looks; milliseconds. */
const standsStill = 200;

interface Change {
  /** How many pictures of the new track have been decoded. */
  readonly decoded: number;
  /** How long ago the former track showed its last one, in milliseconds. */
  readonly stillFor: number;
}

/**
 * Whether a stream's new track takes the place of its former one. Where the former has stopped, at
 * the first picture. Where it still moves there is no hurry: a stream that begins has a pause after
 * its first, large picture, and nobody need see it.
 */
export const takesOver = ({ decoded, stillFor }: Change): boolean =>
  decoded > 0 && (decoded >= steadyAfter || stillFor >= standsStill);
