import type { BriefingState } from '../../../server/domain/briefing.ts';
import type { Instant } from '../../../server/domain/ids.ts';
import type { Text } from '../../i18n/vi.ts';
import type { MinutesView, Section } from '../records/minutesView.ts';

/** In characters, as the server has it. */
export const longestSection = 20_000;

/** What a section holds now: what was written, or what was built. */
export const textOf = ({ written, built }: Section): string => written ?? built;

interface Named {
  readonly state: Pick<BriefingState, 'seats'>;
  readonly view: MinutesView;
  readonly t: Text;
  readonly local: (name: { readonly vi: string; readonly en: string }) => string;
  readonly time: (at: Instant) => string;
}

/** What people call a section; a speech by its speaker and hour. */
export function sectionName(id: string, { state, view, t, local, time }: Named): string {
  const names: Readonly<Record<string, string>> = t.chair.record.names;
  const known = Object.hasOwn(names, id) ? names[id] : undefined;
  if (known !== undefined) return known;
  const request = id.replace(/^speech-/, '');
  const speech = view.minutes.opinions.speeches.find((each) => each.request === request);
  const seat = speech && state.seats[speech.seat];
  return speech && seat ? t.chair.record.speech(local(seat.name), time(speech.grantedAt)) : request;
}

export const isSpeech = (id: string): boolean => id.startsWith('speech-');

/** Parts first, then speeches, then what stands around them: as a secretary works through it. */
export const inWorkingOrder = (sections: readonly Section[]): Section[] => {
  const parts = ['opening', 'attendance', 'sequence', 'opinions', 'votes', 'conclusion'];
  const rank = ({ id }: Section) => (parts.includes(id) ? 0 : isSpeech(id) ? 1 : 2);
  return [...sections].sort((a, b) => rank(a) - rank(b));
};

/** Drafts that really differ from what stands there, and may be saved. */
export const unsaved = (
  drafts: Readonly<Record<string, string | null>>,
  sections: readonly Section[],
): Record<string, string | null> =>
  Object.fromEntries(
    Object.entries(drafts).filter(([id, draft]) => {
      const section = sections.find((each) => each.id === id);
      if (!section) return false;
      return draft === null ? section.written !== null : draft !== textOf(section);
    }),
  );
