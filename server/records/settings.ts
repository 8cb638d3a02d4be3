import type { Holidays } from './conclusionNotice.ts';
import type { Minutes } from './minutes.ts';

/**
 * How an office's documents look. state: Decree 30/2020/NĐ-CP, with the national title and motto ·
 * party: Guidance 36-HD/VPTW, with the Party's title.
 */
export type FormKind = 'state' | 'party';

/** What the office puts around the minutes. Texts are Vietnamese; an empty one leaves room to write. */
export interface DocumentForm {
  readonly form: FormKind;
  /** The body above the one that issues; empty where there is none. */
  readonly superior: string;
  readonly issuer: string;
  /** Of the document's number, such as `BB-BTC` or `BB/BTCTW`. */
  readonly symbol: string;
  readonly place: string;
  readonly chairTitle: string;
  readonly secretaryTitle: string;
  readonly recipients: readonly string[];
}

/** What an installation says of its records; see config/records.yaml. */
export interface RecordsSettings {
  readonly holidays: Holidays;
  /** By series; what a form leaves out is as `defaultForm` has it. */
  readonly forms: Readonly<Record<string, Partial<DocumentForm>>>;
}

export const noSettings: RecordsSettings = {
  holidays: { yearly: [], dates: [] },
  forms: {},
};

const usual: Record<
  FormKind,
  Pick<DocumentForm, 'chairTitle' | 'secretaryTitle' | 'recipients'>
> = {
  state: {
    chairTitle: 'Chủ tọa',
    secretaryTitle: 'Thư ký',
    recipients: ['Các điểm cầu dự họp', 'Lưu: VT, hồ sơ hội nghị'],
  },
  party: {
    chairTitle: 'Chủ trì',
    secretaryTitle: 'Người ghi biên bản',
    recipients: ['Các điểm cầu dự họp', 'Lưu hồ sơ hội nghị'],
  },
};

/**
 * The form of a briefing: what its series says, over what is usual; the chair's body issues.
 * `wanted`: another kind of form than the series' own.
 */
export function formOf(
  { briefing, attendees }: Pick<Minutes, 'briefing' | 'attendees'>,
  settings: RecordsSettings,
  wanted?: FormKind,
): DocumentForm {
  const { series } = briefing;
  const own =
    series !== null && Object.hasOwn(settings.forms, series) ? settings.forms[series] : undefined;
  const form = wanted ?? own?.form ?? 'state';
  return {
    superior: '',
    issuer: attendees.seats.find(({ isChair }) => isChair)?.name.vi ?? '',
    symbol: form === 'state' ? 'BB-' : 'BB/',
    place: '',
    ...usual[form],
    ...own,
    form,
  };
}
