import type { ItemTime } from './agendaTimes.ts';
import { type Block, blocksOf, heading, paragraph } from './blocks.ts';
import { written } from './minutesText.ts';
import type { PartSource } from './parts.ts';
import type { Speech } from './speeches.ts';
import { durationWords, endWords, timeWords } from './words.ts';

/** Part 3: who spoke, when and for how long, with what the secretary has written of each speech. */
export function opinionsPart(source: PartSource): Block[] {
  const { opinions, sequence } = source.minutes;
  if (opinions.speeches.length === 0) {
    return [paragraph('Không có điểm cầu phát biểu ý kiến.')];
  }
  const titles = new Map(sequence.items.map(({ item, title }) => [item, title.vi]));
  const groups = new Map<string | null, Speech[]>();
  for (const speech of opinions.speeches) {
    groups.set(speech.item, [...(groups.get(speech.item) ?? []), speech]);
  }
  const blocks: Block[] = [];
  let nth = 0;
  for (const [item, group] of groups) {
    const title = item === null ? 'Trước khi vào chương trình' : (titles.get(item) ?? item);
    blocks.push(heading(title));
    for (const speech of group) {
      nth++;
      blocks.push(paragraph(`${nth}. ${account(source, speech)}`));
      const substance = written(source.text, `speech-${speech.request}`);
      if (substance !== undefined) blocks.push(...blocksOf(substance));
    }
  }
  const { length } = opinions.speeches;
  const total = durationWords(opinions.usedMs);
  blocks.push(paragraph(`Tổng số: ${length} lượt phát biểu, thời gian sử dụng ${total}.`));
  return blocks;
}

function account({ minutes, name }: PartSource, speech: Speech): string {
  const { timeZone: zone } = minutes.briefing;
  const { items } = minutes.sequence;
  const declared = minutes.attendees.seats.find(({ seat }) => seat === speech.seat)?.declared;
  const person = declared?.substitute || declared?.head;
  const title = declared?.substitute ? '' : declared?.title;
  const who = person ? ` (${[person, title].filter(Boolean).join(', ')})` : '';
  const what = speech.kind === 'reply' ? 'phát biểu trao đổi lại' : 'phát biểu';
  const times =
    speech.endedAt === null
      ? `từ ${timeWords(speech.grantedAt, zone)}, chưa kết thúc`
      : `từ ${timeWords(speech.grantedAt, zone)} đến ${timeWords(speech.endedAt, zone)}`;
  const notes = [
    `thời gian sử dụng ${durationWords(speech.usedMs)}`,
    ...(speech.allottedMs === null ? [] : [`được giao ${durationWords(speech.allottedMs)}`]),
    ...(speech.addedMs > 0 ? [`được thêm ${durationWords(speech.addedMs)}`] : []),
    ...(speech.creditedMs > 0
      ? [`được bù ${durationWords(speech.creditedMs)} do sự cố đường truyền`]
      : []),
    ...registered(speech, items),
    ...(speech.ended === null || speech.ended === 'released'
      ? []
      : [endWords[speech.ended].toLowerCase()]),
  ];
  return `Điểm cầu ${name(speech.seat)}${who} ${what} ${times}; ${notes.join('; ')}.`;
}

/** A registration by the office is told; a point's own is what is usual, as is a prepared speech. */
function registered({ requestedBy, item }: Speech, items: readonly ItemTime[]): string[] {
  if (items.find((each) => each.item === item)?.kind === 'preparedSpeech') return [];
  switch (requestedBy.role) {
    case 'secretary':
      return ['thư ký đăng ký thay'];
    case 'chair':
      return ['chủ tọa mời phát biểu'];
    default:
      return [];
  }
}
