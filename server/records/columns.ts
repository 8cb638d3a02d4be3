import type { SeatId } from '../domain/ids.ts';
import type { Minutes } from './minutes.ts';
import type { Column } from './tables.ts';

/** Short ways to say what tables hold. */
export const text = (key: string, title: string, width = 20): Column => ({
  key,
  title,
  width,
  type: 'text',
});
export const id = (key: string, title: string): Column => ({
  key,
  title,
  width: 20,
  type: 'text',
  isId: true,
});
export const number = (key: string, title: string, width = 10): Column => ({
  key,
  title,
  width,
  type: 'number',
});
export const instant = (key: string, title: string): Column => ({
  key,
  title,
  width: 20,
  type: 'instant',
});
export const duration = (key: string, title: string): Column => ({
  key,
  title,
  width: 14,
  type: 'duration',
});
export const word = (
  key: string,
  title: string,
  words: Readonly<Record<string, string>>,
): Column => ({ key, title, width: 18, type: 'word', words });

/** A seat is named twice: by its id for machines, by its name for people. */
export const seatColumns = (title = 'Điểm cầu'): readonly Column[] => [
  id('seat', 'Mã điểm cầu'),
  text('name', title, 30),
];

export const namesOf = ({ attendees }: Minutes): ((seat: SeatId) => string) => {
  const names = new Map(attendees.seats.map(({ seat, name }) => [seat, name.vi]));
  return (seat) => names.get(seat) ?? seat;
};

export const titlesOf = ({ sequence }: Minutes): ((item: string | null) => string) => {
  const titles = new Map(sequence.items.map(({ item, title }) => [item, title.vi]));
  return (item) => (item === null ? '' : (titles.get(item) ?? item));
};

export const roleWords = {
  chair: 'Chủ tọa',
  secretary: 'Thư ký',
  technician: 'Kỹ thuật viên',
  wall: 'Màn hình tổng',
  point: 'Điểm cầu',
  system: 'Hệ thống',
} as const;
