import ExcelJS from 'exceljs';
import { planConflicts } from '../../domain/plan.ts';
import { type PlanDraft, planDraft } from '../../protocol/plan.ts';
import type { PlanFault, PlanFaultCode } from '../../protocol/planFaults.ts';
import type { Cells } from './cells.ts';
import { directivesIn, itemsIn, meetingIn, pointsIn, reportsIn } from './parts.ts';
import { PointNames } from './pointNames.ts';
import { meetingOf, tableOf } from './tables.ts';
import { checkZip } from './zipGuard.ts';

export type ReadPlan =
  | { readonly ok: true; readonly draft: PlanDraft }
  | { readonly ok: false; readonly faults: readonly PlanFault[] };

/**
 * Parts of a sheet that say nothing of a plan, and of which the library makes a cell for each cell
 * that they cover: a merged column would be a million.
 */
const ignoreNodes = [
  'mergeCells',
  'dataValidations',
  'conditionalFormatting',
  'hyperlinks',
  'autoFilter',
  'drawing',
  'legacyDrawing',
  'picture',
  'tableParts',
  'extLst',
];

/** Reads a planning workbook. Whatever the file holds, the answer is a value. */
export async function readWorkbook(file: Uint8Array): Promise<ReadPlan> {
  const zip = checkZip(file);
  if (zip !== 'fine') return ofFile(zip === 'tooLarge' ? 'tooLarge' : 'notAWorkbook');
  const workbook = new ExcelJS.Workbook();
  try {
    // The library's types know no Buffer of this Node; it takes any.
    await workbook.xlsx.load(Buffer.from(file) as never, { ignoreNodes });
  } catch {
    return ofFile('notAWorkbook');
  }
  return readSheets(workbook);
}

const ofFile = (code: PlanFaultCode): ReadPlan => ({
  ok: false,
  faults: [{ code, sheet: null, row: null, column: null, field: null, value: '' }],
});

function readSheets(workbook: ExcelJS.Workbook): ReadPlan {
  const faults: PlanFault[] = [];
  const report = (fault: PlanFault) => void faults.push(fault);
  const meeting = meetingOf(workbook, report);
  const points = tableOf(workbook, 'points', report) ?? [];
  const agenda = tableOf(workbook, 'agenda', report) ?? [];
  const reports = tableOf(workbook, 'reports', report) ?? [];
  const directives = tableOf(workbook, 'directives', report) ?? [];
  if (!meeting) return { ok: false, faults };
  const named = pointsIn(points);
  const names = new PointNames(named);
  const whole = meetingIn(meeting, names);
  // The chair point stands before all others, wherever its row is.
  const others = named.filter(({ id }) => id !== whole.chairPoint);
  const draft: PlanDraft = {
    ...whole,
    points: named.map((point) => ({
      ...point,
      order: point.id === whole.chairPoint ? 0 : others.indexOf(point) + 1,
    })),
    agenda: itemsIn(agenda, { names, speech: whole.floor.speech }),
    reports: reportsIn(reports, names),
    directives: directivesIn(directives, names),
  };
  if (faults.length > 0) return { ok: false, faults };
  return whollyChecked(draft, { meeting, points, agenda, reports, directives }, faults);
}

interface Read {
  readonly meeting: Cells;
  readonly points: readonly Cells[];
  readonly agenda: readonly Cells[];
  readonly reports: readonly Cells[];
  readonly directives: readonly Cells[];
}

/** What only the whole can show: contradictions between cells that are each in order. */
function whollyChecked(draft: PlanDraft, read: Read, faults: PlanFault[]): ReadPlan {
  const conflicts = planConflicts({ ...draft, id: '', carriedOver: [] });
  for (const { code, path, value } of conflicts) {
    if (code === 'noPoints') faults.push(ofSheet(code));
    else faultAt(read, { code, path, value });
  }
  const parsed = planDraft.safeParse(draft);
  if (!parsed.success && conflicts.length === 0) {
    for (const { path } of parsed.error.issues) {
      faultAt(read, { code: 'outOfRange', path, value: undefined });
    }
  }
  if (faults.length > 0 || !parsed.success) return { ok: false, faults };
  return { ok: true, draft: parsed.data };
}

const ofSheet = (code: PlanFaultCode): PlanFault => ({
  code,
  sheet: 'points',
  row: null,
  column: null,
  field: null,
  value: '',
});

function faultAt(
  read: Read,
  o: { code: PlanFaultCode; path: readonly PropertyKey[]; value: string | undefined },
): void {
  const [part, row, field] = o.path;
  const rows: unknown = Object.hasOwn(read, String(part)) ? read[part as keyof Read] : undefined;
  const cells = Array.isArray(rows) ? (rows as readonly Cells[])[Number(row)] : undefined;
  if (cells) cells.fault(o.code, String(field ?? ''), o.value);
  else read.meeting.fault(o.code, String(part), o.value);
}
