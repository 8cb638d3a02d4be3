import type { Instant, RequestId } from '../domain/ids.ts';
import type { Actor } from '../domain/permits.ts';

/** The parts of the minutes whose text is built, and may be written over as a whole. */
export const partIds = [
  'opening',
  'attendance',
  'sequence',
  'opinions',
  'votes',
  'conclusion',
] as const;
export type PartId = (typeof partIds)[number];

/** What stands around the parts: single lines, but for the recipients, one a line. */
export const fieldIds = [
  'superior',
  'issuer',
  'number',
  'symbol',
  'place',
  'chairTitle',
  'chairName',
  'secretaryTitle',
  'secretaryName',
  'recipients',
] as const;
export type FieldId = (typeof fieldIds)[number];

/** The substance of one speech, which no machine has heard. */
export type SpeechSection = `speech-${RequestId}`;
export type SectionId = PartId | FieldId | SpeechSection;

/** What the secretary has written, at one version; version 0 is the minutes as built. */
export interface MinutesText {
  readonly version: number;
  /** Only what was written; where nothing stands, what was built holds. */
  readonly sections: Readonly<Record<string, string>>;
  readonly by: Actor;
  readonly at: Instant;
}

export const unwritten: MinutesText = {
  version: 0,
  sections: {},
  by: { role: 'system', seat: null },
  at: 0,
};

/** In characters. */
export const longestSection = 20_000;

export const isSection = (id: string): id is SectionId =>
  partIds.some((part) => part === id) ||
  fieldIds.some((field) => field === id) ||
  /^speech-r\d{1,15}$/.test(id);

/** What was written there; undefined where what was built holds. */
export const written = ({ sections }: Pick<MinutesText, 'sections'>, id: SectionId) =>
  Object.hasOwn(sections, id) ? sections[id] : undefined;
