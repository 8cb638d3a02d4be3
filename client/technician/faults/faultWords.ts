import type { FaultWhat } from '../../../server/protocol/faults.ts';
import { text } from '../../i18n/language.ts';
import type { Tone } from '../../ui/Badge.tsx';
import type { IconName } from '../../ui/Icon.tsx';

interface Look {
  readonly icon: IconName;
  readonly tone: Exclude<Tone, 'onAir'>;
}

const alarm = (icon: IconName): Look => ({ icon, tone: 'alarm' });
const caution = (icon: IconName): Look => ({ icon, tone: 'caution' });
const good: Look = { icon: 'online', tone: 'plain' };

export const lookOf: Record<FaultWhat['is'], Look> = {
  seatLost: alarm('offline'),
  seatReturned: good,
  seatEvicted: caution('device'),
  deviceTrouble: alarm('unplugged'),
  deviceBack: good,
  pictureFrozen: alarm('cameraOff'),
  pictureMoves: good,
  cameraSilent: alarm('cameraOff'),
  cameraSends: good,
  cameraDark: alarm('cameraOff'),
  cameraLight: good,
  lossHigh: alarm('lineOff'),
  lossEnds: good,
  delayHigh: alarm('lineOff'),
  delayEnds: good,
  nodeLost: alarm('server'),
  nodeReturned: good,
  nodeDraining: caution('server'),
  controlPaused: alarm('pause'),
  controlRunning: good,
};

/** Whether it is the end of a fault, and not a beginning. */
export const isEnd = (what: FaultWhat): boolean => lookOf[what.is] === good;

/** The fault in words, without whose it is. */
export function faultWords(what: FaultWhat): string {
  const t = text.value.technician.faults;
  switch (what.is) {
    case 'deviceTrouble':
      return `${t.is.deviceTrouble}: ${t.device[what.device]}, ${text.value.device.short[what.why].toLocaleLowerCase()}`;
    case 'deviceBack':
      return `${t.is.deviceBack}: ${t.device[what.device]}`;
    default:
      return t.is[what.is];
  }
}
