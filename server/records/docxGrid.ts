import {
  AlignmentType,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx';
import { line, mm, tableSize } from './docxStyle.ts';

export interface GridColumn {
  readonly title: string;
  /** In millimetres. */
  readonly width: number;
  readonly centred?: boolean;
}

/** A ruled table whose head is repeated on each page, and whose rows are not torn. */
export function grid(columns: readonly GridColumn[], rows: readonly (readonly string[])[]): Table {
  const cell = (text: string, { width, centred }: GridColumn, head: boolean) =>
    new TableCell({
      width: { size: mm(width), type: WidthType.DXA },
      verticalAlign: VerticalAlign.CENTER,
      margins: { top: 20, bottom: 20, left: mm(1), right: mm(1) },
      children: [
        new Paragraph({
          alignment: head || centred ? AlignmentType.CENTER : AlignmentType.LEFT,
          children: [new TextRun({ text, size: tableSize, bold: head })],
        }),
      ],
    });
  return new Table({
    width: { size: mm(columns.reduce((sum, { width }) => sum + width, 0)), type: WidthType.DXA },
    columnWidths: columns.map(({ width }) => mm(width)),
    layout: TableLayoutType.FIXED,
    borders: {
      top: line,
      bottom: line,
      left: line,
      right: line,
      insideHorizontal: line,
      insideVertical: line,
    },
    rows: [
      new TableRow({
        tableHeader: true,
        cantSplit: true,
        children: columns.map((column) => cell(column.title, column, true)),
      }),
      ...rows.map(
        (row) =>
          new TableRow({
            cantSplit: true,
            children: columns.map((column, i) => cell(row[i] ?? '', column, false)),
          }),
      ),
    ],
  });
}
