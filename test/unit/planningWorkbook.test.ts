import { deflateRawSync } from 'node:zlib';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { readWorkbook } from '../../server/planning/workbook/read.ts';
import { writeWorkbook } from '../../server/planning/workbook/write.ts';
import { checkZip } from '../../server/planning/workbook/zipGuard.ts';
import { planDraft } from '../../server/protocol/plan.ts';
import { type PlanFaultCode, planFaultCodes } from '../../server/protocol/planFaults.ts';
import { anyPlan, samplePlan } from '../support/plans.ts';

const sample = samplePlan();
let file: Uint8Array;
beforeAll(async () => {
  file = await writeWorkbook(sample);
});

/** The sample's workbook, changed by hand. */
async function changed(change: (workbook: ExcelJS.Workbook) => void): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(Buffer.from(file) as never);
  change(workbook);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}
const cell = (sheet: string, address: string, value: ExcelJS.CellValue) =>
  changed((workbook) => {
    const found = workbook.getWorksheet(sheet);
    if (!found) throw new Error(`no sheet ${sheet}`);
    found.getCell(address).value = value;
  });

/** Empties columns of the points, from a row on. */
function emptied(workbook: ExcelJS.Workbook, columns: readonly string[], from: number): void {
  const points = workbook.getWorksheet('Điểm cầu');
  if (!points) throw new Error('no points');
  for (let row = from; row <= 73; row++) {
    for (const column of columns) points.getCell(`${column}${row}`).value = null;
  }
}

describe('what is written is read again', () => {
  test('the sample briefing, whole', async () => {
    expect(planDraft.parse(sample)).toEqual(sample);
    expect(await readWorkbook(file)).toEqual({ ok: true, draft: sample });
  });

  test('any plan', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(anyPlan, async (draft) => {
        const read = await readWorkbook(await writeWorkbook(draft));
        expect(read).toEqual({ ok: true, draft });
      }),
      { numRuns: 25 },
    );
  });

  test('with English words, other columns first, and names in place of ids', async () => {
    const english = await changed((workbook) => {
      const points = workbook.getWorksheet('Điểm cầu');
      if (!points) throw new Error('no points');
      points.name = 'Points';
      points.getCell('B1').value = 'NAME';
      const agenda = workbook.getWorksheet('Chương trình');
      const row = agenda?.getRow(5);
      if (!agenda || !row) throw new Error('no agenda');
      expect(row.getCell(2).value).toBe('Thảo luận');
      row.getCell(2).value = 'discussion';
      row.getCell(5).value = 'ban tổ chức  trung ương';
    });
    expect(await readWorkbook(english)).toEqual({ ok: true, draft: sample });
  });

  test('what is left out is as usual: ids from names, English from Vietnamese', async () => {
    const bare = await changed((workbook) => {
      for (const name of ['Báo cáo', 'Nhiệm vụ']) {
        const sheet = workbook.getWorksheet(name);
        if (sheet) workbook.removeWorksheet(sheet.id);
      }
      emptied(workbook, ['A', 'C', 'D', 'E'], 2);
    });
    const read = await readWorkbook(bare);
    if (!read.ok) throw new Error(JSON.stringify(read.faults));
    // The configuration's ids are made the same way, but for a city that goes by its abbreviation.
    expect(read.draft.points.map(({ id }) => id)).toEqual(
      sample.points.map(({ id }) => (id === 'ho-chi-minh' ? 'tp-ho-chi-minh' : id)),
    );
    for (const { name, shortName } of read.draft.points)
      expect(shortName).toEqual({ vi: name.vi, en: name.vi });
    expect([read.draft.reports, read.draft.directives]).toEqual([[], []]);
  });

  test('dates and hours in whatever form people write them', async () => {
    const forms: [string, ExcelJS.CellValue, string][] = [
      ['B6', '5/7/2031', '2031-07-05T14:00:00+07:00'],
      ['B6', '2031-07-05', '2031-07-05T14:00:00+07:00'],
      ['B7', '8 giờ 30', '2019-06-03T08:30:00+07:00'],
      ['B7', '8h', '2019-06-03T08:00:00+07:00'],
      ['B7', 0.3125, '2019-06-03T07:30:00+07:00'],
    ];
    for (const [address, value, expected] of forms) {
      const read = await readWorkbook(await cell('Hội nghị', address, value));
      expect(read.ok && read.draft.startsAt, `${value}`).toBe(expected);
    }
  });
});

describe('every fault is named with its place', () => {
  type Case = [PlanFaultCode, string, () => Promise<Uint8Array>];
  const removed = (name: string) => () =>
    changed((workbook) => {
      const sheet = workbook.getWorksheet(name);
      if (sheet) workbook.removeWorksheet(sheet.id);
    });
  const meeting = (address: string, value: ExcelJS.CellValue) => () =>
    cell('Hội nghị', address, value);
  const points = (address: string, value: ExcelJS.CellValue) => () =>
    cell('Điểm cầu', address, value);
  const agenda = (address: string, value: ExcelJS.CellValue) => () =>
    cell('Chương trình', address, value);
  const tasks = (address: string, value: ExcelJS.CellValue) => () =>
    cell('Nhiệm vụ', address, value);
  const zip = (text: string) => async () => new TextEncoder().encode(text);
  const cases: Case[] = [
    ['notAWorkbook', 'null!nullnull null', zip('PK no')],
    ['missingSheet', 'points!nullnull null', removed('Điểm cầu')],
    ['missingColumn', 'points!null1 nameVi', points('B1', 'Gì')],
    ['unknownColumn', 'points!B1 null', points('B1', 'Gì')],
    ['duplicate', 'points!C1 null', points('C1', 'Tên')],
    ['missingKey', 'meeting!nullnull date', meeting('A6', null)],
    ['unknownKey', 'meeting!A6 null', meeting('A6', 'Ngày giờ')],
    [
      'tooManyRows',
      'agenda!null66 null',
      () =>
        changed((workbook) => {
          const sheet = workbook.getWorksheet('Chương trình');
          for (let i = 0; i < 60; i++)
            sheet?.addRow([`m${i}`, 'Báo cáo', `Mục ${i}`, null, null, 5]);
        }),
    ],
    ['required', 'agenda!B4 kind', agenda('B4', null)],
    ['required', 'meeting!B2 titleVi', meeting('B2', ' ')],
    ['tooLong', 'directives!A2 titleVi', tasks('A2', 'x'.repeat(301))],
    ['notANumber', 'agenda!F3 minutes', agenda('F3', 'mười')],
    ['outOfRange', 'agenda!F3 minutes', agenda('F3', 2.5)],
    ['outOfRange', 'agenda!F3 minutes', agenda('F3', 481)],
    ['notADate', 'directives!F2 deadline', tasks('F2', '31/4/2031')],
    ['notATime', 'meeting!B7 time', meeting('B7', '25:00')],
    ['unknownTimeZone', 'meeting!B8 timeZone', meeting('B8', 'Asia/Atlantis')],
    ['unknownChoice', 'agenda!B3 kind', agenda('B3', 'Liên hoan')],
    ['badId', 'points!A4 id', points('A4', 'Hà Nội')],
    ['duplicate', 'points!A4 id', points('A4', sample.points[1]?.id ?? '')],
    ['duplicate', 'agenda!A4 id', agenda('A4', sample.agenda[0]?.id ?? '')],
    ['unknownPoint', 'agenda!E3 owner', agenda('E3', 'Nam Cực')],
    [
      'unknownPoint',
      'directives!E2 supportingPoints',
      tasks('E2', 'Văn phòng Trung ương; Nam Cực'),
    ],
    [
      'ambiguousPoint',
      'agenda!E3 owner',
      () =>
        changed((workbook) => {
          const sheet = workbook.getWorksheet('Điểm cầu');
          for (const row of [4, 5]) if (sheet) sheet.getCell(`D${row}`).value = 'Hai nơi';
          const items = workbook.getWorksheet('Chương trình');
          if (items) items.getCell('E3').value = 'hai nơi';
        }),
    ],
    ['quorumTooHigh', 'meeting!B12 quorum', meeting('B12', 72)],
    [
      'noPoints',
      'points!nullnull null',
      () =>
        changed((workbook) => {
          emptied(workbook, ['A', 'B', 'C', 'D', 'E', 'F', 'G'], 3);
          const tasks = workbook.getWorksheet('Nhiệm vụ');
          if (tasks) workbook.removeWorksheet(tasks.id);
        }),
    ],
    ['tooLarge', 'null!nullnull null', async () => zipOf(deflateRawSync(Buffer.alloc(32 << 20)))],
  ];
  test.each(cases)('%s at %s', async (code, place, make) => {
    const read = await readWorkbook(await make());
    const faults = read.ok ? [] : read.faults;
    expect(
      faults.map((f) => `${f.code} ${f.sheet}!${f.column}${f.row} ${f.field}`).join('\n'),
    ).toContain(`${code} ${place}`);
    for (const fault of faults) expect(planFaultCodes).toContain(fault.code);
  });

  test('every code is reached above, but those that a workbook cannot come to', () => {
    const reached = new Set(cases.map(([code]) => code));
    expect(planFaultCodes.filter((code) => !reached.has(code))).toEqual([
      // A chair point that is no row is unknown; rows are numbered by their order.
      'chairMissing',
      'outOfOrder',
    ]);
  });

  test('several at once', async () => {
    const read = await readWorkbook(
      await changed((workbook) => {
        const items = workbook.getWorksheet('Chương trình');
        if (items) {
          items.getCell('B3').value = 'Liên hoan';
          items.getCell('F4').value = 'mười';
        }
      }),
    );
    expect(read.ok ? [] : read.faults).toEqual([
      {
        code: 'unknownChoice',
        sheet: 'agenda',
        row: 3,
        column: 'B',
        field: 'kind',
        value: 'Liên hoan',
      },
      { code: 'notANumber', sheet: 'agenda', row: 4, column: 'F', field: 'minutes', value: 'mười' },
    ]);
  });
});

describe('a file that is no workbook of ours harms nothing', () => {
  test('whatever bytes come, the answer is a value', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.nat(), async (bytes, at) => {
        const broken = Uint8Array.from(file);
        broken.set(bytes, at % Math.max(1, broken.length - bytes.length));
        for (const each of [bytes, broken, file.subarray(0, at % file.length)]) {
          const read = await readWorkbook(each);
          expect(read.ok ? 'read' : read.faults.length).not.toBe(0);
        }
      }),
      { numRuns: 20 },
    );
  });

  test('what would inflate to gigabytes is not inflated', async () => {
    const bomb = zipOf(deflateRawSync(Buffer.alloc(64 * 1_024 * 1_024)));
    expect(bomb.length).toBeLessThan(200_000);
    expect(checkZip(bomb)).toBe('tooLarge');
    expect(await readWorkbook(bomb)).toMatchObject({ ok: false, faults: [{ code: 'tooLarge' }] });
    expect(checkZip(zipOf(deflateRawSync(Buffer.alloc(1_000))))).toBe('fine');
  });
});

/** One deflated entry whose header lies about its size. */
function zipOf(data: Buffer): Uint8Array {
  const name = Buffer.from('xl/workbook.xml');
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(data.length, 18);
  local.writeUInt32LE(100, 22);
  local.writeUInt16LE(name.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(8, 10);
  central.writeUInt32LE(data.length, 20);
  central.writeUInt32LE(100, 24);
  central.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length + name.length, 12);
  end.writeUInt32LE(local.length + name.length + data.length, 16);
  return Buffer.concat([local, name, data, central, name, end]);
}
