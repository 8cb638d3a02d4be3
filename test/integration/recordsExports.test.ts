import exceljs from 'exceljs';
import { beforeAll, expect, test } from 'vitest';
import type { Recorded } from '../../server/domain/event.ts';
import { csv } from '../../server/records/csv.ts';
import { docx } from '../../server/records/docx.ts';
import { json } from '../../server/records/json.ts';
import { type Minutes, minutes } from '../../server/records/minutes.ts';
import type { MinutesText } from '../../server/records/minutesText.ts';
import { type FormKind, formOf, noSettings } from '../../server/records/settings.ts';
import { type RecordTable, tables } from '../../server/records/tables.ts';
import { xlsx } from '../../server/records/xlsx.ts';
import { unzipped } from '../../server/records/zip.ts';
import { sampleBriefing } from '../support/sampleBriefing.ts';

const journal = sampleBriefing();
const built = minutes(journal);
const again = minutes(JSON.parse(JSON.stringify(journal)) as Recorded[]);

const document = (
  of: Minutes,
  sections: MinutesText['sections'] = {},
  form: FormKind = 'state',
): Promise<Uint8Array> =>
  docx({ minutes: of, text: { sections }, form: formOf(of, noSettings, form) });

/** The text of a Word document, a line for each paragraph. */
function textOf(bytes: Uint8Array): string {
  const xml = new TextDecoder().decode(unzipped(bytes).get('word/document.xml'));
  return xml
    .replaceAll('</w:p>', '\n')
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

let state: Uint8Array;
beforeAll(async () => {
  state = await document(built);
});

test('the same journal gives the same bytes, read from its text too, at any hour and in any zone', async () => {
  const zone = process.env.TZ;
  try {
    process.env.TZ = 'America/St_Johns';
    expect(Buffer.compare(state, await document(again))).toBe(0);
    const workbook = await xlsx(built);
    process.env.TZ = 'Pacific/Kiritimati';
    expect(Buffer.compare(workbook, await xlsx(again))).toBe(0);
    expect(Buffer.compare(json(built), json(again))).toBe(0);
  } finally {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  }
});

test('a Word document says when the briefing closed, not when it was made', () => {
  const core = new TextDecoder().decode(unzipped(state).get('docProps/core.xml'));
  const closed = new Date(built.briefing.closedAt ?? 0).toISOString().slice(0, 19);
  expect(core.match(/<dcterms:created[^>]*>([^<]+)/)?.[1]).toBe(`${closed}Z`);
  expect(core.match(/<dcterms:modified[^>]*>([^<]+)/)?.[1]).toBe(`${closed}Z`);
});

test("the state's form: title and motto, number, place and date, five parts, signatures, recipients", () => {
  const lines = textOf(state).split('\n');
  const inOrder = [
    'BAN TỔ CHỨC TRUNG ƯƠNG',
    'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
    'Độc lập - Tự do - Hạnh phúc',
    'Số: ……/BB-……',
    '……………, ngày 03 tháng 6 năm 2019',
    'LƯU HÀNH NỘI BỘ',
    'BIÊN BẢN',
    'Hội nghị giao ban trực tuyến Ngành Tổ chức xây dựng Đảng tháng 6/2019',
    'I. THÀNH PHẦN THAM DỰ',
    'II. TRÌNH TỰ, NỘI DUNG HỘI NGHỊ',
    'III. Ý KIẾN PHÁT BIỂU',
    'IV. KẾT QUẢ BIỂU QUYẾT',
    'V. KẾT LUẬN VÀ QUYẾT ĐỊNH',
    'THƯ KÝ',
    'CHỦ TỌA',
    'Nơi nhận:',
    'Phụ lục I',
    'Phụ lục IV',
  ];
  const found = lines.filter((line) => inOrder.includes(line));
  expect(found).toEqual(inOrder);
  const xml = new TextDecoder().decode(unzipped(state).get('word/document.xml'));
  // A4, and the decree's margins: 20, 20, 30 and 15 mm in twentieths of a point.
  expect(xml).toMatch(/<w:pgSz w:w="11906" w:h="16838"/);
  expect(xml).toMatch(/<w:pgMar w:top="1134" w:right="850" w:bottom="1134" w:left="1701"/);
  const styles = new TextDecoder().decode(unzipped(state).get('word/styles.xml'));
  expect(styles).toMatch(/w:ascii="Times New Roman"/);
  expect(styles).toMatch(/<w:sz w:val="28"\/>/);
});

test('every speech, absence and task of the minutes is in the document', () => {
  const text = textOf(state);
  const names = new Map(built.attendees.seats.map(({ seat, name }) => [seat, name.vi]));
  for (const { seat } of built.opinions.speeches) {
    expect(text).toContain(`Điểm cầu ${names.get(seat)} `);
  }
  expect(text).toContain('Cà Mau: trùng lịch họp Ban Thường vụ.');
  expect(text).toContain('Điện Biên: vào họp lúc 14 giờ 07 phút.');
  for (const { directive } of built.conclusion.directives) {
    expect(text).toContain(`${directive.number}. ${directive.content.replace(/[.…]+$/, '')}`);
  }
  expect(text).toContain('Tán thành: 61/66 điểm cầu đã biểu quyết (92,4%).');
  expect(text).toContain('được bù 13 giây do sự cố đường truyền');
  expect(text).toContain('thư ký đăng ký thay');
});

test("the Party's form has the Party's title and no motto", async () => {
  const text = textOf(await document(built, { number: '15', symbol: 'BB/BTCTW' }, 'party'));
  expect(text).toContain('ĐẢNG CỘNG SẢN VIỆT NAM');
  expect(text).not.toContain('Độc lập - Tự do - Hạnh phúc');
  expect(text).toContain('Số 15-BB/BTCTW');
  expect(text).toContain('NGƯỜI GHI BIÊN BẢN');
});

test.each([
  ['confidential', 'MẬT'],
  ['secret', 'TỐI MẬT'],
  ['topSecret', 'TUYỆT MẬT'],
] as const)('a %s briefing is marked %s', async (classification, mark) => {
  const text = textOf(await document(minutes(sampleBriefing({ classification }))));
  expect(text.split('\n')).toContain(mark);
  expect(text).not.toContain('LƯU HÀNH NỘI BỘ');
});

test('what the secretary has written stands in the place of what was built, and nowhere else', async () => {
  const request = built.opinions.speeches[0]?.request ?? '';
  const text = textOf(
    await document(built, {
      conclusion: '# Kết luận\nThống nhất <chương trình> & kế hoạch.\n\n- Giao Văn phòng theo dõi.',
      [`speech-${request}`]: 'Đề nghị sớm ban hành hướng dẫn.',
      chairName: 'Người Chủ Trì',
      recipients: 'Các điểm cầu\nLưu: VT',
    }),
  );
  expect(text).toContain('Thống nhất &lt;chương trình&gt; & kế hoạch.');
  expect(text).toContain('- Giao Văn phòng theo dõi.');
  expect(text).not.toContain('Hội nghị kết luận và giao các nhiệm vụ sau');
  expect(text).toContain('Đề nghị sớm ban hành hướng dẫn.');
  expect(text).toContain('Chủ trì: Người Chủ Trì.');
  expect(text).toContain('- Các điểm cầu;\n- Lưu: VT.');
  expect(text).toContain('Tán thành: 61/66 điểm cầu đã biểu quyết (92,4%).');
});

test('an open briefing gives a draft', async () => {
  const open = journal.slice(0, 300);
  const text = textOf(await document(minutes(open)));
  expect(text).toContain('(Dự thảo)');
  expect(text).toContain('Hội nghị chưa kết thúc');
});

async function workbook(): Promise<exceljs.Workbook> {
  const book = new exceljs.Workbook();
  await book.xlsx.load((await xlsx(built)).buffer as ArrayBuffer);
  return book;
}

test('the workbook has a sheet for each table, its head frozen, times as dates, durations as parts of a day', async () => {
  const book = await workbook();
  expect(book.worksheets.map(({ name }) => name)).toEqual(tables(built).map(({ title }) => title));
  for (const sheet of book.worksheets) {
    expect(sheet.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 });
  }
  const sheet = book.getWorksheet('Phát biểu');
  const head = (sheet?.getRow(1).values ?? []) as string[];
  const cell = (title: string) => sheet?.getRow(2).getCell(head.indexOf(title));
  // The wall's clock of Hanoi, though the file knows no zones.
  expect(cell('Bắt đầu')?.value).toEqual(new Date('2019-06-03T14:22:03.000Z'));
  expect(cell('Bắt đầu')?.numFmt).toBe('dd/mm/yyyy hh:mm:ss');
  // Five minutes, as the library reads a part of a day: after the day from which Excel counts.
  expect(cell('Sử dụng')?.value).toEqual(new Date('1899-12-30T00:05:00.000Z'));
  expect(cell('Sử dụng')?.numFmt).toBe('[h]:mm:ss');
  expect(cell('Loại')?.value).toBe('Phát biểu');
  expect(sheet?.rowCount).toBe(built.opinions.speeches.length + 1);
  const tasks = book.getWorksheet('Nhiệm vụ');
  const titles = (tasks?.getRow(1).values ?? []) as string[];
  const due = titles.indexOf('Thời hạn');
  expect(tasks?.getRow(2).getCell(due).value).toEqual(new Date('2019-06-30T00:00:00Z'));
});

/** Reads RFC 4180. */
function fieldsOf(bytes: Uint8Array): string[][] {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  expect(text.charCodeAt(0)).toBe(0xfeff);
  expect(text.endsWith('\r\n')).toBe(true);
  const rows: string[][] = [[]];
  const field = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/gy;
  field.lastIndex = 1;
  for (let m = field.exec(text); m; m = field.exec(text)) {
    const raw = m[1] ?? '';
    rows.at(-1)?.push(raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw);
    if (m[2] === '\r\n') rows.push([]);
  }
  return rows.slice(0, -1);
}

test('CSV for machines: every row has every field, quotes and line breaks survive, instants are ISO 8601', () => {
  for (const table of tables(built)) {
    const [head, ...rows] = fieldsOf(csv(table));
    expect(head).toEqual(table.columns.map(({ key }) => key));
    expect(rows).toHaveLength(table.rows.length);
    for (const row of rows) expect(row).toHaveLength(table.columns.length);
  }
  const speeches = tables(built).find(({ kind }) => kind === 'speeches') as RecordTable;
  const [head = [], first = []] = fieldsOf(csv(speeches));
  expect(first[head.indexOf('grantedAt')]).toBe('2019-06-03T07:22:03.000Z');
  expect(first[head.indexOf('usedMs')]).toBe('300000');
  expect(first[head.indexOf('kind')]).toBe('speech');
  const odd: RecordTable = {
    kind: 'votes',
    title: '',
    columns: [
      { key: 'a', title: 'A', type: 'text', width: 1 },
      { key: 'b', title: 'B', type: 'text', width: 1 },
    ],
    rows: [
      ['Ông "Tư", Cà Mau', 'hai\r\ndòng'],
      ['=HYPERLINK("http://x")', null],
    ],
  };
  expect(fieldsOf(csv(odd))).toEqual([
    ['a', 'b'],
    ['Ông "Tư", Cà Mau', 'hai\r\ndòng'],
    [`'=HYPERLINK("http://x")`, ''],
  ]);
});

test('JSON says all of the minutes', () => {
  expect(JSON.parse(new TextDecoder().decode(json(built)))).toEqual(
    JSON.parse(JSON.stringify(built)),
  );
});
