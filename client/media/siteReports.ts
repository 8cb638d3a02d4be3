import type { ReadonlySignal } from '@preact/signals';
import { routing, wholeView } from '../../server/domain/routing.ts';
import type { SiteReading } from '../../server/protocol/measures.ts';
import type { Link } from '../link/link.ts';
import { looksDark } from './dark.ts';
import type { Devices } from './devices.ts';
import { machineOf } from './machine.ts';
import { measure, type Snapshot } from './measure.ts';
import type { Media } from './media.ts';
import { streamKey } from './streamKey.ts';

/** From one measurement to the next, in milliseconds. */
const measureEvery = 2_000;
/** Every so many measurements the camera's picture itself is looked at. */
const lookEvery = 5;
/** As long as the wire takes. */
const longestLabel = 120;

interface Site {
  readonly link: Link;
  readonly media: Media;
  readonly devices: ReadonlySignal<Devices | null>;
  /** The page itself may show what it measured. */
  readonly onReading?: (reading: SiteReading) => void;
}

const labelOf = (track: MediaStreamTrack | null): string | null =>
  track?.label.slice(0, longestLabel) ?? null;

/**
 * Measures this site's media and reports it to the office, as long as the page is in. A report
 * that does not arrive is not repeated: the next one says more.
 */
export function reportSite({ link, media, devices, onReading }: Site): () => void {
  const machine = machineOf(navigator.userAgent);
  let before: Snapshot | undefined;
  let total = { freezes: 0, frozenMs: 0 };
  let turn = 0;
  let dark: boolean | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;

  const track = (kind: 'camera' | 'microphone') => devices.peek()?.track(kind).peek() ?? null;

  const expected = () => {
    const state = link.state.peek();
    const welcome = link.welcome.peek();
    if (!state || !welcome?.seat) return [];
    const { receive } = routing(state, { role: welcome.role, seat: welcome.seat, view: wholeView });
    return receive.flatMap(({ seat, source, hold }) => {
      if (hold || source === 'microphone' || state.seats[seat]?.status !== 'connected') return [];
      const arriving = media.streams.peek().get(streamKey(seat, source));
      return arriving ? [{ seat, source, track: arriving.id }] : [];
    });
  };

  const read = async (): Promise<SiteReading | null> => {
    const after = await media.snapshot();
    const wanted = media.wantedOf('camera');
    const camera = track('camera');
    const microphone = track('microphone');
    if (turn++ % lookEvery === 0) dark = camera && (await looksDark(camera));
    const about = {
      camera: camera?.id ?? null,
      microphoneOpen: media.wantedOf('microphone') !== 'off',
      expected: expected(),
    };
    const empty = { at: performance.now(), of: '', send: [], receive: [] };
    const { sent, freezes, frozenMs, ...figures } = measure(before, after ?? empty, about);
    // The first reading of a leg has nothing to compare with: it would say that all stands still.
    const fresh = after === null || before?.of !== after.of;
    before = after ?? undefined;
    if (fresh && after) return null;
    total = { freezes: total.freezes + freezes, frozenMs: total.frozenMs + frozenMs };
    return {
      ...figures,
      ...total,
      sent: { ...sent, wanted, dark: camera ? dark : null },
      cameraLabel: labelOf(camera),
      microphoneLabel: labelOf(microphone),
      ...machine,
      node: media.leg?.node ?? null,
      leg: media.leg?.leg ?? null,
      standbyNode: media.standby?.connected ? media.standby.node : null,
      cap: media.cap,
      visible: document.visibilityState === 'visible',
      uptimeMs: Math.round(performance.now()),
    };
  };

  const run = async (): Promise<void> => {
    if (link.live.peek() && link.welcome.peek()?.seat) {
      const reading = await read().catch(() => null);
      if (reading) onReading?.(reading);
      if (reading && link.live.peek() && !stopped) {
        await link.ask('site.report', reading).catch(() => undefined);
      }
    }
    if (!stopped && link.status.peek().is !== 'putOut') timer = setTimeout(run, measureEvery);
  };
  void run();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
