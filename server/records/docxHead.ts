import {
  AlignmentType,
  LineRuleType,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import type { Block } from './blocks.ts';
import type { Fields } from './docx.ts';
import { line, mm, noBorders } from './docxStyle.ts';
import type { Heading } from './minutes.ts';
import type { FormKind } from './settings.ts';
import { dateWords, markWords } from './words.ts';

/** Decree 30/2020: 20–25, 20–25, 30–35, 15–20 mm; Guidance 36: 20, 20, 30, 20. */
export const marginsOf = (form: FormKind) => ({
  top: mm(20),
  bottom: mm(20),
  left: mm(30),
  right: mm(form === 'state' ? 15 : 20),
  header: mm(10),
  footer: mm(10),
});

/** Width of the text in millimetres. */
export const textWidth = (form: FormKind): number => (form === 'state' ? 165 : 160);

interface Head {
  readonly fields: Fields;
  readonly briefing: Heading;
  readonly form: FormKind;
}

const dots = '……';

/** The first page's head: who issues on the left, the state's or the Party's title on the right. */
export function heads({ fields, briefing, form }: Head): (Paragraph | Table)[] {
  const left = mm(form === 'state' ? 70 : 80);
  const right = mm(textWidth(form)) - left;
  const date = dateWords(briefing.closedAt ?? briefing.asOf, briefing.timeZone);
  const place = `${fields.place || '……………'}, ${date}`;
  const cell = (width: number, children: readonly Paragraph[]) =>
    new TableCell({
      width: { size: width, type: WidthType.DXA },
      margins: { left: 0, right: 0 },
      children: [...children],
    });
  const table = new Table({
    width: { size: left + right, type: WidthType.DXA },
    columnWidths: [left, right],
    layout: TableLayoutType.FIXED,
    borders: noBorders,
    rows: [
      new TableRow({
        children: [
          cell(left, issuerOf({ fields, form, width: left })),
          cell(right, form === 'state' ? nationalTitle(right) : partyTitle(right)),
        ],
      }),
      new TableRow({
        children: [
          cell(left, [centred(numberOf(fields, form), { size: form === 'state' ? 26 : 28 })]),
          cell(right, [centred(place, { italics: true, size: 28 })]),
        ],
      }),
      new TableRow({
        children: [cell(left, markOf(briefing, left)), cell(right, [centred('', { size: 12 })])],
      }),
    ],
  });
  return [table];
}

function numberOf({ number, symbol }: Fields, form: FormKind): string {
  const known = symbol.endsWith('-') || symbol.endsWith('/') ? `${symbol}${dots}` : symbol;
  return form === 'state' ? `Số: ${number || dots}/${known}` : `Số ${number || dots}-${known}`;
}

interface Issuer {
  readonly fields: Fields;
  readonly form: FormKind;
  /** Of the cell, in twentieths of a point. */
  readonly width: number;
}

function issuerOf({ fields, form, width }: Issuer): Paragraph[] {
  const size = form === 'state' ? 26 : 28;
  const upper = (text: string) => text.toLocaleUpperCase('vi');
  return [
    ...(fields.superior === '' ? [] : [centred(upper(fields.superior), { size })]),
    centred(upper(fields.issuer), { size, bold: true }),
    // A line a third to a half of the name's length, or the Party's asterisk.
    form === 'state' ? ruleLine(width, 0.36) : centred('*', { size: 28 }),
  ];
}

const nationalTitle = (width: number): Paragraph[] => [
  centred('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', { bold: true, size: 25 }),
  centred('Độc lập - Tự do - Hạnh phúc', { bold: true, size: 27 }),
  // As long as the motto above it.
  ruleLine(width, 0.6),
];

const partyTitle = (width: number): Paragraph[] => [
  centred('ĐẢNG CỘNG SẢN VIỆT NAM', { bold: true, size: 30 }),
  // As long as the title above it.
  ruleLine(width, 0.91),
];

/** The mark of secrecy is a red stamp; the mark of circulation is printed as the text is. */
function markOf({ classification }: Heading, width: number): Paragraph[] {
  const mark = markWords[classification];
  if (mark === null) return [centred('', { size: 12 })];
  const color = classification === 'internal' ? '000000' : 'FF0000';
  const border = { ...line, color, space: 3 };
  const share = { internal: 0.82, confidential: 0.35, secret: 0.5, topSecret: 0.64, open: 0 };
  const indent = Math.round((width * (1 - share[classification])) / 2);
  return [
    centred('', { size: 12 }),
    new Paragraph({
      alignment: AlignmentType.CENTER,
      indent: { left: indent, right: indent },
      border: { top: border, bottom: border, left: border, right: border },
      children: [new TextRun({ text: mark, bold: true, size: 26, color })],
    }),
    centred('', { size: 12 }),
  ];
}

/** The kind of document, what it is about, and the line beneath. */
export function titleBlock({ briefing, form }: Pick<Head, 'briefing' | 'form'>): Paragraph[] {
  const width = mm(textWidth(form));
  const draft = briefing.closedAt === null;
  return [
    centred('BIÊN BẢN', { bold: true, size: form === 'state' ? 28 : 32, before: 200 }),
    ...(draft ? [centred('(Dự thảo)', { italics: true, size: 28 })] : []),
    centred(briefing.title.vi, { bold: true, size: 28 }),
    form === 'state'
      ? ruleLine(width, 0.22, 160)
      : centred('-----', { bold: true, size: 28, after: 120 }),
  ];
}

/** `Thời gian bắt đầu: …` and its like, without the space of an indented paragraph's heading. */
export const openingBlock = ({ text, is }: Block): Paragraph =>
  new Paragraph({
    alignment: AlignmentType.JUSTIFIED,
    spacing: { before: 60, after: 60, line: 264, lineRule: LineRuleType.AUTO },
    indent: { firstLine: mm(10) },
    children: [new TextRun({ text, bold: is === 'heading' })],
  });

interface Look {
  readonly bold?: boolean;
  readonly italics?: boolean;
  /** In half points. */
  readonly size: number;
  /** In twentieths of a point. */
  readonly before?: number;
  readonly after?: number;
}

export const centred = (text: string, { size, before, after, ...look }: Look): Paragraph =>
  new Paragraph({
    alignment: AlignmentType.CENTER,
    spacing: { before: before ?? 0, after: after ?? 0 },
    children: [new TextRun({ text, size, ...look })],
  });

/** A drawn line in the middle, so long a share of the width. */
function ruleLine(width: number, share: number, after = 60): Paragraph {
  const indent = Math.round((width * (1 - share)) / 2);
  return new Paragraph({
    indent: { left: indent, right: indent },
    spacing: { before: 50, after, line: 40, lineRule: LineRuleType.EXACT },
    border: { top: { ...line, space: 0 } },
    children: [new TextRun({ text: '', size: 2 })],
  });
}
