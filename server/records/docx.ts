import {
  AlignmentType,
  Document,
  Header,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  SectionType,
  type Table,
  TextRun,
} from 'docx';
import type { Block } from './blocks.ts';
import { appendices } from './docxAppendices.ts';
import { heads, marginsOf, openingBlock, titleBlock } from './docxHead.ts';
import { bodySize, font, mm } from './docxStyle.ts';
import { recipientsBlock, signatureBlock } from './docxTail.ts';
import type { Minutes } from './minutes.ts';
import { type FieldId, type MinutesText, type PartId, partIds, written } from './minutesText.ts';
import { partSource, partsOf } from './parts.ts';
import type { DocumentForm } from './settings.ts';
import { dateWords, timeWords } from './words.ts';
import { dated } from './zip.ts';

export interface DocxSource {
  readonly minutes: Minutes;
  readonly text: Pick<MinutesText, 'sections'>;
  readonly form: DocumentForm;
}

/** What stands around the parts, as written where it was, else as the office's form has it. */
export type Fields = Readonly<Record<FieldId, string>>;

/**
 * The minutes as an office's document: A4, Times New Roman, by Decree 30/2020/NĐ-CP (Annex I) or by
 * Guidance 36-HD/VPTW. The same minutes, text and form give the same bytes.
 */
export async function docx(source: DocxSource): Promise<Uint8Array> {
  const { minutes, text, form } = source;
  const { briefing } = minutes;
  const fields = fieldsOf(text, form);
  const page = {
    size: { width: mm(210), height: mm(297) },
    margin: marginsOf(form.form),
  };
  const headers = {
    default: pageNumberHeader(),
    first: new Header({ children: [new Paragraph({})] }),
  };
  const document = new Document({
    title: `Biên bản ${briefing.title.vi}`,
    creator: fields.issuer,
    lastModifiedBy: fields.issuer,
    styles: {
      default: {
        document: {
          run: { font, size: bodySize, language: { value: 'vi-VN' } },
          paragraph: { spacing: { before: 0, after: 0 } },
        },
      },
    },
    sections: [
      {
        properties: { page, titlePage: true },
        headers,
        children: [
          ...heads({ fields, briefing, form: form.form }),
          ...titleBlock({ briefing, form: form.form }),
          ...body(source, fields),
          ...signatureBlock({ fields, form: form.form }),
          ...recipientsBlock({ fields, form: form.form }),
        ],
      },
      ...appendices({ source: partSource(minutes, text), fields }).map((children) => ({
        // Each appendix counts its own pages (Decree 30/2020, Annex I).
        properties: {
          page: { ...page, pageNumbers: { start: 1 } },
          type: SectionType.NEXT_PAGE,
          titlePage: true,
        },
        headers,
        children,
      })),
    ],
  });
  return dated(await Packer.toBuffer(document), briefing.asOf);
}

function fieldsOf(text: Pick<MinutesText, 'sections'>, form: DocumentForm): Fields {
  const of = (field: FieldId, usual: string) => written(text, field) ?? usual;
  return {
    superior: of('superior', form.superior),
    issuer: of('issuer', form.issuer),
    number: of('number', ''),
    symbol: of('symbol', form.symbol),
    place: of('place', form.place),
    chairTitle: of('chairTitle', form.chairTitle),
    chairName: of('chairName', ''),
    secretaryTitle: of('secretaryTitle', form.secretaryTitle),
    secretaryName: of('secretaryName', ''),
    recipients: of('recipients', form.recipients.join('\n')),
  };
}

/** Page numbers stand in the middle above the text, from the second page on. */
const pageNumberHeader = () =>
  new Header({
    children: [
      new Paragraph({
        alignment: AlignmentType.CENTER,
        children: [new TextRun({ children: [PageNumber.CURRENT], font, size: 26 })],
      }),
    ],
  });

const partTitles: Readonly<Record<Exclude<PartId, 'opening'>, string>> = {
  attendance: 'I. THÀNH PHẦN THAM DỰ',
  sequence: 'II. TRÌNH TỰ, NỘI DUNG HỘI NGHỊ',
  opinions: 'III. Ý KIẾN PHÁT BIỂU',
  votes: 'IV. KẾT QUẢ BIỂU QUYẾT',
  conclusion: 'V. KẾT LUẬN VÀ QUYẾT ĐỊNH',
};

function body({ minutes, text }: DocxSource, fields: Fields): (Paragraph | Table)[] {
  const known = { sections: { ...text.sections, ...named(fields) } };
  const parts = partsOf(partSource(minutes, known));
  const { closedAt, timeZone: zone } = minutes.briefing;
  const end =
    closedAt === null
      ? 'Hội nghị chưa kết thúc; đây là bản ghi đến thời điểm lập biên bản./.'
      : `Hội nghị kết thúc vào ${timeWords(closedAt, zone)}, ${dateWords(closedAt, zone)}./.`;
  return [
    ...partIds.flatMap((part) =>
      part === 'opening'
        ? parts.opening.map(openingBlock)
        : [partTitle(partTitles[part]), ...parts[part].map(blockParagraph)],
    ),
    blockParagraph({ is: 'paragraph', text: end }),
  ];
}

/** The names that the opening repeats. */
const named = ({ chairName, secretaryName }: Fields) => ({
  ...(chairName === '' ? {} : { chairName }),
  ...(secretaryName === '' ? {} : { secretaryName }),
});

const partTitle = (title: string) =>
  new Paragraph({
    keepNext: true,
    spacing: { before: 200, after: 60 },
    indent: { firstLine: mm(10) },
    children: [new TextRun({ text: title, bold: true })],
  });

/** Body text: both margins straight, first line in by 1 cm, at least 6 pt between paragraphs. */
function blockParagraph({ is, text }: Block): Paragraph {
  return new Paragraph({
    alignment: is === 'heading' ? AlignmentType.LEFT : AlignmentType.JUSTIFIED,
    keepNext: is === 'heading',
    spacing: { before: 60, after: 60, line: 264, lineRule: LineRuleType.AUTO },
    indent: { firstLine: mm(10) },
    children: [new TextRun({ text: is === 'item' ? `- ${text}` : text, bold: is === 'heading' })],
  });
}
