/**
 * A page may have two endpoints on two media nodes: its *legs*. One is active and carries its
 * media; the other stands by, connected and ready, so that the loss of a node is a change of what
 * flows and not a new negotiation. Media nodes know nothing of this: to them each is an endpoint.
 */
export const legs = ['a', 'b'] as const;
export type Leg = (typeof legs)[number];

export const otherLeg = (of: Leg): Leg => (of === 'a' ? 'b' : 'a');

/** What a media node calls one leg of a seat or viewer. */
export const legEndpoint = (id: string, of: Leg): string => `${id}:${of}`;

/** Whose endpoint it is, and which leg; undefined for a name that no server gave. */
export function ofLegEndpoint(
  endpoint: string,
): { readonly id: string; readonly leg: Leg } | undefined {
  const cut = endpoint.lastIndexOf(':');
  const leg = legs.find((name) => name === endpoint.slice(cut + 1));
  return cut > 0 && leg ? { id: endpoint.slice(0, cut), leg } : undefined;
}
