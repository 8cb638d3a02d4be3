import type { BriefingId } from '../domain/ids.ts';

/** The keys of one briefing in Redis. */
export interface BriefingKeys {
  /** Stream: the journal itself. */
  readonly journal: string;
  /** Hash: the newest snapshot. */
  readonly snapshot: string;
  /** Sorted set: presence leases. */
  readonly leases: string;
  /**
   * Stream, and only there once a server found that the journal has gone back: its last id is the
   * highest version that any server has seen.
   */
  readonly halt: string;
  /** Sorted set: the log of faults, by time. */
  readonly faults: string;
}

export const defaultPrefix = 'diemcau';

/**
 * All key names in one place. The braces are a Redis Cluster hash tag: what belongs to one briefing
 * lies on one node, so that a script may touch any of it.
 */
export function briefingKeys(briefing: BriefingId, prefix: string = defaultPrefix): BriefingKeys {
  const of = (what: string) => `${prefix}:{${briefing}}:${what}`;
  return {
    journal: of('journal'),
    snapshot: of('snapshot'),
    leases: of('leases'),
    halt: of('halt'),
    faults: of('faults'),
  };
}

/** Set: the briefings that have presence leases, so that any server can sweep them all. */
export const leasedBriefingsKey = (prefix: string = defaultPrefix): string => `${prefix}:leased`;

/** Sorted set: the names of all briefings, by when they were made. */
export const registryKey = (prefix: string = defaultPrefix): string => `${prefix}:briefings`;
