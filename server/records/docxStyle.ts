import { BorderStyle, type ITableBordersOptions } from 'docx';

export const font = 'Times New Roman';
/** Sizes in half points: 14 for the body, 11 for tables. */
export const bodySize = 28;
export const tableSize = 22;

/** Millimetres as Word's twentieths of a point. */
export const mm = (length: number): number => Math.round((length * 1_440) / 25.4);

export const noBorder = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const;
export const line = { style: BorderStyle.SINGLE, size: 6, color: '000000' } as const;

export const noBorders = {
  top: noBorder,
  bottom: noBorder,
  left: noBorder,
  right: noBorder,
  insideHorizontal: noBorder,
  insideVertical: noBorder,
} as const satisfies ITableBordersOptions;
