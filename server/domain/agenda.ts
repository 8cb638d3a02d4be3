import type { FloorMode, Interrupt, SpeechRule } from './floor.ts';
import type { Instant, SeatId } from './ids.ts';
import type { LocalText } from './roster.ts';

export const agendaKinds = [
  'opening',
  'report',
  'preparedSpeech',
  'discussion',
  'answers',
  'conclusion',
  'closing',
] as const;
export type AgendaKind = (typeof agendaKinds)[number];

/** What holds on the floor while an item is under way; what is null stays as it was. */
export interface ItemFloor {
  readonly mode: FloorMode | null;
  readonly maxFloorUsers: number | null;
  readonly interrupt: Interrupt | null;
  readonly speech: SpeechRule | null;
}

export interface ItemRules {
  /** Who may ask for the floor themselves; the office may register anybody at any time. */
  readonly requests: 'all' | 'none' | readonly SeatId[];
  /** Whether a point may speak once only. */
  readonly once: boolean;
  /** Points may not ask once so many wait; null: no limit. */
  readonly queueLimit: number | null;
  /** Whether points may ask to reply to the present speaker. */
  readonly replies: boolean;
  /** Prepared speeches: who speaks, in this order, loaded when the item begins. */
  readonly speakers: readonly SeatId[];
  readonly floor: ItemFloor;
}

export interface AgendaItem {
  readonly id: string;
  readonly kind: AgendaKind;
  readonly title: LocalText;
  readonly owner: SeatId | null;
  readonly minutes: number;
  readonly rules: ItemRules;
}

/** The item under way. */
export interface AgendaPlace {
  readonly item: string;
  readonly since: Instant;
  /** Who has had the floor since it began. */
  readonly spoken: readonly SeatId[];
}

/** Nothing is restricted: what holds where an item says nothing, and before the first. */
export const freeRules: ItemRules = {
  requests: 'all',
  once: false,
  queueLimit: null,
  replies: false,
  speakers: [],
  floor: { mode: null, maxFloorUsers: null, interrupt: null, speech: null },
};

/** The rules of the item under way. */
export function rulesNow(agenda: readonly AgendaItem[], place: AgendaPlace | null): ItemRules {
  return agenda.find(({ id }) => id === place?.item)?.rules ?? freeRules;
}
