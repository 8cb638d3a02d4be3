import type { Cell, Column, RecordTable } from './tables.ts';

/**
 * A table for machines: RFC 4180, UTF-8 with a byte order mark, since Excel reads Vietnamese by that
 * alone. Instants are ISO 8601 in UTC, durations whole milliseconds, words the domain's own.
 *
 * A text that a spreadsheet would take for a formula gets an apostrophe in front: people at the
 * points write some of them, and a formula can do harm on the machine that opens it.
 */
export function csv({ columns, rows }: RecordTable): Uint8Array {
  const lines = [
    columns.map(({ key }) => key),
    ...rows.map((row) => row.map((cell, i) => plain(cell, columns[i]))),
  ];
  const text = lines.map((line) => `${line.map(quoted).join(',')}\r\n`).join('');
  return new TextEncoder().encode(`\uFEFF${text}`);
}

function plain(cell: Cell, column: Column | undefined): string {
  if (cell === null) return '';
  if (typeof cell === 'number') {
    return column?.type === 'instant' ? new Date(cell).toISOString() : String(cell);
  }
  return /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
}

const quoted = (field: string): string =>
  /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
