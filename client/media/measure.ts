import type { SiteReading } from '../../server/protocol/measures.ts';

/** One entry of an RTCStatsReport, as far as it is read here (W3C webrtc-stats). */
export type Stat = Readonly<Record<string, unknown>> & {
  readonly id: string;
  readonly type: string;
};

/** What the browser said of the active leg in one moment. */
export interface Snapshot {
  /** Milliseconds, monotonic. */
  readonly at: number;
  /** Tells one leg from another: figures of two legs cannot be compared. */
  readonly of: string;
  readonly send: readonly Stat[];
  readonly receive: readonly Stat[];
}

/** A picture of the programme that should be seen here, and the track on which it comes. */
interface Expected {
  readonly seat: string;
  readonly source: SiteReading['pictures'][number]['source'];
  readonly track: string;
}

export interface About {
  /** The camera's own track; null without a camera. */
  readonly camera: string | null;
  readonly microphoneOpen: boolean;
  readonly expected: readonly Expected[];
}

type Measured = Pick<
  SiteReading,
  | 'roundTripMs'
  | 'lossUp'
  | 'lossDown'
  | 'jitterMs'
  | 'bitrateUp'
  | 'bitrateDown'
  | 'availableUp'
  | 'pictures'
  | 'freezes'
  | 'frozenMs'
  | 'concealed'
  | 'level'
> & { readonly sent: Pick<SiteReading['sent'], 'framesPerSecond' | 'size' | 'limitedBy'> };

type LimitedBy = SiteReading['sent']['limitedBy'];

/** The media node tries out a line with packets that carry nothing: nobody misses those that are lost. */
const probation = 'probator';

/** What happened between two snapshots. `freezes` and `frozenMs` are of this stretch alone. */
export function measure(before: Snapshot | undefined, after: Snapshot, about: About): Measured {
  const former = before?.of === after.of ? before : undefined;
  const seconds = former ? Math.max(0.001, (after.at - former.at) / 1000) : 0;
  const earlier = new Map(
    [...(former?.send ?? []), ...(former?.receive ?? [])].map((stat) => [stat.id, stat]),
  );
  /** By how much a counter has grown; a stat that is new counts from nothing. */
  const grown = (stat: Stat, name: string): number =>
    former ? Math.max(0, number(stat, name) - number(earlier.get(stat.id), name)) : 0;
  const sum = (stats: readonly Stat[], name: string): number =>
    stats.reduce((total, stat) => total + grown(stat, name), 0);
  const perSecond = (amount: number): number => (seconds > 0 ? amount / seconds : 0);

  const outgoing = after.send.filter((s) => s.type === 'outbound-rtp');
  const incoming = after.receive.filter((s) => s.type === 'inbound-rtp' && s.mid !== probation);
  const heardOf = after.send.filter((s) => s.type === 'remote-inbound-rtp');
  const pairs = [...after.send, ...after.receive].filter(
    (s) => s.type === 'candidate-pair' && s.nominated === true && s.state === 'succeeded',
  );
  const sounds = incoming.filter((s) => s.kind === 'audio');
  const pictures = incoming.filter((s) => s.kind === 'video');
  const lost = sum(incoming, 'packetsLost');
  const samples = sum(sounds, 'totalSamplesReceived');
  const madeUp = sum(sounds, 'concealedSamples') - sum(sounds, 'silentConcealedSamples');
  const roundTrip = most(pairs, 'currentRoundTripTime');
  const jitter = most(sounds, 'jitter');
  return {
    roundTripMs: roundTrip === null ? null : roundTrip * 1000,
    lossUp: share(sum(heardOf, 'packetsLost'), sum(outgoing, 'packetsSent')),
    lossDown: share(lost, lost + sum(incoming, 'packetsReceived')),
    jitterMs: jitter === null ? null : jitter * 1000,
    bitrateUp: Math.round(perSecond(8 * sum(outgoing, 'bytesSent'))),
    bitrateDown: Math.round(perSecond(8 * sum(incoming, 'bytesReceived'))),
    availableUp: most(pairs, 'availableOutgoingBitrate'),
    sent: sentOf(after.send, outgoing, about.camera, (s) => perSecond(grown(s, 'framesEncoded'))),
    pictures: about.expected.map(({ seat, source, track }) => {
      const stat = pictures.find((s) => s.trackIdentifier === track);
      const framesPerSecond = stat ? perSecond(grown(stat, 'framesDecoded')) : 0;
      return { seat, source, framesPerSecond, size: sizeOf(stat) };
    }),
    freezes: sum(pictures, 'freezeCount'),
    frozenMs: 1000 * sum(pictures, 'totalFreezesDuration'),
    concealed: share(Math.max(0, madeUp), samples),
    level: about.microphoneOpen ? levelOf(after.send) : null,
  };
}

/** The camera's layers together: the rate of the fastest, the size of the largest that flows. */
function sentOf(
  stats: readonly Stat[],
  outgoing: readonly Stat[],
  camera: string | null,
  rate: (stat: Stat) => number,
): Measured['sent'] {
  const source = stats.find((s) => s.type === 'media-source' && s.trackIdentifier === camera);
  const layers = outgoing.filter(
    (s) => camera !== null && source !== undefined && s.mediaSourceId === source.id,
  );
  const flowing = layers.filter((s) => rate(s) > 0);
  const largest = flowing.toSorted(
    (a, b) => number(b, 'frameHeight') - number(a, 'frameHeight'),
  )[0];
  const limits = flowing.map((s) => s.qualityLimitationReason as LimitedBy);
  return {
    framesPerSecond: Math.max(0, ...flowing.map(rate)),
    size: sizeOf(largest),
    limitedBy: limits.find((limit) => ['cpu', 'bandwidth', 'other'].includes(limit)) ?? 'none',
  };
}

function levelOf(stats: readonly Stat[]): number | null {
  const source = stats.find((s) => s.type === 'media-source' && s.kind === 'audio');
  return typeof source?.audioLevel === 'number' ? Math.min(1, source.audioLevel) : null;
}

function sizeOf(stat: Stat | undefined): { width: number; height: number } | null {
  const width = number(stat, 'frameWidth');
  const height = number(stat, 'frameHeight');
  return width > 0 && height > 0 ? { width, height } : null;
}

const number = (stat: Stat | undefined, name: string): number => {
  const value = stat?.[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
};

/** The greatest that any of them says; null when none says anything. */
function most(stats: readonly Stat[], name: string): number | null {
  const said = stats.flatMap((s) => (typeof s[name] === 'number' ? [s[name]] : []));
  return said.length === 0 ? null : Math.max(...said);
}

/** Null of nothing: where nothing was sent, nothing can have been lost. */
const share = (part: number, whole: number): number | null =>
  whole > 0 ? Math.min(1, part / whole) : null;
