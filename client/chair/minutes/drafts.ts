import type { BriefingId } from '../../../server/domain/ids.ts';
import { remembered } from '../remembered.ts';

/** What is being written, by section; null: back to what was built. */
type Drafts = Readonly<Record<string, string | null>>;

const areDrafts = (value: unknown): value is Drafts =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every((each) => each === null || typeof each === 'string');

/** By briefing and section: one tab may open one briefing after another. */
const kept = remembered<Drafts>('minutes', {}, areDrafts);

const keyOf = (briefing: BriefingId, section: string): string => `${briefing}/${section}`;

/** Comes back after a reload of the tab, like everything that a person has typed here. */
export function draftsOf(briefing: BriefingId): Drafts {
  const own = keyOf(briefing, '');
  return Object.fromEntries(
    Object.entries(kept.value).flatMap(([key, draft]) =>
      key.startsWith(own) ? [[key.slice(own.length), draft]] : [],
    ),
  );
}

export function setDraft(briefing: BriefingId, section: string, text: string | null): void {
  kept.value = { ...kept.value, [keyOf(briefing, section)]: text };
}

export function dropDrafts(briefing: BriefingId, sections: readonly string[]): void {
  const gone = sections.map((section) => keyOf(briefing, section));
  kept.value = Object.fromEntries(
    Object.entries(kept.value).filter(([key]) => !gone.includes(key)),
  );
}
