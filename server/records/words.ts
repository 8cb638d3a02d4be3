import type { Classification, Phase } from '../domain/briefing.ts';
import type { DirectiveStatus } from '../domain/directives.ts';
import type { Instant } from '../domain/ids.ts';
import type { LineFault, LineVerdict } from '../domain/lineCheck.ts';
import type { Disagreement, RollState } from '../domain/rollCall.ts';
import { wallTime } from './localTime.ts';
import type { SpeechEnd } from './speeches.ts';

/**
 * The Vietnamese of the documents. They are official papers, and exist in Vietnamese alone; what
 * machines read (JSON, CSV) uses the domain's own words.
 */

export const rollWords: Readonly<Record<RollState, string>> = {
  present: 'Có mặt',
  presentLate: 'Đến muộn',
  absent: 'Vắng mặt',
  notCalled: 'Chưa điểm danh',
};

export const disagreementWords: Readonly<Record<Disagreement, string>> = {
  declaredPresentNotConnected: 'khai báo có mặt nhưng không kết nối',
  declaredAbsentButConnected: 'khai báo vắng mặt nhưng có kết nối',
  connectedNotDeclared: 'có kết nối nhưng chưa khai báo',
  presentNotSeen: 'có mặt nhưng chưa kiểm tra được hình ảnh',
  presentNotHeard: 'có mặt nhưng chưa kiểm tra được âm thanh',
};

export const endWords: Readonly<Record<SpeechEnd, string>> = {
  released: 'Kết thúc phát biểu',
  chair: 'Chủ tọa kết thúc',
  replaced: 'Nhường cho người phát biểu tiếp theo',
  graceExpired: 'Mất kết nối',
  timeOver: 'Hết thời gian',
  left: 'Rời hội nghị',
  recess: 'Hội nghị tạm nghỉ',
  closed: 'Hội nghị kết thúc',
};

export const directiveWords: Readonly<Record<DirectiveStatus, string>> = {
  draft: 'Dự thảo',
  given: 'Đã giao',
  done: 'Hoàn thành',
  withdrawn: 'Đã rút',
};

export const phaseWords: Readonly<Record<Phase, string>> = {
  scheduled: 'Trước khi mở',
  gathering: 'Tập hợp',
  inSession: 'Đang họp',
  recess: 'Tạm nghỉ',
  closed: 'Đã kết thúc',
};

export const verdictWords: Readonly<Record<LineVerdict, string>> = {
  good: 'Tốt',
  poor: 'Kém',
  failed: 'Không đạt',
};

export const faultWords: Readonly<Record<LineFault, string>> = {
  noAnswer: 'không trả lời',
  noPicture: 'không có hình',
  slowPicture: 'hình chậm',
  noSound: 'không có tiếng',
  quietSound: 'tiếng nhỏ',
  longRoundTrip: 'trễ lớn',
  lossUp: 'mất gói chiều lên',
  lossDown: 'mất gói chiều xuống',
  narrowUp: 'băng thông lên thấp',
  narrowDown: 'băng thông xuống thấp',
};

/** The mark on the first page: of secrecy, or of circulation; null where there is none. */
export const markWords: Readonly<Record<Classification, string | null>> = {
  open: null,
  internal: 'LƯU HÀNH NỘI BỘ',
  confidential: 'MẬT',
  secret: 'TỐI MẬT',
  topSecret: 'TUYỆT MẬT',
};

export const two = (n: number): string => String(n).padStart(2, '0');

/** Days below 10 and months below 3 carry a nought (Decree 30/2020, Annex I). */
const dayAndMonth = (day: number, month: number): string =>
  `ngày ${two(day)} tháng ${month < 3 ? two(month) : month}`;

/** `ngày 03 tháng 6 năm 2019` */
export function dateWords(at: Instant, timeZone: string): string {
  const { year, month, day } = wallTime(at, timeZone);
  return `${dayAndMonth(day, month)} năm ${year}`;
}

/** `14 giờ 05 phút` */
export function timeWords(at: Instant, timeZone: string): string {
  const { hour, minute } = wallTime(at, timeZone);
  return `${two(hour)} giờ ${two(minute)} phút`;
}

/** `14:05:09` */
export function clockWords(at: Instant, timeZone: string): string {
  const { hour, minute, second } = wallTime(at, timeZone);
  return `${two(hour)}:${two(minute)}:${two(second)}`;
}

/** `1 giờ 2 phút 5 giây`, to the second; shorter ones leave out what is nought. */
export function durationWords(ms: number): string {
  const whole = Math.round(ms / 1_000);
  const [hours, minutes, seconds] = [
    Math.floor(whole / 3_600),
    Math.floor(whole / 60) % 60,
    whole % 60,
  ];
  const parts = [
    ...(hours > 0 ? [`${hours} giờ`] : []),
    ...(minutes > 0 ? [`${minutes} phút`] : []),
    ...(seconds > 0 || whole === 0 ? [`${seconds} giây`] : []),
  ];
  return parts.join(' ');
}

/** `1:02:05` or `2:05`, for tables. */
export function durationClock(ms: number): string {
  const whole = Math.round(ms / 1_000);
  const minutes = Math.floor(whole / 60) % 60;
  const hours = Math.floor(whole / 3_600);
  return hours > 0
    ? `${hours}:${two(minutes)}:${two(whole % 60)}`
    : `${minutes}:${two(whole % 60)}`;
}

/** `30/6/2019` of an ISO 8601 date. */
export function isoDateWords(date: string): string {
  const [year, month, day] = date.split('-').map(Number);
  return `${two(day ?? 0)}/${(month ?? 0) < 3 ? two(month ?? 0) : month}/${year}`;
}

/** Ends a sentence with one full stop, whatever it ended with. */
export const sentence = (text: string): string => `${text.trim().replace(/[.;,…\s]+$/u, '')}.`;
