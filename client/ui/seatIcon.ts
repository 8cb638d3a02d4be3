import type { SeatStatus } from '../../server/domain/roster.ts';
import type { IconName } from './Icon.tsx';

export const seatIcon: Record<SeatStatus, IconName> = {
  connected: 'online',
  lost: 'offline',
  expected: 'absent',
  excused: 'excused',
};
