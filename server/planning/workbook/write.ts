import ExcelJS from 'exceljs';
import type { AgendaItem } from '../../domain/agenda.ts';
import type { SpeechRule } from '../../domain/floor.ts';
import type { SeatId } from '../../domain/ids.ts';
import type { PlannedPoint } from '../../domain/roster.ts';
import type { PlanDraft } from '../../protocol/plan.ts';
import type { PlanSheet } from '../../protocol/planFaults.ts';
import { localStart } from '../localTime.ts';
import {
  agendaKinds,
  classifications,
  columnName,
  ends,
  everybody,
  interrupts,
  meetingHead,
  modes,
  type Named,
  nobody,
  pointKinds,
  sheets,
  unlimited,
  yesNo,
} from './format.ts';
import { PointNames } from './pointNames.ts';

type Cell = string | number | Date | null;
type Row = Readonly<Record<string, Cell>>;

/** Cells whose words are given: spreadsheets offer them as a list. */
const offered: Readonly<Record<string, Readonly<Record<string, Named>>>> = {
  'meeting.classification': classifications,
  'meeting.mode': modes,
  'meeting.interrupt': interrupts,
  'meeting.atEnd': ends,
  'points.kind': pointKinds,
  'agenda.kind': agendaKinds,
  'agenda.once': yesNo,
  'agenda.replies': yesNo,
  'agenda.mode': modes,
  'agenda.interrupt': interrupts,
  'agenda.atEnd': ends,
};
const dateFormat = 'dd/mm/yyyy';

/** A plan as a workbook (.xlsx), in Vietnamese; `readWorkbook` gives the same plan. */
export async function writeWorkbook(draft: PlanDraft): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  const names = new PointNames(draft.points);
  const byId = new Map(draft.points.map((point) => [point.id, point]));
  const write = (seat: SeatId) => {
    const point = byId.get(seat);
    return point ? names.write(point) : seat;
  };
  writeMeeting(workbook, draft, write);
  writeTable(workbook, 'points', inProtocolOrder(draft).map(pointRow));
  writeTable(
    workbook,
    'agenda',
    draft.agenda.map((item) => itemRow(item, write)),
  );
  writeTable(
    workbook,
    'reports',
    draft.reports.map(({ id, title, owner, content }) => ({
      id,
      titleVi: title.vi,
      titleEn: title.en,
      owner: write(owner),
      content,
    })),
  );
  writeTable(
    workbook,
    'directives',
    draft.directives.map((d) => ({
      titleVi: d.title.vi,
      titleEn: d.title.en,
      content: d.content,
      leadPoint: write(d.leadPoint),
      supportingPoints: places(d.supportingPoints, write),
      deadline: d.deadline === null ? null : new Date(`${d.deadline}T00:00:00Z`),
      product: d.product,
    })),
  );
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

const inProtocolOrder = ({ points }: PlanDraft): PlannedPoint[] =>
  [...points].sort((a, b) => a.order - b.order);

const pointRow = ({ id, name, shortName, kind, region }: PlannedPoint): Row => ({
  id,
  nameVi: name.vi,
  nameEn: name.en,
  shortVi: shortName.vi,
  shortEn: shortName.en,
  kind: pointKinds[kind].vi,
  region,
});

function itemRow(item: AgendaItem, write: (seat: SeatId) => string): Row {
  const { rules } = item;
  const { floor } = rules;
  return {
    id: item.id,
    kind: agendaKinds[item.kind].vi,
    titleVi: item.title.vi,
    titleEn: item.title.en,
    owner: item.owner === null ? null : write(item.owner),
    minutes: item.minutes,
    requests: places(rules.requests, write),
    once: yesNo[rules.once ? 'yes' : 'no'].vi,
    queueLimit: rules.queueLimit,
    replies: yesNo[rules.replies ? 'yes' : 'no'].vi,
    speakers: rules.speakers.length === 0 ? null : places(rules.speakers, write),
    mode: floor.mode === null ? null : modes[floor.mode].vi,
    maxFloorUsers: floor.maxFloorUsers,
    interrupt: floor.interrupt === null ? null : interrupts[floor.interrupt].vi,
    ...(floor.speech === null ? {} : speechCells(floor.speech)),
  };
}

const places = (
  seats: 'all' | 'none' | readonly SeatId[],
  write: (seat: SeatId) => string,
): string => {
  if (seats === 'all') return everybody.vi;
  if (seats === 'none' || seats.length === 0) return nobody.vi;
  return seats.map(write).join('; ');
};

const minutes = (ms: number | null): Cell => (ms === null ? unlimited.vi : ms / 60_000);

const speechCells = ({ allottedMs, warningsMs, atEnd }: SpeechRule): Row => ({
  speechMinutes: minutes(allottedMs),
  warnings: warningsMs.length === 0 ? nobody.vi : warningsMs.map((ms) => ms / 1_000).join('; '),
  atEnd: ends[atEnd].vi,
});

function writeMeeting(
  workbook: ExcelJS.Workbook,
  draft: PlanDraft,
  write: (seat: SeatId) => string,
): void {
  const { title, sector, timeZone, floor } = draft;
  const start = localStart(Date.parse(draft.startsAt), timeZone);
  const values: Row = {
    titleVi: title.vi,
    titleEn: title.en,
    sectorVi: sector.vi,
    sectorEn: sector.en,
    date: new Date(`${start.date}T00:00:00Z`),
    time: start.time,
    timeZone,
    classification: classifications[draft.classification].vi,
    chairPoint: write(draft.chairPoint),
    series: draft.series,
    quorum: draft.quorum,
    mode: modes[floor.mode].vi,
    maxFloorUsers: floor.maxFloorUsers,
    interrupt: interrupts[floor.interrupt].vi,
    graceSeconds: floor.graceMs / 1_000,
    ...speechCells(floor.speech),
    replyMinutes: minutes(floor.replyMs),
  };
  const sheet = workbook.addWorksheet(sheets.meeting.vi, {
    views: [{ state: 'frozen', ySplit: 1 }],
  });
  sheet.columns = [{ width: 34 }, { width: 80 }];
  head(sheet.addRow(meetingHead.map(({ vi }) => vi)));
  for (const { key, vi } of sheets.meeting.headings) {
    const row = sheet.addRow([vi, values[key] ?? null]);
    row.getCell(1).font = { bold: true };
    dress(row.getCell(2), `meeting.${key}`);
  }
}

function writeTable(workbook: ExcelJS.Workbook, name: PlanSheet, rows: readonly Row[]): void {
  const { vi, headings } = sheets[name];
  const sheet = workbook.addWorksheet(vi, { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.columns = headings.map(({ width }) => ({ width }));
  head(sheet.addRow(headings.map((heading) => heading.vi)));
  for (const values of rows) {
    const row = sheet.addRow(headings.map(({ key }) => values[key] ?? null));
    headings.forEach(({ key }, i) => {
      dress(row.getCell(i + 1), `${name}.${key}`);
    });
  }
  sheet.autoFilter = `A1:${columnName(headings.length)}1`;
}

function head(row: ExcelJS.Row): void {
  row.font = { bold: true };
  row.alignment = { vertical: 'middle', wrapText: true };
}

function dress(cell: ExcelJS.Cell, field: string): void {
  cell.alignment = { vertical: 'top', wrapText: true };
  if (cell.value instanceof Date) cell.numFmt = dateFormat;
  const words = offered[field];
  if (!words) return;
  const list = Object.values(words)
    .map(({ vi }) => vi)
    .join(',');
  // A comma inside a word would be taken for the end of it.
  if (Object.values(words).some(({ vi }) => vi.includes(','))) return;
  cell.dataValidation = { type: 'list', allowBlank: true, formulae: [`"${list}"`] };
}
