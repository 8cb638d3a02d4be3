import {
  AlignmentType,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import type { Fields } from './docx.ts';
import { centred, textWidth } from './docxHead.ts';
import { mm, noBorders } from './docxStyle.ts';
import type { FormKind } from './settings.ts';

interface Tail {
  readonly fields: Fields;
  readonly form: FormKind;
}

/** Who took the minutes on the left, who chaired on the right, with room for their hands. */
export function signatureBlock({ fields, form }: Tail): (Paragraph | Table)[] {
  const half = Math.round(mm(textWidth(form)) / 2);
  const block = (title: string, name: string) =>
    new TableCell({
      width: { size: half, type: WidthType.DXA },
      children: [
        centred(title.toLocaleUpperCase('vi'), { bold: true, size: 28 }),
        // Room for a signature and a seal.
        ...Array.from({ length: 4 }, () => keptTogether()),
        centred(name || '……………………………', { bold: name !== '', size: 28 }),
      ],
    });
  const row = new TableRow({
    cantSplit: true,
    children: [
      block(fields.secretaryTitle, fields.secretaryName),
      block(fields.chairTitle, fields.chairName),
    ],
  });
  return [
    centred('', { size: 20 }),
    new Table({
      width: { size: half * 2, type: WidthType.DXA },
      columnWidths: [half, half],
      layout: TableLayoutType.FIXED,
      borders: noBorders,
      rows: [row],
    }),
  ];
}

const keptTogether = () =>
  new Paragraph({
    alignment: AlignmentType.CENTER,
    keepNext: true,
    children: [new TextRun({ text: '', size: 28 })],
  });

/** Recipients, one a line, the last one where it is filed. */
export function recipientsBlock({ fields, form }: Tail): Paragraph[] {
  const lines = fields.recipients
    .split('\n')
    .map((each) =>
      each
        .trim()
        .replace(/^[-–•]\s*/, '')
        .replace(/[;.]+$/, ''),
    )
    .filter((each) => each !== '');
  const title =
    form === 'state'
      ? new TextRun({ text: 'Nơi nhận:', bold: true, italics: true, size: 24 })
      : new TextRun({ text: 'Nơi nhận:', underline: {}, size: 28 });
  const size = form === 'state' ? 22 : 24;
  return [
    new Paragraph({ spacing: { before: 160 }, keepNext: true, children: [title] }),
    ...lines.map(
      (each, i) =>
        new Paragraph({
          keepNext: i < lines.length - 1,
          children: [new TextRun({ text: `- ${each}${i < lines.length - 1 ? ';' : '.'}`, size })],
        }),
    ),
  ];
}
