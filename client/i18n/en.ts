import { chair } from './chair/en.ts';
import { kiosk } from './kiosk/en.ts';
import { planning } from './planning/en.ts';
import { technician } from './technician/en.ts';
import type { Text } from './vi.ts';
import { wall } from './wall/en.ts';
import { whisper } from './whisper/en.ts';

export const en: Text = {
  language: { own: 'English', switchTo: 'Tiếng Việt', switchHint: 'Switch to Vietnamese' },
  theme: { toLight: 'Switch to the light theme', toDark: 'Switch to the dark theme' },
  dialog: { cancel: 'No', close: 'Close', keys: 'Keyboard shortcuts' },
  surface: {
    kiosk: 'Bridge point',
    chair: 'Chair console',
    wall: 'Wall',
    technician: 'Technician',
    planning: 'Prepare briefings',
  },
  phase: {
    scheduled: 'Not open yet',
    gathering: 'Gathering',
    inSession: 'In session',
    recess: 'Recess',
    closed: 'Closed',
  },
  seat: {
    expected: 'Not connected',
    connected: 'Connected',
    lost: 'Connection lost',
    excused: 'Excused',
  },
  kind: {
    province: 'Province',
    city: 'City',
    partyCommittee: 'Party committee',
    centralBody: 'Central body',
  },
  link: {
    connecting: 'Connecting…',
    live: 'Connected',
    lost: 'Reconnecting…',
    lostDetail: 'The line is interrupted. It is being restored by itself; there is nothing to do.',
    refused: 'This link is not valid',
    refusedDetail: 'The server does not accept this link. Please ask the technician for a new one.',
    noPass: 'No pass in this link',
    noPassDetail: 'This address has no pass. Please open the exact link that you were given.',
  },
  control: {
    paused:
      'Control is paused: picture and sound go on. Commands will be taken again by themselves.',
    regressed:
      'Control is paused: some accepted commands have been lost. Waiting for the technician to say how to go on.',
  },
  putOut: {
    evicted: 'Opened on another device',
    evictedDetail:
      'This seat has been opened on another device, so this one has stopped sending. Press any key to take the seat back.',
    tooManyCommands: 'Disconnected for now',
    tooManyCommandsDetail:
      'This device sent too many commands and was disconnected. Press any key to come back.',
    passRevoked: 'This link has been withdrawn',
    passRevokedDetail: 'This link has been withdrawn. Please ask the technician for a new one.',
    takeBack: 'Take the seat back',
    comeBack: 'Come back',
  },
  sound: {
    blocked: 'Tap the screen or press any key to hear',
    silence: 'Loudspeaker off',
    unsilence: 'Loudspeaker on',
  },
  device: {
    camera: {
      missing: 'No camera found. Please check its cable.',
      busy: 'Another program is using the camera. Please close that program.',
      denied: 'The browser may not use the camera. Press the camera icon in the address bar.',
      insecure: 'Browsers allow cameras only on secure addresses (https).',
    },
    microphone: {
      missing: 'No microphone found. Please check its cable.',
      busy: 'Another program is using the microphone. Please close that program.',
      denied: 'The browser may not use the microphone. Press its icon in the address bar.',
      insecure: 'Browsers allow microphones only on secure addresses (https).',
    },
    retrying: 'It is tried again by itself.',
    short: {
      live: 'Good',
      missing: 'Not found',
      busy: 'In use',
      denied: 'Not allowed',
      insecure: 'No https',
    },
    noPicture: 'No picture',
  },
  stage: {
    own: 'This point’s picture',
    speaking: 'Speaking',
    chair: 'Chair',
    presenting: (name) => `Presentation: ${name}`,
    next: 'Next',
    waiting: 'Waiting for the picture…',
    lost: 'Connection lost',
    absent: 'Not connected',
  },
  kiosk,
  chair,
  wall,
  technician,
  whisper,
  planning,
};
