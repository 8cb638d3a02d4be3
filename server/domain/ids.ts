/** Identifies one briefing; also the opaque id of its space on every media node. */
export type BriefingId = string;
/** A point's own stable id: never a province code, never a name (codes are reassigned by mergers). */
export type PointId = string;
/** A point's place in one briefing. A point has at most one seat in a briefing, so they share the id. */
export type SeatId = PointId;
/** Names a floor request: `r` and the version of the event that created it. */
export type RequestId = string;
/** One socket's claim to a seat; a newer one evicts the older. */
export type ConnectionId = string;
/** Milliseconds since the epoch, by a server's clock. */
export type Instant = number;
/** Position of an event in the journal, from 1, without gaps; also the fencing token. */
export type Version = number;
