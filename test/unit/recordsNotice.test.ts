import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadRecords } from '../../config/records.ts';
import { isWorkingDay, noticeCountdown, noticeDue } from '../../server/records/conclusionNotice.ts';
import { localDate, startOfDate } from '../../server/records/localTime.ts';

const timeZone = 'Asia/Ho_Chi_Minh';
const { holidays } = loadRecords();
const calendar = { timeZone, holidays };
const at = (text: string) => Date.parse(text);

test.each([
  ['a Monday', '2019-06-03T17:00:00+07:00', '2019-06-10'],
  ['a Friday', '2019-06-07T17:00:00+07:00', '2019-06-14'],
  ['a Saturday', '2019-06-08T11:00:00+07:00', '2019-06-14'],
  ['before 30 April and 1 May', '2019-04-26T16:00:00+07:00', '2019-05-07'],
  ['before 2 September', '2019-08-30T16:00:00+07:00', '2019-09-09'],
  ['before New Year', '2018-12-28T16:00:00+07:00', '2019-01-07'],
  ['before Tết', '2019-02-01T16:00:00+07:00', '2019-02-15'],
])('five working days from %s', (_, closedAt, date) => {
  expect(noticeDue(at(closedAt), calendar).date).toBe(date);
});

test('the day is that of the briefing, not of UTC', () => {
  // Half past midnight on Tuesday in Hanoi is still Monday in UTC.
  const closedAt = at('2019-06-04T00:30:00+07:00');
  expect(noticeDue(closedAt, calendar).date).toBe('2019-06-11');
  expect(noticeDue(closedAt, { ...calendar, timeZone: 'UTC' }).date).toBe('2019-06-10');
  expect(noticeDue(closedAt, calendar).endsAt).toBe(at('2019-06-12T00:00:00+07:00'));
});

test('the countdown goes from five to nought, and is overdue only after the last day', () => {
  const closedAt = at('2019-06-03T17:00:00+07:00');
  const left = (now: string) => {
    const { workingDaysLeft, overdue } = noticeCountdown(closedAt, { ...calendar, now: at(now) });
    return [workingDaysLeft, overdue];
  };
  expect(left('2019-06-03T18:00:00+07:00')).toEqual([5, false]);
  expect(left('2019-06-06T08:00:00+07:00')).toEqual([2, false]);
  expect(left('2019-06-08T08:00:00+07:00')).toEqual([1, false]);
  expect(left('2019-06-10T23:59:59+07:00')).toEqual([0, false]);
  expect(left('2019-06-11T00:00:00+07:00')).toEqual([0, true]);
});

test('weekends and holidays are not worked; lunar ones only where they are listed', () => {
  const none = { yearly: [], dates: [] };
  expect(isWorkingDay('2019-06-03', holidays)).toBe(true);
  expect(isWorkingDay('2019-06-02', none)).toBe(false);
  expect(isWorkingDay('2019-06-01', none)).toBe(false);
  expect(isWorkingDay('2030-09-02', holidays)).toBe(false);
  expect(isWorkingDay('2019-02-05', holidays)).toBe(false);
  expect(isWorkingDay('2019-02-05', none)).toBe(true);
});

test('a date begins at midnight of its zone, on both sides of a change of the clock too', () => {
  expect(startOfDate('2019-06-04', timeZone)).toBe(at('2019-06-04T00:00:00+07:00'));
  for (const date of ['2024-03-31', '2024-04-01', '2024-10-27', '2024-10-28']) {
    const start = startOfDate(date, 'Europe/Berlin');
    expect(localDate(start, 'Europe/Berlin')).toBe(date);
    expect(localDate(start - 1, 'Europe/Berlin')).not.toBe(date);
  }
});

test('what is wrong in the file of records is said with its place', () => {
  const folder = mkdtempSync(join(tmpdir(), 'diemcau-records-'));
  try {
    const file = join(folder, 'records.yaml');
    writeFileSync(
      file,
      'holidays:\n  yearly: ["02-30"]\n  dates: [2019-13-01]\nforms:\n  a: { form: city }\n',
    );
    expect(() => loadRecords(folder)).toThrow(/yaml:2: holidays\.yearly\[0\]: expected MM-DD/);
    expect(() => loadRecords(folder)).toThrow(/holidays\.dates\[0\]/);
    expect(() => loadRecords(folder)).toThrow(/forms\.a\.form/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
