/**
 * What may be in an installation's Redis, and what becomes of it in time.
 * `steady`: one for a briefing or an installation, as large as the roster.
 * `grows`: must grow with every event, or is capped by a length.
 * `ages`: BullMQ's jobs; those that wait do so in time, finished ones are remembered for a while.
 */
export type KeyKind = 'steady' | 'grows' | 'ages' | 'unexpected';

const queues = String.raw`\{diemcau:jobs\}:(timers|notices|mails|webhooks|records)`;

const known: readonly (readonly [RegExp, KeyKind])[] = [
  [/^diemcau:\{[^}]+\}:journal$/, 'grows'],
  [/^diemcau:\{[^}]+\}:snapshot$/, 'steady'],
  [/^diemcau:\{[^}]+\}:leases$/, 'steady'],
  [/^diemcau:leased$/, 'steady'],
  [/^diemcau:sockets$/, 'grows'],
  [/^diemcau:(briefings|webhooks|webhook:\{[^}]+\})$/, 'steady'],
  [/^diemcau:\{[^}]+\}:(faults|minutes|contacts|done)$/, 'steady'],
  // That several servers write the same fault down once; forgotten by Redis after a while.
  [/^diemcau:\{[^}]+\}:faults:once:[^:]+$/, 'ages'],
  [new RegExp(`^${queues}:events$`), 'grows'],
  // A worker's hold on a job, for as long as it works on it; must not be left behind.
  [new RegExp(`^${queues}:(meta|id|delayed|marker|active|wait|stalled|stalled-check)$`), 'steady'],
  [new RegExp(`^${queues}:(completed|failed|[^:]*-[^:]*)$`), 'ages'],
];

export const keyKind = (key: string): KeyKind =>
  known.find(([pattern]) => pattern.test(key))?.[1] ?? 'unexpected';
