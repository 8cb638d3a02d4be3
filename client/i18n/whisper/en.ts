import type { Text } from '../vi.ts';

/** English of the private voice link between the office and one point, and of the line check. */
export const whisper: Text['whisper'] = {
  start: 'Speak in private',
  startHint: 'Speak with this point in private; the briefing does not hear it',
  stop: 'End private talk',
  by: { secretary: 'The secretary', technician: 'A technician' },
  taken: (by) => `${by} is speaking with this point in private.`,
  busy: (name) => `You are speaking with ${name} in private. Please end that first.`,
  asking: 'Opening the microphone…',
  connecting: (name) => `Connecting with ${name}…`,
  on: (name) => `Speaking with ${name} in private`,
  onDetail: 'The briefing does not hear it.',
  ended: (name) => `The private talk with ${name} has ended.`,
  noMicrophone: 'This machine has no microphone, or the browser may not use it.',
  atSite: 'The control room is speaking with this point in private',
  atSiteDetail: 'The briefing does not hear it.',
  checking: 'The line is being checked',
  checkingDetail: 'A short chime will sound.',
  check: {
    again: 'Check again',
    progress: (done, all) => `Checked ${done}/${all}`,
    underWay: (done, all) => `Checking ${done}/${all}`,
    label: 'Check the points’ lines',
    all: (count) => `Check all (${count})`,
    listed: (count) => `Check those listed (${count})`,
    missing: (count) => `Check those that are not good (${count})`,
    nobody: 'No point is connected.',
  },
};
