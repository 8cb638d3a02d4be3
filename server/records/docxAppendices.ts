import { AlignmentType, Paragraph, type Table, TextRun } from 'docx';
import type { Fields } from './docx.ts';
import { grid } from './docxGrid.ts';
import { centred } from './docxHead.ts';
import type { PartSource } from './parts.ts';
import { clockWords, dateWords, durationClock, endWords, phaseWords, rollWords } from './words.ts';

interface Content {
  readonly title: string;
  readonly children: readonly (Paragraph | Table)[];
}

const roman = ['I', 'II', 'III', 'IV', 'V'] as const;

/** What stands behind the signatures, each on a page of its own: it is the journal's, not edited. */
export function appendices({
  source,
  fields,
}: {
  readonly source: PartSource;
  readonly fields: Fields;
}): (Paragraph | Table)[][] {
  const contents = [
    attendanceTable(source),
    speechTable(source),
    voteTable(source),
    incidentTables(source),
  ].filter((content) => content !== undefined);
  const { closedAt, asOf, timeZone } = source.minutes.briefing;
  const number = fields.number === '' ? '……' : fields.number;
  const of = `(Kèm theo Biên bản số ${number}, ${dateWords(closedAt ?? asOf, timeZone)})`;
  return contents.map(({ title, children }, i) => [
    centred(`Phụ lục ${contents.length > 1 ? roman[i] : ''}`.trim(), { bold: true, size: 28 }),
    centred(title.toLocaleUpperCase('vi'), { bold: true, size: 28 }),
    centred(of, { italics: true, size: 26, after: 160 }),
    ...children,
  ]);
}

function attendanceTable({ minutes, name }: PartSource): Content {
  const { timeZone: zone } = minutes.briefing;
  const rows = minutes.attendees.seats.map((each) => {
    const { declared, isChair, state } = each;
    const person = declared?.attendance === 'present' ? declared : null;
    const head = [person?.head, person?.title].filter(Boolean).join(', ');
    const substitute = person?.substitute ? `dự thay: ${person.substitute}` : '';
    return [
      isChair ? '' : String(each.order),
      name(each.seat),
      [head, substitute].filter(Boolean).join('; '),
      person?.headCount === null || person === null ? '' : String(person.headCount),
      isChair ? 'Chủ trì' : state === null ? '' : rollWords[state],
      each.firstJoinedAt === null ? '' : clockWords(each.firstJoinedAt, zone),
      each.connectedMs === 0 ? '' : durationClock(each.connectedMs),
    ];
  });
  return {
    title: 'Danh sách điểm cầu dự hội nghị',
    children: [
      grid(
        [
          { title: 'TT', width: 10, centred: true },
          { title: 'Điểm cầu', width: 40 },
          { title: 'Trưởng đoàn, chức vụ', width: 42 },
          { title: 'Số người', width: 14, centred: true },
          { title: 'Điểm danh', width: 22 },
          { title: 'Kết nối lúc', width: 18, centred: true },
          { title: 'Thời gian kết nối', width: 18, centred: true },
        ],
        rows,
      ),
    ],
  };
}

function speechTable({ minutes, name }: PartSource): Content | undefined {
  const { speeches } = minutes.opinions;
  const { timeZone: zone } = minutes.briefing;
  if (speeches.length === 0) return undefined;
  const titles = new Map(minutes.sequence.items.map(({ item, title }) => [item, title.vi]));
  const rows = speeches.map((speech, i) => [
    String(i + 1),
    `${name(speech.seat)}${speech.kind === 'reply' ? ' (trao đổi lại)' : ''}`,
    speech.item === null ? '' : (titles.get(speech.item) ?? ''),
    clockWords(speech.grantedAt, zone),
    speech.endedAt === null ? '' : clockWords(speech.endedAt, zone),
    durationClock(speech.usedMs),
    speech.ended === null ? 'Đang phát biểu' : endWords[speech.ended],
  ]);
  return {
    title: 'Thời gian phát biểu',
    children: [
      grid(
        [
          { title: 'TT', width: 10, centred: true },
          { title: 'Điểm cầu', width: 36 },
          { title: 'Nội dung', width: 39 },
          { title: 'Bắt đầu', width: 18, centred: true },
          { title: 'Kết thúc', width: 18, centred: true },
          { title: 'Sử dụng', width: 16, centred: true },
          { title: 'Cách kết thúc', width: 27 },
        ],
        rows,
      ),
    ],
  };
}

/** Who voted how, of open votes alone. */
function voteTable({ minutes, name }: PartSource): Content | undefined {
  const open = minutes.votes.filter(({ secret }) => !secret);
  if (open.length === 0) return undefined;
  return {
    title: 'Kết quả biểu quyết công khai theo điểm cầu',
    children: open.flatMap(({ question, options, notVoted }) => [
      subtitle(question),
      grid(
        [
          { title: 'Phương án', width: 40 },
          { title: 'Số lượng', width: 18, centred: true },
          { title: 'Điểm cầu', width: 106 },
        ],
        [
          ...options.map(({ text, seats }) => [
            text,
            String(seats?.length ?? 0),
            (seats ?? []).map(name).join(', '),
          ]),
          ['Không biểu quyết', String(notVoted.length), notVoted.map(name).join(', ')],
        ],
      ),
    ]),
  };
}

function incidentTables({ minutes, name }: PartSource): Content | undefined {
  const { outages, credits, journalGaps } = minutes.incidents;
  const { timeZone: zone } = minutes.briefing;
  const children: (Paragraph | Table)[] = [];
  if (outages.length > 0) {
    const rows = outages.map((outage, i) => [
      String(i + 1),
      name(outage.seat),
      clockWords(outage.lostAt, zone),
      outage.returnedAt === null ? 'Không kết nối lại' : clockWords(outage.returnedAt, zone),
      durationClock(outage.lostMs),
      outage.duringSpeech === null ? phaseWords[outage.phase] : 'Đang phát biểu',
    ]);
    children.push(
      subtitle('Gián đoạn đường truyền'),
      grid(
        [
          { title: 'TT', width: 10, centred: true },
          { title: 'Điểm cầu', width: 50 },
          { title: 'Mất lúc', width: 22, centred: true },
          { title: 'Có lại lúc', width: 30, centred: true },
          { title: 'Thời gian', width: 20, centred: true },
          { title: 'Khi đó', width: 32 },
        ],
        rows,
      ),
    );
  }
  if (credits.length > 0) {
    const causes = { lineLost: 'Mất đường truyền', nodeMoved: 'Chuyển máy chủ truyền dẫn' };
    const rows = credits.map(({ at, seat, byMs, cause }, i) => [
      String(i + 1),
      name(seat),
      clockWords(at, zone),
      durationClock(byMs),
      causes[cause],
    ]);
    children.push(
      subtitle('Thời gian phát biểu được bù'),
      grid(
        [
          { title: 'TT', width: 10, centred: true },
          { title: 'Điểm cầu', width: 60 },
          { title: 'Lúc', width: 24, centred: true },
          { title: 'Được bù', width: 22, centred: true },
          { title: 'Nguyên nhân', width: 48 },
        ],
        rows,
      ),
    );
  }
  for (const { at, from, to } of journalGaps) {
    children.push(
      subtitle('Gián đoạn của nhật ký'),
      new Paragraph({
        alignment: AlignmentType.JUSTIFIED,
        children: [
          new TextRun({
            text: `Lúc ${clockWords(at, zone)}: các mục từ ${from} đến ${to} của nhật ký bị mất do sự cố máy chủ; hội nghị được tiếp tục từ mục kế tiếp.`,
            size: 26,
          }),
        ],
      }),
    );
  }
  return children.length === 0 ? undefined : { title: 'Sự cố và gián đoạn', children };
}

const subtitle = (text: string) =>
  new Paragraph({
    keepNext: true,
    spacing: { before: 160, after: 80 },
    children: [new TextRun({ text, bold: true, size: 26 })],
  });
