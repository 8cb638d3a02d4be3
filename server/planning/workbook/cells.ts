import type { CellValue, Row } from 'exceljs';
import type { SeatId } from '../../domain/ids.ts';
import { id as idSchema } from '../../protocol/plan.ts';
import type { PlanFault, PlanFaultCode, PlanSheet } from '../../protocol/planFaults.ts';
import { columnName, everybody, isNamed, type Named, nobody, plain, unlimited } from './format.ts';
import type { PointNames } from './pointNames.ts';

/** Faults gathered while reading; each says where it stands. */
export type Report = (fault: PlanFault) => void;

const longestShown = 80;
/** Days from the epoch of spreadsheets to that of computers. */
const spreadsheetEpochDays = 25_569;
const dayMs = 86_400_000;

/** What a person sees in a cell, as far as it is text; '' for an empty one. */
export function cellText(value: CellValue): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'object') return String(value).trim();
  if ('richText' in value)
    return value.richText
      .map(({ text }) => text)
      .join('')
      .trim();
  if ('result' in value) return cellText(value.result ?? null);
  if ('text' in value) return cellText(value.text as CellValue);
  return '';
}

/** The value itself, where a formula gives it. */
const resultOf = (value: CellValue): CellValue =>
  typeof value === 'object' && value !== null && 'result' in value
    ? ((value.result ?? null) as CellValue)
    : value;

interface At {
  readonly row: number;
  /** From 1; undefined: the workbook has no such column. */
  readonly column: number | undefined;
  readonly value: CellValue;
}

/** The cells of one row of a table, or of the sheet of keys and values, by their keys. */
export class Cells {
  readonly #sheet: PlanSheet;
  readonly #at: (key: string) => At;
  readonly #report: Report;

  constructor(sheet: PlanSheet, at: (key: string) => At, report: Report) {
    this.#sheet = sheet;
    this.#at = at;
    this.#report = report;
  }

  static ofRow(
    sheet: PlanSheet,
    row: Row,
    o: { readonly columns: ReadonlyMap<string, number>; readonly report: Report },
  ): Cells {
    const at = (key: string): At => {
      const column = o.columns.get(key);
      const value = column === undefined ? null : row.getCell(column).value;
      return { row: row.number, column, value };
    };
    return new Cells(sheet, at, o.report);
  }

  fault(code: PlanFaultCode, key: string, value = this.raw(key)): void {
    const { row, column } = this.#at(key);
    this.#report({
      code,
      sheet: this.#sheet,
      row: row > 0 ? row : null,
      column: column === undefined ? null : columnName(column),
      field: key,
      value: value.slice(0, longestShown),
    });
  }

  raw(key: string): string {
    return cellText(this.#at(key).value);
  }

  isEmpty(key: string): boolean {
    return this.raw(key) === '';
  }

  /** '' after a fault, so that reading goes on. */
  text(key: string, o: { readonly most: number; readonly needed?: boolean }): string {
    const text = this.raw(key);
    if (text === '' && o.needed) this.fault('required', key);
    if (text.length > o.most) this.fault('tooLong', key);
    return text;
  }

  id(key: string, otherwise: string): string {
    const text = this.raw(key) || otherwise;
    if (!idSchema.safeParse(text).success) this.fault('badId', key, text);
    return text;
  }

  /** Undefined where the cell is empty, or after a fault. */
  number(
    key: string,
    o: { readonly min: number; readonly max: number; readonly whole?: boolean },
  ): number | undefined {
    const text = this.raw(key);
    if (text === '') return undefined;
    const found = numberIn(text);
    if (Number.isNaN(found)) this.fault('notANumber', key);
    else if (found < o.min || found > o.max || (o.whole && !Number.isInteger(found))) {
      this.fault('outOfRange', key);
    } else return found;
    return undefined;
  }

  /** Minutes as milliseconds; null: unlimited. Undefined where the cell is empty. */
  minutes(
    key: string,
    o: { readonly minMs: number; readonly maxMs: number },
  ): number | null | undefined {
    if (isNamed(unlimited, this.raw(key))) return null;
    const found = this.number(key, { min: o.minMs / 60_000, max: o.maxMs / 60_000 });
    return found === undefined ? undefined : Math.round(found * 60_000);
  }

  /** Seconds before the end as milliseconds, the longest first. Undefined where the cell is empty. */
  warnings(key: string): number[] | undefined {
    const text = this.raw(key);
    if (text === '') return undefined;
    if (isNamed(nobody, text)) return [];
    const found = listIn(text).map(numberIn);
    if (found.some(Number.isNaN)) this.fault('notANumber', key);
    else if (found.length > 4 || found.some((s) => s < 1 || s > 3_600)) {
      this.fault('outOfRange', key);
    }
    return found.map((s) => Math.round(s * 1_000)).sort((a, b) => b - a);
  }

  choice<T extends string>(key: string, words: Readonly<Record<T, Named>>): T | undefined {
    const text = this.raw(key);
    if (text === '') return undefined;
    const entries = Object.entries(words) as [T, Named][];
    const found = entries.find(
      ([code, named]) => isNamed(named, text) || plain(code) === plain(text),
    );
    if (!found) this.fault('unknownChoice', key);
    return found?.[0];
  }

  /** ISO 8601 date; undefined where the cell is empty, or after a fault. */
  date(key: string): string | undefined {
    const value = resultOf(this.#at(key).value);
    if (cellText(value) === '') return undefined;
    const found = dateIn(value);
    if (found === undefined) this.fault('notADate', key);
    return found;
  }

  /** Hours and minutes as in 14:00; undefined where the cell is empty, or after a fault. */
  time(key: string): string | undefined {
    const value = resultOf(this.#at(key).value);
    if (cellText(value) === '') return undefined;
    const found = timeIn(value);
    if (found === undefined) this.fault('notATime', key);
    return found;
  }

  point(key: string, names: PointNames): SeatId | undefined {
    const text = this.raw(key);
    return text === '' ? undefined : this.#find(text, key, names);
  }

  points(key: string, names: PointNames): 'all' | 'none' | SeatId[] | undefined {
    const text = this.raw(key);
    if (text === '') return undefined;
    if (isNamed(everybody, text)) return 'all';
    if (isNamed(nobody, text)) return 'none';
    return listIn(text).flatMap((name) => this.#find(name, key, names) ?? []);
  }

  #find(text: string, key: string, names: PointNames): SeatId | undefined {
    const found = names.find(text);
    if (found !== 'unknownPoint' && found !== 'ambiguousPoint') return found;
    this.fault(found, key, text);
    return undefined;
  }
}

const listIn = (text: string): string[] =>
  text
    .split(/[;\n\r]+/)
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** With a comma or a point before the decimals, as it is written in Vietnamese or in English. */
const numberIn = (text: string): number =>
  /^-?\d+([.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : Number.NaN;

function dateIn(value: CellValue): string | undefined {
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value === 'number') return dateIn(new Date((value - spreadsheetEpochDays) * dayMs));
  const text = cellText(value);
  const local = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text);
  const iso = local
    ? `${local[3]}-${local[2]?.padStart(2, '0')}-${local[1]?.padStart(2, '0')}`
    : text;
  const real = /^\d{4}-\d{2}-\d{2}$/.test(iso) && !Number.isNaN(Date.parse(`${iso}T00:00:00Z`));
  // 31 April would be read as 1 May.
  return real && new Date(`${iso}T00:00:00Z`).toISOString().startsWith(iso) ? iso : undefined;
}

function timeIn(value: CellValue): string | undefined {
  if (value instanceof Date) return value.toISOString().slice(11, 16);
  if (typeof value === 'number' && value >= 0 && value < 1) {
    return new Date(Math.round(value * 1_440) * 60_000).toISOString().slice(11, 16);
  }
  const found = /^(\d{1,2})\s*(?:[:hg]|giờ)\s*(\d{2})?\s*(?:phút)?$/iu.exec(cellText(value));
  const [hours, rest] = [Number(found?.[1]), Number(found?.[2] ?? 0)];
  if (!found || hours > 23 || rest > 59) return undefined;
  return `${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`;
}
