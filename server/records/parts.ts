import type { SeatId } from '../domain/ids.ts';
import { type Block, blocksOf, heading, item, paragraph } from './blocks.ts';
import type { Minutes } from './minutes.ts';
import { type MinutesText, type PartId, partIds, written } from './minutesText.ts';
import { conclusionPart, votesPart } from './partsBusiness.ts';
import { opinionsPart } from './partsOpinions.ts';
import { dateWords, disagreementWords, durationWords, sentence, timeWords } from './words.ts';

/** What every part is written from. */
export interface PartSource {
  readonly minutes: Minutes;
  readonly text: Pick<MinutesText, 'sections'>;
  /** A seat's Vietnamese name. */
  readonly name: (seat: SeatId) => string;
}

export function partSource(minutes: Minutes, text: Pick<MinutesText, 'sections'>): PartSource {
  const names = new Map(minutes.attendees.seats.map(({ seat, name }) => [seat, name.vi]));
  return { minutes, text, name: (seat) => names.get(seat) ?? seat };
}

const builders: Readonly<Record<PartId, (source: PartSource) => Block[]>> = {
  opening: openingPart,
  attendance: attendancePart,
  sequence: sequencePart,
  opinions: opinionsPart,
  votes: votesPart,
  conclusion: conclusionPart,
};

/** A part as the journal tells it; what was written of single speeches is in it. */
export const builtPart = (source: PartSource, part: PartId): Block[] => builders[part](source);

/** Every part as it goes into the document: as written where it was, else as built. */
export function partsOf(source: PartSource): Readonly<Record<PartId, Block[]>> {
  const parts: Partial<Record<PartId, Block[]>> = {};
  for (const part of partIds) {
    const over = written(source.text, part);
    parts[part] = over === undefined ? builtPart(source, part) : blocksOf(over);
  }
  return parts as Record<PartId, Block[]>;
}

/** Room to write by hand what nobody has entered. */
const blank = '…………………………………………';

function openingPart({ minutes, text, name }: PartSource): Block[] {
  const { briefing, attendees } = minutes;
  const { timeZone: zone, beganAt, openedAt, asOf, chairPoint } = briefing;
  const began = beganAt ?? openedAt ?? asOf;
  const points = attendees.seats.filter(({ isChair }) => !isChair).length;
  const chair = [written(text, 'chairName') ?? blank, written(text, 'chairTitle')]
    .filter(Boolean)
    .join(', ');
  return [
    paragraph(`Thời gian bắt đầu: ${timeWords(began, zone)}, ${dateWords(began, zone)}.`),
    paragraph(
      `Địa điểm: hội nghị trực tuyến; điểm cầu trung tâm: ${name(chairPoint)} và ${points} điểm cầu.`,
    ),
    paragraph(`Chủ trì: ${chair}.`),
    paragraph(`Thư ký (người ghi biên bản): ${written(text, 'secretaryName') ?? blank}.`),
  ];
}

function attendancePart({ minutes, name }: PartSource): Block[] {
  const { attendees, briefing } = minutes;
  const { counts, quorum, quorate, headCount } = attendees;
  const points = attendees.seats.filter(({ isChair }) => !isChair);
  const here = counts.present + counts.presentLate;
  const blocks = [
    paragraph(`Đơn vị chủ trì: ${name(briefing.chairPoint)} (điểm cầu trung tâm).`),
    paragraph(
      `Số điểm cầu được mời: ${points.length}; có mặt: ${here}${
        counts.presentLate > 0 ? ` (trong đó đến muộn: ${counts.presentLate})` : ''
      }; vắng mặt: ${counts.absent}; chưa điểm danh: ${counts.notCalled}.`,
    ),
  ];
  if (headCount > 0) {
    blocks.push(paragraph(`Số đại biểu tại các điểm cầu theo khai báo: ${headCount} người.`));
  }
  if (quorum !== null) {
    const is = quorate ? 'đủ' : 'không đủ';
    blocks.push(
      paragraph(`Số điểm cầu có mặt ${is} để tiến hành hội nghị (yêu cầu tối thiểu: ${quorum}).`),
    );
  }
  const list = (title: string, items: readonly string[]) => {
    if (items.length > 0) blocks.push(heading(title), ...items.map((each) => item(sentence(each))));
  };
  list(
    'Điểm cầu vắng mặt',
    points.flatMap(({ state, seat, declared }) =>
      state === 'absent' ? [`${name(seat)}: ${declared?.reason || 'không rõ lý do'}`] : [],
    ),
  );
  list(
    'Điểm cầu đến muộn',
    points.flatMap(({ lateAt, seat }) =>
      lateAt === null ? [] : [`${name(seat)}: vào họp lúc ${timeWords(lateAt, briefing.timeZone)}`],
    ),
  );
  list(
    'Điểm cầu chưa điểm danh',
    points.flatMap(({ state, seat }) => (state === 'notCalled' ? [name(seat)] : [])),
  );
  list(
    'Khai báo chưa khớp với kết nối thực tế',
    points.flatMap(({ seat, disagreements: found }) =>
      found.length === 0
        ? []
        : [`${name(seat)}: ${found.map((each) => disagreementWords[each]).join('; ')}`],
    ),
  );
  return blocks;
}

function sequencePart({ minutes, name }: PartSource): Block[] {
  const { sequence, briefing, incidents } = minutes;
  const { timeZone: zone } = briefing;
  const span = (from: number, to: number) =>
    `từ ${timeWords(from, zone)} đến ${timeWords(to, zone)}`;
  const taken = sequence.items.filter(({ runs }) => runs.length > 0);
  const untaken = sequence.items.filter(({ runs }) => runs.length === 0);
  const blocks: Block[] = taken.map(({ title, owner, runs, plannedMs, usedMs }, i) => {
    const when = runs.map(({ from, to }) => span(from, to)).join(', ');
    const by = owner === null ? '' : `; phụ trách: ${name(owner)}`;
    return paragraph(
      `${i + 1}. ${title.vi}: ${when} (dự kiến ${durationWords(plannedMs)}, thực hiện ${durationWords(usedMs)})${by}.`,
    );
  });
  if (untaken.length > 0) {
    const titles = untaken.map(({ title }) => title.vi).join('; ');
    blocks.push(paragraph(sentence(`Nội dung trong chương trình chưa tiến hành: ${titles}`)));
  }
  for (const { from, to } of incidents.recesses) {
    const until = to === null ? 'đến khi kết thúc' : `đến ${timeWords(to, zone)}`;
    blocks.push(paragraph(`Hội nghị tạm nghỉ từ ${timeWords(from, zone)} ${until}.`));
  }
  if (sequence.reports.length > 0) {
    blocks.push(heading('Nội dung báo cáo tại hội nghị'));
    blocks.push(...sequence.reports.map(({ content }) => item(sentence(content))));
  }
  const { outages } = incidents;
  if (outages.length > 0) {
    const seats = new Set(outages.map(({ seat }) => seat)).size;
    blocks.push(
      paragraph(
        `Trong thời gian hội nghị có ${outages.length} lần gián đoạn đường truyền tại ${seats} điểm cầu (có phụ lục kèm theo).`,
      ),
    );
  }
  return blocks;
}
