/**
 * What may be in an installation's Redis, and what becomes of it in time.
 * `steady`: one for a briefing or an installation, as large as the roster.
 * `grows`: must grow with every event, or is capped by a length.
 * `ages`: BullMQ's finished timers, which are remembered for an hour.
 */
export type KeyKind = 'steady' | 'grows' | 'ages' | 'unexpected';

const known: readonly (readonly [RegExp, KeyKind])[] = [
  [/^diemcau:\{[^}]+\}:journal$/, 'grows'],
  [/^diemcau:\{[^}]+\}:snapshot$/, 'steady'],
  [/^diemcau:\{[^}]+\}:leases$/, 'steady'],
  [/^diemcau:leased$/, 'steady'],
  [/^diemcau:sockets$/, 'grows'],
  [/^\{diemcau:jobs\}:grace:(events)$/, 'grows'],
  [/^\{diemcau:jobs\}:grace:(completed|failed|[^:]*-\d+)$/, 'ages'],
  // A worker's hold on a job, for as long as it works on it; must not be left behind.
  [/^\{diemcau:jobs\}:grace:(meta|id|delayed|marker|active|wait|stalled|stalled-check)$/, 'steady'],
];

export const keyKind = (key: string): KeyKind =>
  known.find(([pattern]) => pattern.test(key))?.[1] ?? 'unexpected';
