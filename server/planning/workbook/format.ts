import type { AgendaKind } from '../../domain/agenda.ts';
import type { Classification } from '../../domain/briefing.ts';
import type { FloorMode, Interrupt, SpeechRule } from '../../domain/floor.ts';
import type { PointKind } from '../../domain/roster.ts';
import type { PlanSheet } from '../../protocol/planFaults.ts';

/**
 * The planning workbook: its sheets, headings and words, each in Vietnamese and in English. They
 * are a file format, read back in either language, and not texts of the user interface.
 */

/** A word of the format in both languages; workbooks are written in Vietnamese. */
export interface Named {
  readonly vi: string;
  readonly en: string;
}

export interface Heading extends Named {
  readonly key: string;
  /** In characters of the standard font. */
  readonly width: number;
  /** A workbook without it cannot be read. */
  readonly needed?: true;
}

export interface SheetFormat extends Named {
  readonly headings: readonly Heading[];
  /** The most rows that are read. */
  readonly most: number;
  readonly needed: boolean;
}

const speech: readonly Heading[] = [
  { key: 'speechMinutes', vi: 'Phút mỗi lượt', en: 'Minutes per speech', width: 14 },
  { key: 'warnings', vi: 'Cảnh báo trước (giây)', en: 'Warnings (seconds)', width: 20 },
  { key: 'atEnd', vi: 'Khi hết giờ', en: 'At the end', width: 14 },
];
const floor: readonly Heading[] = [
  { key: 'mode', vi: 'Cách cho phát biểu', en: 'Floor mode', width: 22 },
  { key: 'maxFloorUsers', vi: 'Số người cùng phát biểu', en: 'Speakers at once', width: 22 },
  { key: 'interrupt', vi: 'Ngắt lời', en: 'Interruption', width: 22 },
];
const titles: readonly Heading[] = [
  { key: 'titleVi', vi: 'Tên', en: 'Title', width: 48, needed: true },
  { key: 'titleEn', vi: 'Tên tiếng Anh', en: 'English title', width: 36 },
];
const ident: Heading = { key: 'id', vi: 'Mã', en: 'Id', width: 28 };

export const sheets: Readonly<Record<PlanSheet, SheetFormat>> = {
  // The headings of this one stand below one another, in the first column.
  meeting: {
    vi: 'Hội nghị',
    en: 'Meeting',
    most: 64,
    needed: true,
    headings: [
      { key: 'titleVi', vi: 'Tên hội nghị', en: 'Title', width: 0, needed: true },
      { key: 'titleEn', vi: 'Tên tiếng Anh', en: 'English title', width: 0 },
      { key: 'sectorVi', vi: 'Ngành', en: 'Sector', width: 0, needed: true },
      { key: 'sectorEn', vi: 'Ngành (tiếng Anh)', en: 'English sector', width: 0 },
      { key: 'date', vi: 'Ngày', en: 'Date', width: 0, needed: true },
      { key: 'time', vi: 'Giờ', en: 'Time', width: 0, needed: true },
      { key: 'timeZone', vi: 'Múi giờ', en: 'Time zone', width: 0 },
      { key: 'classification', vi: 'Độ mật', en: 'Classification', width: 0 },
      { key: 'chairPoint', vi: 'Điểm cầu trung tâm', en: 'Chair point', width: 0, needed: true },
      { key: 'series', vi: 'Chuỗi hội nghị', en: 'Series', width: 0 },
      { key: 'quorum', vi: 'Số điểm cầu tối thiểu', en: 'Quorum', width: 0 },
      ...floor,
      {
        key: 'graceSeconds',
        vi: 'Giữ lượt khi mất kết nối (giây)',
        en: 'Grace (seconds)',
        width: 0,
      },
      ...speech,
      { key: 'replyMinutes', vi: 'Phút mỗi lượt trao đổi lại', en: 'Minutes per reply', width: 0 },
    ],
  },
  points: {
    vi: 'Điểm cầu',
    en: 'Points',
    most: 257,
    needed: true,
    headings: [
      ident,
      { key: 'nameVi', vi: 'Tên', en: 'Name', width: 44, needed: true },
      { key: 'nameEn', vi: 'Tên tiếng Anh', en: 'English name', width: 44 },
      { key: 'shortVi', vi: 'Tên ngắn', en: 'Short name', width: 24 },
      { key: 'shortEn', vi: 'Tên ngắn tiếng Anh', en: 'English short name', width: 24 },
      { key: 'kind', vi: 'Loại', en: 'Kind', width: 18 },
      { key: 'region', vi: 'Vùng', en: 'Region', width: 26 },
    ],
  },
  agenda: {
    vi: 'Chương trình',
    en: 'Agenda',
    most: 64,
    needed: true,
    headings: [
      ident,
      { key: 'kind', vi: 'Loại', en: 'Kind', width: 16, needed: true },
      ...titles,
      { key: 'owner', vi: 'Chủ trì mục', en: 'Owner', width: 28 },
      { key: 'minutes', vi: 'Số phút', en: 'Minutes', width: 10, needed: true },
      { key: 'requests', vi: 'Ai được đăng ký', en: 'Who may ask', width: 24 },
      { key: 'once', vi: 'Mỗi điểm một lần', en: 'Once each', width: 16 },
      { key: 'queueLimit', vi: 'Giới hạn hàng chờ', en: 'Queue limit', width: 18 },
      { key: 'replies', vi: 'Trao đổi lại', en: 'Replies', width: 14 },
      { key: 'speakers', vi: 'Tham luận theo thứ tự', en: 'Prepared speakers', width: 36 },
      ...floor,
      ...speech,
    ],
  },
  reports: {
    vi: 'Báo cáo',
    en: 'Reports',
    most: 64,
    needed: false,
    headings: [
      ident,
      ...titles,
      { key: 'owner', vi: 'Đơn vị báo cáo', en: 'Owner', width: 28, needed: true },
      { key: 'content', vi: 'Nội dung', en: 'Content', width: 80, needed: true },
    ],
  },
  directives: {
    vi: 'Nhiệm vụ',
    en: 'Directives',
    most: 256,
    needed: false,
    headings: [
      ...titles,
      { key: 'content', vi: 'Nội dung', en: 'Content', width: 80, needed: true },
      { key: 'leadPoint', vi: 'Chủ trì', en: 'Lead', width: 28, needed: true },
      { key: 'supportingPoints', vi: 'Phối hợp', en: 'Support', width: 36 },
      { key: 'deadline', vi: 'Thời hạn', en: 'Deadline', width: 14 },
      { key: 'product', vi: 'Sản phẩm', en: 'Product', width: 36 },
    ],
  },
};

/** What heads the sheet of keys and values. */
export const meetingHead: readonly Named[] = [
  { vi: 'Mục', en: 'Item' },
  { vi: 'Nội dung', en: 'Value' },
];

export const everybody: Named = { vi: 'tất cả', en: 'all' };
export const nobody: Named = { vi: 'không', en: 'none' };
export const unlimited: Named = { vi: 'không hạn chế', en: 'unlimited' };

export const yesNo: Readonly<Record<'yes' | 'no', Named>> = {
  yes: { vi: 'có', en: 'yes' },
  no: { vi: 'không', en: 'no' },
};

export const agendaKinds: Readonly<Record<AgendaKind, Named>> = {
  opening: { vi: 'Khai mạc', en: 'Opening' },
  report: { vi: 'Báo cáo', en: 'Report' },
  preparedSpeech: { vi: 'Tham luận', en: 'Prepared speech' },
  discussion: { vi: 'Thảo luận', en: 'Discussion' },
  answers: { vi: 'Giải trình', en: 'Answers' },
  conclusion: { vi: 'Kết luận', en: 'Conclusion' },
  closing: { vi: 'Bế mạc', en: 'Closing' },
};

export const pointKinds: Readonly<Record<PointKind, Named>> = {
  province: { vi: 'Tỉnh', en: 'Province' },
  city: { vi: 'Thành phố', en: 'City' },
  partyCommittee: { vi: 'Đảng ủy', en: 'Party committee' },
  centralBody: { vi: 'Cơ quan Trung ương', en: 'Central body' },
};

export const classifications: Readonly<Record<Classification, Named>> = {
  open: { vi: 'Công khai', en: 'Open' },
  internal: { vi: 'Nội bộ', en: 'Internal' },
  confidential: { vi: 'Mật', en: 'Confidential' },
  secret: { vi: 'Tối mật', en: 'Secret' },
  topSecret: { vi: 'Tuyệt mật', en: 'Top secret' },
};

export const modes: Readonly<Record<FloorMode, Named>> = {
  moderated: { vi: 'Chủ trì mời', en: 'Moderated' },
  firstComeFirstServed: { vi: 'Theo thứ tự đăng ký', en: 'First come, first served' },
};

export const interrupts: Readonly<Record<Interrupt, Named>> = {
  none: { vi: 'Không', en: 'None' },
  lower: { vi: 'Ưu tiên thấp hơn', en: 'Lower priority' },
  sameOrLower: { vi: 'Ưu tiên bằng hoặc thấp hơn', en: 'Same or lower priority' },
};

export const ends: Readonly<Record<SpeechRule['atEnd'], Named>> = {
  warn: { vi: 'Nhắc', en: 'Warn' },
  close: { vi: 'Ngắt', en: 'Close' },
};

/** As it is compared: neither case nor spaces nor the way a letter is composed matter. */
export const plain = (text: string): string =>
  text.normalize('NFC').trim().replace(/\s+/g, ' ').toLocaleLowerCase('vi');

export const isNamed = (named: Named, text: string): boolean =>
  [named.vi, named.en].some((word) => plain(word) === plain(text));

/** `A` for 1, as spreadsheets name columns. */
export function columnName(column: number): string {
  const rest = Math.floor((column - 1) / 26);
  return `${rest > 0 ? columnName(rest) : ''}${String.fromCharCode(65 + ((column - 1) % 26))}`;
}
