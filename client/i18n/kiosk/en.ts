import { ordinal } from '../ordinal.ts';
import type { Text } from '../vi.ts';

export const kiosk: Text['kiosk'] = {
  request: 'Request to speak',
  requestHint: 'Space, Enter or F2',
  withdraw: 'Take hand down',
  pending: 'Registered, waiting for the chair',
  place: (n) => `${ordinal(n)} on the list`,
  next: 'Get ready: this point speaks next',
  onAir: 'ON AIR',
  onAirDetail: 'Everyone in the briefing sees and hears this point',
  finish: 'Finish speaking',
  present: 'Share screen',
  stopPresenting: 'Stop sharing',
  muted: 'Muted by the chair',
  mutedDetail: 'The briefing cannot hear this point until the chair lifts the mute.',
  listening: 'Following the briefing',
  holding: {
    scheduled: 'The briefing is not open yet. This screen changes by itself when it begins.',
    gathering: 'Waiting for the central point’s picture',
    inSession: 'Waiting for the central point’s picture',
    recess: 'The briefing is in recess',
    closed: 'The briefing is closed. Thank you.',
  },
  noMedia:
    'Picture and sound are interrupted. They come back by themselves; there is nothing to do.',
  startsAt: (when) => `Opens: ${when}`,
  leave: 'Leave the briefing',
  leaveTitle: 'Leave the briefing?',
  leaveDetail:
    'This point stops receiving and sending picture and sound; a request to speak is kept.',
  left: 'You have left the briefing',
  leftDetail: 'Press any key to come back.',
};
