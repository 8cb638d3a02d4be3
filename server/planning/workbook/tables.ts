import type { Row, Workbook, Worksheet } from 'exceljs';
import type { PlanFault, PlanSheet } from '../../protocol/planFaults.ts';
import { Cells, cellText, type Report } from './cells.ts';
import { columnName, type Heading, isNamed, meetingHead, plain, sheets } from './format.ts';

/** The cells of each filled row of a table; undefined where its sheet is not there. */
export function tableOf(workbook: Workbook, name: PlanSheet, report: Report): Cells[] | undefined {
  const sheet = sheetOf(workbook, name, report);
  if (!sheet) return undefined;
  const columns = columnsOf(sheet, name, report);
  const { most } = sheets[name];
  const rows: Row[] = [];
  sheet.eachRow((row) => {
    const filled = [...columns.values()].some(
      (column) => cellText(row.getCell(column).value) !== '',
    );
    if (row.number > 1 && filled) rows.push(row);
  });
  const [beyond] = rows.slice(most);
  if (beyond) report(about(name, { code: 'tooManyRows', row: beyond.number, value: String(most) }));
  return rows.slice(0, most).map((row) => Cells.ofRow(name, row, { columns, report }));
}

/** The sheet of keys and values, whose keys stand in its first column. */
export function meetingOf(workbook: Workbook, report: Report): Cells | undefined {
  const sheet = sheetOf(workbook, 'meeting', report);
  if (!sheet) return undefined;
  const rows = new Map<string, Row>();
  sheet.eachRow((row) => {
    const text = cellText(row.getCell(1).value);
    const heading = headingOf(sheets.meeting.headings, text);
    const head = meetingHead.some((named) => isNamed(named, text)) && row.number === 1;
    if (text === '' || head) return;
    if (heading && !rows.has(heading.key)) rows.set(heading.key, row);
    else {
      const code = heading ? 'duplicate' : 'unknownKey';
      report(about('meeting', { code, row: row.number, column: 'A', value: text }));
    }
  });
  for (const { key, needed } of sheets.meeting.headings) {
    if (needed && !rows.has(key)) report(about('meeting', { code: 'missingKey', field: key }));
  }
  const at = (key: string) => {
    const row = rows.get(key);
    return {
      row: row?.number ?? 0,
      column: row ? 2 : undefined,
      value: row?.getCell(2).value ?? null,
    };
  };
  return new Cells('meeting', at, report);
}

function sheetOf(workbook: Workbook, name: PlanSheet, report: Report): Worksheet | undefined {
  const format = sheets[name];
  const found = workbook.worksheets.find((sheet) => isNamed(format, sheet.name));
  if (!found && format.needed) report(about(name, { code: 'missingSheet', value: format.vi }));
  return found;
}

function columnsOf(sheet: Worksheet, name: PlanSheet, report: Report): Map<string, number> {
  const { headings } = sheets[name];
  const columns = new Map<string, number>();
  sheet.getRow(1).eachCell((cell, column) => {
    const text = cellText(cell.value);
    if (text === '') return;
    const heading = headingOf(headings, text);
    if (heading && !columns.has(heading.key)) columns.set(heading.key, column);
    else {
      const code = heading ? 'duplicate' : 'unknownColumn';
      report(about(name, { code, row: 1, column: columnName(column), value: text }));
    }
  });
  for (const { key, needed } of headings) {
    if (needed && !columns.has(key)) {
      report(about(name, { code: 'missingColumn', row: 1, field: key }));
    }
  }
  return columns;
}

const headingOf = (headings: readonly Heading[], text: string): Heading | undefined =>
  headings.find((heading) => isNamed(heading, text) || plain(heading.key) === plain(text));

const about = (
  sheet: PlanSheet,
  fault: Pick<PlanFault, 'code'> & Partial<PlanFault>,
): PlanFault => ({
  sheet,
  row: null,
  column: null,
  field: null,
  ...fault,
  value: (fault.value ?? '').slice(0, 80),
});
