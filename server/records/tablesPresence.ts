import {
  duration,
  id,
  instant,
  namesOf,
  number,
  roleWords,
  seatColumns,
  text,
  titlesOf,
  word,
} from './columns.ts';
import type { Minutes } from './minutes.ts';
import type { Contents, TableKind } from './tables.ts';
import {
  disagreementWords,
  endWords,
  faultWords,
  phaseWords,
  rollWords,
  verdictWords,
} from './words.ts';

type PresenceKind = Extract<
  TableKind,
  'attendance' | 'speeches' | 'speakers' | 'outages' | 'credits' | 'lineChecks'
>;

/** Who was there, who spoke and how long, and whose line failed. */
export function presenceTables(minutes: Minutes): Readonly<Record<PresenceKind, Contents>> {
  return {
    attendance: attendanceTable(minutes),
    speeches: speechTable(minutes),
    speakers: speakerTable(minutes),
    outages: outageTable(minutes),
    credits: creditTable(minutes),
    lineChecks: lineCheckTable(minutes),
  };
}

function attendanceTable({ attendees }: Minutes): Contents {
  return {
    title: 'Điểm danh',
    columns: [
      number('order', 'TT', 6),
      ...seatColumns(),
      word('state', 'Tình trạng', { ...rollWords, chair: 'Chủ trì' }),
      text('head', 'Trưởng đoàn', 22),
      text('title', 'Chức vụ', 22),
      number('headCount', 'Số người'),
      text('substitute', 'Người dự thay', 20),
      text('reason', 'Lý do vắng', 24),
      instant('declaredAt', 'Khai báo lúc'),
      word('declaredBy', 'Người khai báo', roleWords),
      instant('firstJoinedAt', 'Kết nối lần đầu'),
      instant('lateAt', 'Đến muộn lúc'),
      duration('connectedMs', 'Thời gian kết nối'),
      duration('lostMs', 'Thời gian mất kết nối'),
      number('losses', 'Số lần mất kết nối'),
      text('disagreements', 'Chưa khớp', 28),
    ],
    rows: attendees.seats.map((each) => [
      each.order,
      each.seat,
      each.name.vi,
      each.isChair ? 'chair' : each.state,
      each.declared?.head ?? '',
      each.declared?.title ?? '',
      each.declared?.headCount ?? null,
      each.declared?.substitute ?? '',
      each.declared?.reason ?? '',
      each.declared?.at ?? null,
      each.declared?.by.role ?? null,
      each.firstJoinedAt,
      each.lateAt,
      each.connectedMs,
      each.lostMs,
      each.lost.length,
      each.disagreements.map((found) => disagreementWords[found]).join('; '),
    ]),
  };
}

function speechTable(minutes: Minutes): Contents {
  const name = namesOf(minutes);
  const title = titlesOf(minutes);
  return {
    title: 'Phát biểu',
    columns: [
      number('nth', 'TT', 6),
      id('request', 'Mã đăng ký'),
      ...seatColumns(),
      word('kind', 'Loại', { speech: 'Phát biểu', reply: 'Trao đổi lại' }),
      id('item', 'Mã nội dung'),
      text('itemTitle', 'Nội dung', 34),
      word('requestedBy', 'Người đăng ký', roleWords),
      instant('requestedAt', 'Đăng ký lúc'),
      instant('grantedAt', 'Bắt đầu'),
      instant('endedAt', 'Kết thúc'),
      word('ended', 'Cách kết thúc', endWords),
      duration('allottedMs', 'Được giao'),
      duration('addedMs', 'Được thêm'),
      duration('creditedMs', 'Được bù'),
      duration('usedMs', 'Sử dụng'),
    ],
    rows: minutes.opinions.speeches.map((each, i) => [
      i + 1,
      each.request,
      each.seat,
      name(each.seat),
      each.kind,
      each.item ?? '',
      title(each.item),
      each.requestedBy.role,
      each.requestedAt,
      each.grantedAt,
      each.endedAt,
      each.ended,
      each.allottedMs,
      each.addedMs,
      each.creditedMs,
      each.usedMs,
    ]),
  };
}

function speakerTable(minutes: Minutes): Contents {
  const name = namesOf(minutes);
  return {
    title: 'Thời gian theo điểm cầu',
    columns: [
      ...seatColumns(),
      number('count', 'Số lượt'),
      number('replies', 'Trao đổi lại'),
      duration('usedMs', 'Sử dụng'),
    ],
    rows: minutes.opinions.bySeat.map(({ seat, count, replies, usedMs }) => [
      seat,
      name(seat),
      count,
      replies,
      usedMs,
    ]),
  };
}

function outageTable(minutes: Minutes): Contents {
  const name = namesOf(minutes);
  return {
    title: 'Gián đoạn',
    columns: [
      ...seatColumns(),
      instant('lostAt', 'Mất lúc'),
      instant('returnedAt', 'Có lại lúc'),
      duration('lostMs', 'Thời gian'),
      word('phase', 'Giai đoạn', phaseWords),
      text('duringSpeech', 'Trong lượt phát biểu', 20),
    ],
    rows: minutes.incidents.outages.map((each) => [
      each.seat,
      name(each.seat),
      each.lostAt,
      each.returnedAt,
      each.lostMs,
      each.phase,
      each.duringSpeech ?? '',
    ]),
  };
}

function creditTable(minutes: Minutes): Contents {
  const name = namesOf(minutes);
  return {
    title: 'Thời gian bù',
    columns: [
      ...seatColumns(),
      id('request', 'Mã đăng ký'),
      instant('at', 'Lúc'),
      duration('byMs', 'Được bù'),
      word('cause', 'Nguyên nhân', {
        lineLost: 'Mất đường truyền',
        nodeMoved: 'Chuyển máy chủ truyền dẫn',
      }),
    ],
    rows: minutes.incidents.credits.map((each) => [
      each.seat,
      name(each.seat),
      each.request,
      each.at,
      each.byMs,
      each.cause,
    ]),
  };
}

function lineCheckTable(minutes: Minutes): Contents {
  const name = namesOf(minutes);
  return {
    title: 'Kiểm tra đường truyền',
    columns: [
      ...seatColumns(),
      instant('at', 'Lúc'),
      word('verdict', 'Kết quả', verdictWords),
      text('faults', 'Lỗi', 30),
      number('frameRate', 'Hình/giây'),
      number('levelDb', 'Âm lượng (dBov)', 16),
      number('rttMs', 'Trễ khứ hồi (ms)', 16),
      { key: 'lossUp', title: 'Mất gói lên', type: 'share', width: 12 },
      { key: 'lossDown', title: 'Mất gói xuống', type: 'share', width: 14 },
      number('upBps', 'Lên (bit/s)', 14),
      number('downBps', 'Xuống (bit/s)', 14),
    ],
    rows: minutes.lineChecks.map(({ seat, at, verdict, faults, result }) => [
      seat,
      name(seat),
      at,
      verdict,
      faults.map((fault) => faultWords[fault]).join('; '),
      result?.picture?.frameRate ?? null,
      result?.sound?.levelDb ?? null,
      result?.rttMs ?? null,
      result?.lossUp ?? null,
      result?.lossDown ?? null,
      result?.upBps ?? null,
      result?.downBps ?? null,
    ]),
  };
}
