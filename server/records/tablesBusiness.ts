import {
  duration,
  id,
  instant,
  namesOf,
  number,
  seatColumns,
  text,
  titlesOf,
  word,
} from './columns.ts';
import type { Minutes } from './minutes.ts';
import type { Contents, TableKind } from './tables.ts';
import { directiveWords } from './words.ts';

type BusinessKind = Extract<TableKind, 'agenda' | 'votes' | 'ballots' | 'directives' | 'receipts'>;

/** The agenda's times, votes and tasks. */
export function businessTables(minutes: Minutes): Readonly<Record<BusinessKind, Contents>> {
  return {
    agenda: agendaTable(minutes),
    votes: voteTable(minutes),
    ballots: ballotTable(minutes),
    directives: directiveTable(minutes),
    receipts: receiptTable(minutes),
  };
}

const agendaWords = {
  opening: 'Khai mạc',
  report: 'Báo cáo',
  preparedSpeech: 'Tham luận',
  discussion: 'Thảo luận',
  answers: 'Giải trình',
  conclusion: 'Kết luận',
  closing: 'Bế mạc',
} as const;

function agendaTable(minutes: Minutes): Contents {
  const name = namesOf(minutes);
  const spoken = new Map(minutes.opinions.byItem.map((sum) => [sum.item, sum]));
  return {
    title: 'Thời gian theo nội dung',
    columns: [
      number('nth', 'TT', 6),
      id('item', 'Mã nội dung'),
      text('title', 'Nội dung', 44),
      word('kind', 'Loại', agendaWords),
      text('ownerName', 'Phụ trách', 30),
      instant('from', 'Bắt đầu'),
      instant('to', 'Kết thúc'),
      duration('plannedMs', 'Dự kiến'),
      duration('usedMs', 'Thực hiện'),
      number('speeches', 'Số lượt phát biểu', 18),
      duration('spokenMs', 'Thời gian phát biểu'),
    ],
    rows: minutes.sequence.items.map((each, i) => [
      i + 1,
      each.item,
      each.title.vi,
      each.kind,
      each.owner === null ? '' : name(each.owner),
      each.runs[0]?.from ?? null,
      each.runs.at(-1)?.to ?? null,
      each.plannedMs,
      each.usedMs,
      spoken.get(each.item)?.count ?? 0,
      spoken.get(each.item)?.usedMs ?? 0,
    ]),
  };
}

const secrecyWords = { open: 'Công khai', secret: 'Kín' } as const;

function voteTable(minutes: Minutes): Contents {
  const title = titlesOf(minutes);
  return {
    title: 'Biểu quyết',
    columns: [
      id('vote', 'Mã biểu quyết'),
      text('question', 'Nội dung biểu quyết', 50),
      word('secrecy', 'Hình thức', secrecyWords),
      text('itemTitle', 'Trong nội dung', 30),
      instant('openedAt', 'Bắt đầu'),
      instant('closedAt', 'Kết thúc'),
      text('option', 'Phương án', 30),
      number('count', 'Số lượng'),
      number('voted', 'Đã biểu quyết', 14),
      number('notVoted', 'Không biểu quyết', 16),
    ],
    rows: minutes.votes.flatMap((each) =>
      each.options.map(({ text: option, count }) => [
        each.vote,
        each.question,
        each.secret ? 'secret' : 'open',
        title(each.item),
        each.openedAt,
        each.closedAt,
        option,
        count,
        each.voted,
        each.notVoted.length,
      ]),
    ),
  };
}

/** Open votes by site; of a secret one nobody's choice is anywhere. */
function ballotTable(minutes: Minutes): Contents {
  const name = namesOf(minutes);
  return {
    title: 'Biểu quyết theo điểm cầu',
    columns: [
      id('vote', 'Mã biểu quyết'),
      text('question', 'Nội dung biểu quyết', 50),
      ...seatColumns(),
      text('option', 'Phương án', 30),
    ],
    rows: minutes.votes.flatMap(({ vote, question, options }) =>
      options.flatMap(({ text: option, seats }) =>
        (seats ?? []).map((seat) => [vote, question, seat, name(seat), option]),
      ),
    ),
  };
}

function directiveTable(minutes: Minutes): Contents {
  const name = namesOf(minutes);
  return {
    title: 'Nhiệm vụ',
    columns: [
      number('number', 'Số', 6),
      text('title', 'Nhiệm vụ', 40),
      text('content', 'Nội dung', 70),
      id('leadPoint', 'Mã chủ trì'),
      text('leadName', 'Chủ trì', 30),
      text('supporting', 'Phối hợp', 40),
      { key: 'deadline', title: 'Thời hạn', type: 'date', width: 12 },
      text('product', 'Sản phẩm', 40),
      word('status', 'Trạng thái', directiveWords),
      instant('givenAt', 'Giao lúc'),
      number('received', 'Đã xác nhận', 12),
      number('missing', 'Chưa xác nhận', 14),
      instant('settledAt', 'Hoàn thành hoặc rút lúc'),
    ],
    rows: minutes.conclusion.directives.map(({ directive, ...each }) => [
      directive.number,
      directive.title.vi,
      directive.content,
      directive.leadPoint,
      name(directive.leadPoint),
      directive.supportingPoints === 'all'
        ? 'Tất cả các điểm cầu'
        : directive.supportingPoints.map(name).join(', '),
      directive.deadline,
      directive.product ?? '',
      each.status,
      each.givenAt,
      each.receipts.length,
      each.missing.length,
      each.settledAt,
    ]),
  };
}

function receiptTable(minutes: Minutes): Contents {
  const name = namesOf(minutes);
  return {
    title: 'Xác nhận nhiệm vụ',
    columns: [
      number('number', 'Số', 6),
      text('title', 'Nhiệm vụ', 40),
      ...seatColumns(),
      instant('receivedAt', 'Xác nhận lúc'),
    ],
    rows: minutes.conclusion.directives.flatMap(({ directive, receipts, missing }) => [
      ...receipts.map(({ seat, at }) => [
        directive.number,
        directive.title.vi,
        seat,
        name(seat),
        at,
      ]),
      ...missing.map((seat) => [directive.number, directive.title.vi, seat, name(seat), null]),
    ]),
  };
}
