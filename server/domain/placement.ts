/** What placement knows of a media node: its own report, and what was placed there since. */
export interface NodeCandidate {
  readonly id: string;
  readonly region: string;
  readonly draining: boolean;
  readonly endpoints: number;
  /** CPU of its worker, 0 … 1 of one core. */
  readonly cpu: number;
}

/** From here on a node counts as busy: others are preferred, however few their endpoints. */
const busyCpu = 0.85;

/**
 * The node for a new endpoint: never a draining one; not a busy one if another is free; then of its
 * own region; then the one with the fewest endpoints, so that joins in a burst spread evenly.
 */
export function place(nodes: readonly NodeCandidate[], region?: string): string | undefined {
  const rank = (n: NodeCandidate) =>
    (n.cpu >= busyCpu ? 2 : 0) + (region !== undefined && n.region !== region ? 1 : 0);
  return nodes
    .filter((n) => !n.draining)
    .toSorted(
      (a, b) =>
        rank(a) - rank(b) || a.endpoints - b.endpoints || a.cpu - b.cpu || (a.id < b.id ? -1 : 1),
    )[0]?.id;
}
