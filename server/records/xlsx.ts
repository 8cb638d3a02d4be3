import exceljs from 'exceljs';
import { wallDate } from './localTime.ts';
import type { Minutes } from './minutes.ts';
import { type Cell, type Column, type ColumnType, type RecordTable, tables } from './tables.ts';
import { dated } from './zip.ts';

const formats: Readonly<Record<ColumnType, string | undefined>> = {
  text: undefined,
  word: undefined,
  number: '#,##0',
  share: '0.0%',
  instant: 'dd/mm/yyyy hh:mm:ss',
  duration: '[h]:mm:ss',
  date: 'dd/mm/yyyy',
};

const dayMs = 86_400_000;

/**
 * The tables of the minutes as a workbook, a sheet for each. Times are real dates, shown as the
 * briefing's own clock, and durations are parts of a day, so that Excel can add them up. The same
 * minutes give the same bytes.
 */
export async function xlsx(minutes: Minutes): Promise<Uint8Array> {
  const { asOf, timeZone, title } = minutes.briefing;
  const book = new exceljs.Workbook();
  book.creator = 'diemcau';
  book.lastModifiedBy = 'diemcau';
  book.created = new Date(asOf);
  book.modified = new Date(asOf);
  book.title = title.vi;
  for (const table of tables(minutes)) addSheet(book, table, timeZone);
  const bytes = await book.xlsx.writeBuffer();
  return dated(new Uint8Array(bytes), asOf);
}

function addSheet(book: exceljs.Workbook, table: RecordTable, timeZone: string): void {
  const sheet = book.addWorksheet(table.title, {
    views: [{ state: 'frozen', ySplit: 1 }],
    pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToHeight: 0 },
  });
  sheet.columns = table.columns.map(({ title, key, width, type, isId }) => ({
    header: title,
    key,
    width,
    hidden: isId ?? false,
    style: {
      ...(formats[type] && { numFmt: formats[type] }),
      font,
      alignment:
        type === 'text' || type === 'word' ? alignment : { ...alignment, horizontal: 'center' },
    },
  }));
  for (const row of table.rows) {
    sheet.addRow(row.map((cell, i) => typed(cell, table.columns[i], timeZone)));
  }
  const head = sheet.getRow(1);
  head.border = { bottom: { style: 'thin' } };
  head.font = { ...font, bold: true };
  head.alignment = { ...alignment, horizontal: 'center', vertical: 'middle' };
  sheet.autoFilter = {
    from: { row: 1, column: 1 },
    to: { row: table.rows.length + 1, column: table.columns.length },
  };
  sheet.pageSetup.printTitlesRow = '1:1';
}

const font = { name: 'Times New Roman', size: 11 } as const;
const alignment = { vertical: 'top', wrapText: true } as const;

function typed(
  cell: Cell,
  column: Column | undefined,
  zone: string,
): string | number | Date | null {
  if (cell === null || column === undefined) return null;
  if (column.type === 'instant' && typeof cell === 'number') return wallDate(cell, zone);
  if (column.type === 'duration' && typeof cell === 'number') return cell / dayMs;
  if (column.type === 'date' && typeof cell === 'string') return new Date(`${cell}T00:00:00Z`);
  if (column.type === 'word' && typeof cell === 'string') return column.words?.[cell] ?? cell;
  return cell;
}
