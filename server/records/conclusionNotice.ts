import type { Instant } from '../domain/ids.ts';
import { localDate, startOfDate } from './localTime.ts';

/** Days that are not worked besides Saturdays and Sundays. */
export interface Holidays {
  /** Every year, as `MM-DD`. */
  readonly yearly: readonly string[];
  /** Once, as ISO 8601 dates: the lunar ones, and days given in lieu. */
  readonly dates: readonly string[];
}

/** Decision 45/2018/QĐ-TTg: the conclusion notice follows within five working days. */
export const noticeWorkingDays = 5;

export interface NoticeDue {
  /** The last day, an ISO 8601 date in the briefing's time zone. */
  readonly date: string;
  /** The end of that day. */
  readonly endsAt: Instant;
}

export interface NoticeCountdown extends NoticeDue {
  /** Whole working days that are left, today not counted; 0 on the last day and after it. */
  readonly workingDaysLeft: number;
  readonly overdue: boolean;
}

interface Calendar {
  readonly timeZone: string;
  readonly holidays: Holidays;
}

/** `date`: ISO 8601. */
export function isWorkingDay(date: string, { yearly, dates }: Holidays): boolean {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !yearly.includes(date.slice(5)) && !dates.includes(date);
}

/** When the conclusion notice is due. The day of closing itself does not count (Civil Code 2015, Article 147). */
export function noticeDue(closedAt: Instant, { timeZone, holidays }: Calendar): NoticeDue {
  let date = localDate(closedAt, timeZone);
  for (let worked = 0; worked < noticeWorkingDays; ) {
    date = dayAfter(date);
    if (isWorkingDay(date, holidays)) worked++;
  }
  return { date, endsAt: startOfDate(dayAfter(date), timeZone) };
}

/** How much of the time for the conclusion notice is left. */
export function noticeCountdown(
  closedAt: Instant,
  { now, ...calendar }: Calendar & { readonly now: Instant },
): NoticeCountdown {
  const due = noticeDue(closedAt, calendar);
  let workingDaysLeft = 0;
  for (let date = localDate(now, calendar.timeZone); date < due.date; ) {
    date = dayAfter(date);
    if (isWorkingDay(date, calendar.holidays)) workingDaysLeft++;
  }
  return { ...due, workingDaysLeft, overdue: now >= due.endsAt };
}

const dayAfter = (date: string): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
