import type { SiteReading } from '../../server/protocol/measures.ts';
import { listOf, megabits, milliseconds, percent } from '../i18n/format.ts';
import type { Text } from '../i18n/vi.ts';
import type { Fault } from './faults.ts';

export const checks = ['camera', 'microphone', 'loudspeaker', 'line'] as const;
type Check = (typeof checks)[number];

export interface CheckResult {
  readonly check: Check;
  /** good · going: nothing can be said yet · wanting: somebody should see to it. */
  readonly is: 'good' | 'going' | 'wanting';
  readonly words: string;
}

export interface CheckedSite {
  readonly there: Readonly<Record<'camera' | 'microphone', boolean>>;
  readonly faults: readonly Fault[];
  /** The microphone has been heard since the check began. */
  readonly heard: boolean;
  /** `unknown`: the browser tells nobody what loudspeakers there are. */
  readonly loudspeaker: {
    readonly is: 'there' | 'none' | 'unknown' | 'blocked';
    readonly name: string;
  };
  readonly connected: boolean;
  /** Picture and sound have their way to the media node. */
  readonly open: boolean;
  readonly reading: Pick<
    SiteReading,
    'roundTripMs' | 'lossUp' | 'lossDown' | 'bitrateUp' | 'bitrateDown'
  > | null;
}

/** Beyond these a briefing suffers: milliseconds, and a part of a whole. */
const worst = { roundTripMs: 400, loss: 0.05 };

/** Below it nothing but the line's own upkeep flows, in bits per second. */
const tellable = 50_000;

/** What a point finds of itself before a briefing, in words for whoever stands before it. */
export function checkSite(site: CheckedSite, text: Text): CheckResult[] {
  return [
    own('camera', site, text),
    own('microphone', site, text),
    loudspeaker(site, text),
    line(site, text),
  ];
}

/** All of it in one line. */
export function summary(results: readonly CheckResult[], text: Text): string {
  const t = text.kiosk.check;
  const wanting = results.filter(({ is }) => is === 'wanting').map(({ check }) => t[check]);
  if (wanting.length > 0) return t.wanting(listOf(wanting));
  return results.every(({ is }) => is === 'good') ? t.ready : t.going;
}

function own(device: 'camera' | 'microphone', site: CheckedSite, text: Text): CheckResult {
  const t = text.kiosk.check;
  const fault = site.faults.find((f) => f.device === device);
  if (fault) return { check: device, is: 'wanting', words: fault.words };
  if (!site.there[device]) return { check: device, is: 'going', words: t.going };
  if (device === 'camera') return { check: device, is: 'good', words: t.good };
  return site.heard
    ? { check: device, is: 'good', words: t.sounds }
    : { check: device, is: 'going', words: t.sayWord };
}

function loudspeaker({ loudspeaker: { is, name } }: CheckedSite, text: Text): CheckResult {
  const t = text.kiosk.check;
  const check = 'loudspeaker';
  if (is === 'none') return { check, is: 'wanting', words: t.noLoudspeaker };
  if (is === 'blocked') return { check, is: 'wanting', words: text.sound.blocked };
  return { check, is: 'good', words: name === '' ? t.good : name };
}

function line({ connected, open, reading }: CheckedSite, text: Text): CheckResult {
  const t = text.kiosk.check;
  const check = 'line';
  if (!connected) return { check, is: 'going', words: t.connecting };
  if (!open) return { check, is: 'going', words: t.opening };
  const roundTrip = reading?.roundTripMs ?? null;
  if (!reading || roundTrip === null) return { check, is: 'going', words: t.measuring };
  const loss = Math.max(reading.lossUp ?? 0, reading.lossDown ?? 0);
  const poor = roundTrip > worst.roundTripMs || loss > worst.loss;
  const rates = [
    ...(reading.bitrateDown >= tellable ? [t.down(megabits(reading.bitrateDown))] : []),
    ...(reading.bitrateUp >= tellable ? [t.up(megabits(reading.bitrateUp))] : []),
  ];
  const figures = [t.figures(milliseconds(roundTrip), percent(loss)), ...rates].join(' · ');
  return { check, is: poor ? 'wanting' : 'good', words: poor ? `${t.poor}. ${figures}` : figures };
}
