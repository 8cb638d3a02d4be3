/** The sheets of a planning workbook. */
export type PlanSheet = 'meeting' | 'points' | 'agenda' | 'reports' | 'directives';

/** What can be wrong with a workbook: a closed union, each with a text for people in both languages. */
export const planFaultCodes = [
  // Of the whole file.
  'notAWorkbook',
  'tooLarge',
  'missingSheet',
  'missingColumn',
  'unknownColumn',
  'missingKey',
  'unknownKey',
  'tooManyRows',
  // Of one cell.
  'required',
  'tooLong',
  'notANumber',
  'outOfRange',
  'notADate',
  'notATime',
  'unknownTimeZone',
  'unknownChoice',
  'badId',
  'duplicate',
  'unknownPoint',
  'ambiguousPoint',
  // Of the plan as a whole.
  'noPoints',
  'chairMissing',
  'outOfOrder',
  'quorumTooHigh',
] as const;
export type PlanFaultCode = (typeof planFaultCodes)[number];

/** One thing that is wrong, and where it stands. */
export interface PlanFault {
  readonly code: PlanFaultCode;
  /** Null: the file as a whole. */
  readonly sheet: PlanSheet | null;
  /** As the spreadsheet counts, from 1; null: the sheet as a whole. */
  readonly row: number | null;
  /** As the spreadsheet names it, from A; null: the row as a whole. */
  readonly column: string | null;
  /** What the row or column is about, by its key in the format; null: unknown. */
  readonly field: string | null;
  /** What stands there, or is missing; shortened. */
  readonly value: string;
}
