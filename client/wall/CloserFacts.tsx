import { useComputed } from '@preact/signals';
import type { SiteMeasure } from '../../server/protocol/wire.ts';
import { clockTime } from '../i18n/format.ts';
import { text } from '../i18n/language.ts';
import { useSurface } from '../ui/useSurface.ts';
import { bitrate, millis, percent, perSecond } from './amounts.ts';
import { placeWords } from './Marks.tsx';
import { useSeen } from './useSeen.ts';
import type { TileLook } from './useTile.ts';

type Fact = readonly [name: string, value: string];

/** What is known of a site: where it stands, what is seen of it here, and what it measured itself. */
export function CloserFacts({ look }: { readonly look: TileLook }) {
  const { link } = useSurface();
  const { id } = look.seat;
  const measure = useComputed(() => link.measures.value.get(id)).value;
  const devices = useComputed(() => link.sites.value.get(id)).value;
  const seen = useSeen('.closer video[data-large="shown"]');
  const t = text.value;
  const f = t.wall.fact;
  const standing: Fact[] = [
    [f.state, t.seat[look.seat.status]],
    ...(look.seat.status === 'connected' || look.seat.status === 'lost'
      ? [[f.since, clockTime(look.seat.since)] as const]
      : []),
    [f.floor, floorWords(look)],
    [
      f.microphone,
      look.seat.muted
        ? t.wall.muted
        : (measure?.microphoneLabel ?? deviceWord(devices?.microphone)),
    ],
    [f.camera, measure?.cameraLabel ?? deviceWord(devices?.camera)],
    [f.seen, seen ? f.picture(seen.width, seen.height, perSecond(seen.rate)) : f.none],
  ];
  return (
    <>
      <Facts of={standing} />
      {measure ? (
        <>
          <Facts of={measured(measure)} />
          <p class="soft small">{f.measuredAt(clockTime(measure.at))}</p>
        </>
      ) : (
        <p class="soft">{f.notMeasured}</p>
      )}
    </>
  );
}

function Facts({ of }: { readonly of: readonly Fact[] }) {
  return (
    <dl>
      {of.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function measured(m: SiteMeasure): Fact[] {
  const f = text.value.wall.fact;
  const { size, framesPerSecond } = m.sent;
  const known = <T,>(value: T | null, say: (value: T) => string) =>
    value === null ? f.unknown : say(value);
  return [
    [f.roundTrip, known(m.roundTripMs, millis)],
    [f.lossUp, known(m.lossUp, percent)],
    [f.lossDown, known(m.lossDown, percent)],
    [f.bitrateUp, bitrate(m.bitrateUp)],
    [f.bitrateDown, bitrate(m.bitrateDown)],
    [f.sends, size ? f.picture(size.width, size.height, perSecond(framesPerSecond)) : f.none],
    [f.freezes, String(m.freezes)],
    [f.node, m.node ?? f.unknown],
    [f.browser, m.browser],
  ];
}

function floorWords({ floor }: TileLook): string {
  const t = text.value.wall;
  switch (floor?.is) {
    case 'onAir':
      return t.fact.speaks;
    case 'queued':
      return placeWords(floor);
    case 'pending':
      return t.asks;
    case undefined:
      return t.fact.nothing;
  }
}

function deviceWord(state: keyof typeof text.value.device.short | undefined): string {
  return state === undefined ? text.value.wall.fact.unknown : text.value.device.short[state];
}
