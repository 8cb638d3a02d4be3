import { type Kind, type Usage, usageLine } from './processes.ts';

export interface RehearsalReport {
  readonly asked: number;
  /** On the programme: connected in the roster, media open, and the chair's picture decoded if there is one. */
  readonly joined: number;
  /** Connected by the roster. */
  readonly connected: number;
  readonly missing: readonly { readonly seat: string; readonly how: string }[];
  /** From opening the first page to the last one's being in. */
  readonly seconds: number;
  /** Of each site that joined, from opening its page. */
  readonly joinSeconds: readonly number[];
  readonly chairIsOn: boolean;
  /** Pictures a second, of each picture on each site. */
  readonly frameRates: readonly number[];
  readonly chairFrameRates: readonly number[];
  /** JavaScript heap of each page of up to 36 sites, in MiB. */
  readonly heaps: readonly number[];
  /** How many sites each media node carries. */
  readonly nodes: Readonly<Record<string, number>>;
  readonly whileJoining: Partial<Record<Kind, Usage>>;
  readonly afterwards: Partial<Record<Kind, Usage>>;
}

/** The report for people, and what gave way. */
export function summary(r: RehearsalReport): string {
  const lines = [
    '',
    `${r.joined} of ${r.asked} points joined in ${r.seconds.toFixed(1)} s (each: ${spread(r.joinSeconds, 's')}); ${r.connected} connected by the roster.`,
    r.chairIsOn
      ? `Joined means that the chair's picture decodes: ${spread(r.chairFrameRates, 'frames/s')}.`
      : 'There is no chair, so joined means that media is open. Open the chair console, or say --chair.',
    `All pictures: ${spread(r.frameRates, 'frames/s')}.`,
    `Media nodes: ${Object.entries(r.nodes)
      .map(([node, sites]) => `${node} ${sites}`)
      .join(', ')}.`,
    `Pages: heap ${r.heaps.map((heap) => `${Math.round(heap)} MiB`).join(', ')}.`,
    `While joining: ${usageLine(r.whileJoining)}.`,
    `Afterwards: ${usageLine(r.afterwards)}.`,
    ...r.missing.map(({ seat, how }) => `  ! ${seat} did not join: ${how}`),
  ];
  return lines.join('\n');
}

function spread(values: readonly number[], unit: string): string {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (part: number) => sorted[Math.round((sorted.length - 1) * part)]?.toFixed(1) ?? '–';
  return `min ${at(0)}, median ${at(0.5)}, max ${at(1)} ${unit}`;
}
