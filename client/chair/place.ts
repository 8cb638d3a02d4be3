import { signal } from '@preact/signals';
import { isOneOf, isText, remembered } from './remembered.ts';
import { rollFilters } from './rollCall/rollRows.ts';
import { rosterFilters, rosterOrders } from './roster/listing.ts';

/** What lies open under the programme. */
export const panels = [
  'agenda',
  'rollCall',
  'votes',
  'directives',
  'minutes',
  'messages',
  'rules',
] as const;

/** To whom the next message goes: every point, those that the roster shows, or one. */
export const audiences = ['all', 'shown', 'one'] as const;

const orNull = (value: unknown): value is string | null => value === null || isText(value);

/** Where the person at this console is; a reload of the page comes back to it. */
export const place = {
  query: remembered('query', '', isText),
  filter: remembered('filter', 'all', isOneOf(rosterFilters)),
  order: remembered('order', 'protocol', isOneOf(rosterOrders)),
  panel: remembered('panel', 'agenda', isOneOf(panels)),
  /** Whether the desk under the programme has the larger part of the page. */
  enlarged: remembered('enlarged', 'no', isOneOf(['no', 'yes'])),
  rollFilter: remembered('rollFilter', 'all', isOneOf(rollFilters)),
  /** The section of the minutes that is being read or written. */
  section: remembered('section', 'opening', isText),
  /** The question of the next vote. */
  question: remembered('question', '', isText),
  /** The point that is looked at before it is called; null: the next in line. */
  looking: remembered<string | null>('looking', null, orNull),
  draft: remembered('draft', '', isText),
  audience: remembered('audience', 'all', isOneOf(audiences)),
  /** The one point that the next message is for. */
  addressee: remembered<string | null>('addressee', null, orNull),
};

/** What is open over the page; gone after a reload. */
export const open = {
  call: signal(false),
  help: signal(false),
  muteOthers: signal(false),
  step: signal<'recess' | 'close' | null>(null),
};

/** Opens the messages and waits for words, for one point where one is named. */
export function writeTo(seat: string | null): void {
  if (seat !== null) {
    place.audience.value = 'one';
    place.addressee.value = seat;
  }
  place.panel.value = 'messages';
  requestAnimationFrame(() =>
    document.querySelector<HTMLElement>('.compose textarea')?.focus({ preventScroll: true }),
  );
}
