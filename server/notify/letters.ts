import type { BriefingState, Classification } from '../domain/briefing.ts';
import type { Instant, SeatId } from '../domain/ids.ts';
import type { Notice } from '../domain/notices.ts';
import type { LocalText } from '../domain/roster.ts';

interface Occasion {
  readonly state: BriefingState;
  readonly notice: Notice;
  readonly seat: SeatId;
  readonly invitedFor: Instant | undefined;
}

interface Written {
  readonly subject: LocalText;
  readonly body: LocalText;
}

/**
 * A letter in Vietnamese, with the same in English below. Mail can be read on its way: of what is
 * confidential it says no more than that there is something to see to.
 */
export function letter(given: Occasion): { readonly subject: string; readonly text: string } {
  const occasion = {
    ...given,
    state: open.has(given.state.classification) ? given.state : discreet(given.state),
  };
  const { subject, body } = written(occasion);
  const { seats, chairPoint } = occasion.state;
  const to = seats[occasion.seat]?.name ?? { vi: '', en: '' };
  const from = seats[chairPoint]?.name ?? { vi: '', en: '' };
  const text = [
    `Kính gửi: ${to.vi}`,
    body.vi,
    `Trân trọng.\n${from.vi}`,
    '—'.repeat(20),
    `To: ${to.en}`,
    body.en,
    `Respectfully,\n${from.en}`,
    'Thư này do hệ thống điểm cầu gửi tự động. · This message was sent automatically.',
  ].join('\n\n');
  return { subject: `${subject.vi} / ${subject.en}`, text: `${text}\n` };
}

const open: ReadonlySet<Classification> = new Set(['open', 'internal']);

const discreet = (state: BriefingState): BriefingState => ({
  ...state,
  title: { vi: 'cuộc họp trực tuyến', en: 'video briefing' },
  directives: state.directives.map((d) => ({
    ...d,
    title: { vi: 'nhiệm vụ được giao', en: 'task given' },
    content: 'xem tại điểm cầu',
    product: null,
  })),
});

function written({ state, notice, seat, invitedFor }: Occasion): Written {
  const title = state.title;
  const start = Date.parse(state.startsAt);
  const details = meeting(state);
  const named = (vi: string, en: string): LocalText => ({
    vi: `${vi}: ${title.vi}`,
    en: `${en}: ${title.en}`,
  });
  switch (notice.kind) {
    case 'invitation':
      if (invitedFor !== undefined && invitedFor !== start) {
        return {
          subject: named('Thay đổi thời gian họp', 'Change of time'),
          body: {
            vi: `Thời gian cuộc họp đã được thay đổi so với giấy mời trước (${moment(invitedFor, state).vi}). Kính mời quý đơn vị tham dự theo thời gian mới:\n\n${details.vi}`,
            en: `The time of the meeting has changed since the former invitation (${moment(invitedFor, state).en}). You are kindly invited at the new time:\n\n${details.en}`,
          },
        };
      }
      return {
        subject: named('Giấy mời họp trực tuyến', 'Invitation to a video briefing'),
        body: {
          vi: `Trân trọng kính mời quý đơn vị tham dự cuộc họp trực tuyến:\n\n${details.vi}\n\nĐề nghị bộ phận kỹ thuật của điểm cầu kết nối từ ${time(start - 3_600_000, state.timeZone, 'vi')} để kiểm tra đường truyền.`,
          en: `You are kindly invited to the following video briefing:\n\n${details.en}\n\nTechnicians are asked to connect the site from ${time(start - 3_600_000, state.timeZone, 'en')} so that the line can be checked.`,
        },
      };
    case 'dayBefore':
      return {
        subject: named('Nhắc lịch họp', 'Reminder'),
        body: {
          vi: `Trân trọng nhắc lịch cuộc họp trực tuyến sắp diễn ra:\n\n${details.vi}`,
          en: `This is a reminder of the coming video briefing:\n\n${details.en}`,
        },
      };
    case 'hourBefore':
      return {
        subject: named('Cuộc họp bắt đầu sau một giờ nữa', 'The briefing begins in an hour'),
        body: {
          vi: `Điểm cầu đã có thể kết nối. Đề nghị kết nối và kiểm tra đường truyền trước giờ họp:\n\n${details.vi}`,
          en: `Sites can connect now. Please connect and have the line checked before it begins:\n\n${details.en}`,
        },
      };
    case 'conclusionNotice':
      return conclusionNotice(state, notice);
    default:
      return directive({ state, notice, seat });
  }
}

function conclusionNotice(state: BriefingState, { date }: Notice): Written {
  const last = day(date ?? '');
  return {
    subject: {
      vi: `Thời hạn ban hành thông báo kết luận: ${state.title.vi}`,
      en: `The conclusion notice is due: ${state.title.en}`,
    },
    body: {
      vi: `Thông báo kết luận của cuộc họp “${state.title.vi}” cần được ban hành chậm nhất vào ${last.vi} (năm ngày làm việc kể từ ngày kết thúc cuộc họp). Nếu đã ban hành, đề nghị bỏ qua thư này.`,
      en: `The conclusion notice of “${state.title.en}” has to be issued by ${last.en} (five working days after the meeting). Please disregard this message if it has been issued.`,
    },
  };
}

function directive({ state, notice, seat }: Omit<Occasion, 'invitedFor'>): Written {
  const found = state.directives.find(({ number }) => number === notice.directive);
  const title = found?.title ?? { vi: '', en: '' };
  const due = day(notice.date ?? '');
  const leads = found?.leadPoint === seat;
  const role = leads
    ? { vi: 'đơn vị chủ trì', en: 'leading' }
    : { vi: 'đơn vị phối hợp', en: 'supporting' };
  const task: LocalText = {
    vi: [
      `Nhiệm vụ số ${notice.directive}: ${title.vi}`,
      `Nội dung: ${found?.content ?? ''}`,
      ...(notice.date ? [`Thời hạn: ${due.vi}`] : []),
      ...(found?.product ? [`Sản phẩm: ${found.product}`] : []),
      `Vai trò: ${role.vi}`,
      `Cuộc họp: ${state.title.vi}`,
    ].join('\n'),
    en: [
      `Task ${notice.directive}: ${title.en}`,
      ...(notice.date ? [`Deadline: ${due.en}`] : []),
      `Your part: ${role.en}`,
      `Meeting: ${state.title.en}`,
    ].join('\n'),
  };
  const { subject, opening } = directiveWords(notice.kind);
  return {
    subject: { vi: `${subject.vi}: ${title.vi}`, en: `${subject.en}: ${title.en}` },
    body: { vi: `${opening.vi}\n\n${task.vi}`, en: `${opening.en}\n\n${task.en}` },
  };
}

function directiveWords(kind: Notice['kind']): { subject: LocalText; opening: LocalText } {
  switch (kind) {
    case 'receiptMissing':
      return {
        subject: { vi: 'Đề nghị xác nhận đã nhận nhiệm vụ', en: 'Please confirm a task' },
        opening: {
          vi: 'Chúng tôi chưa nhận được xác nhận của quý đơn vị đối với nhiệm vụ sau. Đề nghị xác nhận trên màn hình của điểm cầu.',
          en: 'We have not yet had your confirmation of the following task. Please confirm it on the screen of your site.',
        },
      };
    case 'directiveToday':
      return {
        subject: { vi: 'Nhiệm vụ đến hạn hôm nay', en: 'Task due today' },
        opening: {
          vi: 'Nhiệm vụ sau đến hạn hoàn thành trong ngày hôm nay.',
          en: 'The following task is due today.',
        },
      };
    case 'directiveOverdue':
      return {
        subject: { vi: 'Nhiệm vụ đã quá hạn', en: 'Task overdue' },
        opening: {
          vi: 'Nhiệm vụ sau đã quá thời hạn mà chưa được ghi nhận là hoàn thành. Đề nghị báo cáo tình hình thực hiện.',
          en: 'The following task is past its deadline and has not been recorded as done. Please report on its progress.',
        },
      };
    default:
      return {
        subject: { vi: 'Nhiệm vụ sắp đến hạn', en: 'Task due soon' },
        opening: {
          vi: 'Nhiệm vụ sau sẽ đến hạn hoàn thành trong ba ngày tới.',
          en: 'The following task is due within three days.',
        },
      };
  }
}

function meeting(state: BriefingState): LocalText {
  const at = moment(Date.parse(state.startsAt), state);
  return {
    vi: `${state.title.vi}\nThời gian: ${at.vi}\nChủ trì: ${state.seats[state.chairPoint]?.name.vi ?? ''}`,
    en: `${state.title.en}\nTime: ${at.en}\nChaired from: ${state.seats[state.chairPoint]?.name.en ?? ''}`,
  };
}

type Language = keyof LocalText;
const locales: Record<Language, string> = { vi: 'vi-VN', en: 'en-GB' };

/** An instant as the clocks of the briefing show it. */
const moment = (at: Instant, { timeZone }: Pick<BriefingState, 'timeZone'>): LocalText => {
  const shown = (language: Language) =>
    new Intl.DateTimeFormat(locales[language], {
      dateStyle: 'full',
      timeStyle: 'short',
      timeZone,
    }).format(at);
  return { vi: shown('vi'), en: shown('en') };
};

const time = (at: Instant, timeZone: string, language: Language): string =>
  new Intl.DateTimeFormat(locales[language], { timeStyle: 'short', timeZone }).format(at);

/** An ISO 8601 date in words. */
function day(date: string): LocalText {
  const at = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(at)) return { vi: date, en: date };
  const shown = (language: Language) =>
    new Intl.DateTimeFormat(locales[language], { dateStyle: 'full', timeZone: 'UTC' }).format(at);
  return { vi: shown('vi'), en: shown('en') };
}
