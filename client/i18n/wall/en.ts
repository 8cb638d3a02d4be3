import type { Text } from '../vi.ts';

export const wall: Text['wall'] = {
  here: 'Connected',
  lost: 'Lost',
  absent: 'Absent',
  onAir: 'ON AIR',
  since: (time) => `since ${time}`,
  noPicture: 'No picture',
};
