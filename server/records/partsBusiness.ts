import { type Block, heading, item, paragraph } from './blocks.ts';
import type { LoggedDirective } from './directiveLog.ts';
import type { PartSource } from './parts.ts';
import type { VoteResult } from './votes.ts';
import { directiveWords, isoDateWords, sentence } from './words.ts';

/** Part 4: each vote by its counts; who voted how in an open one stands in an appendix. */
export function votesPart({ minutes }: PartSource): Block[] {
  if (minutes.votes.length === 0) return [paragraph('Hội nghị không tiến hành biểu quyết.')];
  return minutes.votes.flatMap((vote, i) => [
    paragraph(
      `${i + 1}. ${sentence(vote.question)} Hình thức: biểu quyết ${vote.secret ? 'kín' : 'công khai'}.`,
    ),
    ...vote.options.map(({ text, count }) => item(`${text}: ${countWords(vote, count)}.`)),
    item(
      vote.notVoted.length === 0
        ? 'Tất cả các điểm cầu đã biểu quyết.'
        : `Không biểu quyết: ${vote.notVoted.length} điểm cầu.`,
    ),
  ]);
}

function countWords({ voted }: VoteResult, count: number | null): string {
  if (count === null) return 'chưa kiểm phiếu';
  if (voted === 0) return `${count} điểm cầu`;
  const share = new Intl.NumberFormat('vi', { style: 'percent', maximumFractionDigits: 1 });
  return `${count}/${voted} điểm cầu đã biểu quyết (${share.format(count / voted)})`;
}

/** Part 5: the tasks that were given, and what former briefings had left undone. */
export function conclusionPart(source: PartSource): Block[] {
  const { directives, carriedOver } = source.minutes.conclusion;
  const given = directives.filter(({ givenAt }) => givenAt !== null);
  const blocks: Block[] = [];
  if (given.length > 0) {
    const points = source.minutes.attendees.seats.length - 1;
    blocks.push(paragraph('Hội nghị kết luận và giao các nhiệm vụ sau:'));
    for (const logged of given) {
      const { number, content } = logged.directive;
      blocks.push(paragraph(`${number}. ${sentence(content)}`));
      blocks.push(item(sentence(assigned(source, logged, points))));
    }
  } else blocks.push(paragraph('Hội nghị không giao nhiệm vụ mới.'));
  if (carriedOver.length > 0) {
    blocks.push(heading('Nhiệm vụ chuyển từ các kỳ trước'));
    for (const { briefingTitle, directive, settled } of carriedOver) {
      const due =
        directive.deadline === null ? '' : `; thời hạn: ${isoDateWords(directive.deadline)}`;
      const now = settled ? `; nay ${directiveWords[settled].toLowerCase()}` : '';
      blocks.push(
        item(
          sentence(
            `${directive.title.vi} (${briefingTitle.vi}; chủ trì: ${source.name(directive.leadPoint)}${due}${now})`,
          ),
        ),
      );
    }
  }
  return blocks;
}

function assigned({ name }: PartSource, logged: LoggedDirective, points: number): string {
  const { leadPoint, supportingPoints, deadline, product } = logged.directive;
  const supporting =
    supportingPoints === 'all'
      ? `tất cả ${points} điểm cầu`
      : supportingPoints.map(name).join(', ');
  const confirming = logged.receipts.length + logged.missing.length;
  return [
    `Chủ trì: ${name(leadPoint)}`,
    ...(supporting === '' ? [] : [`phối hợp: ${supporting}`]),
    ...(deadline === null ? [] : [`thời hạn: ${isoDateWords(deadline)}`]),
    ...(product === null ? [] : [`sản phẩm: ${product}`]),
    `đã xác nhận: ${logged.receipts.length}/${confirming} điểm cầu`,
    ...(logged.status === 'given' ? [] : [directiveWords[logged.status].toLowerCase()]),
  ].join('; ');
}
