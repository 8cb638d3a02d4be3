import type { Minutes } from './minutes.ts';
import { businessTables } from './tablesBusiness.ts';
import { presenceTables } from './tablesPresence.ts';

export const tableKinds = [
  'attendance',
  'speeches',
  'speakers',
  'agenda',
  'votes',
  'ballots',
  'directives',
  'receipts',
  'outages',
  'credits',
  'lineChecks',
] as const;
export type TableKind = (typeof tableKinds)[number];

/**
 * What a column holds. instant: milliseconds since the epoch · duration: milliseconds · date: an
 * ISO 8601 date · word: one of the domain's own words, which people read in Vietnamese.
 */
export type ColumnType = 'text' | 'number' | 'share' | 'instant' | 'duration' | 'date' | 'word';

export interface Column {
  /** For machines. */
  readonly key: string;
  /** For people, in Vietnamese. */
  readonly title: string;
  readonly type: ColumnType;
  /** In characters. */
  readonly width: number;
  /** An id, which people need not see: hidden in the workbook. */
  readonly isId?: boolean;
  /** Of a column of words. */
  readonly words?: Readonly<Record<string, string>>;
}

export type Cell = string | number | null;

/** One table of the records, for spreadsheets and for machines alike. */
export interface RecordTable {
  readonly kind: TableKind;
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

/** All tables of the minutes, in the order of `tableKinds`. */
export function tables(minutes: Minutes): RecordTable[] {
  const all = { ...presenceTables(minutes), ...businessTables(minutes) };
  return tableKinds.map((kind) => ({ kind, ...all[kind] }));
}

export type Contents = Omit<RecordTable, 'kind'>;
