import { type AgendaItem, type AgendaKind, freeRules } from '../../server/domain/agenda.ts';
import type { FloorMode, Interrupt, SpeechRule } from '../../server/domain/floor.ts';
import type { SeatId } from '../../server/domain/ids.ts';

/** An item as a form holds it: numbers as they are typed, `asBefore` where the floor stays as it is. */
export interface ItemDraft {
  readonly titleVi: string;
  readonly titleEn: string;
  readonly kind: AgendaKind;
  readonly owner: SeatId | null;
  readonly minutes: string;
  readonly requests: 'all' | 'none' | 'chosen';
  readonly chosen: readonly SeatId[];
  readonly once: boolean;
  /** Empty: no limit. */
  readonly queueLimit: string;
  readonly replies: boolean;
  readonly speakers: readonly SeatId[];
  readonly mode: FloorMode | AsBefore;
  readonly users: number | AsBefore;
  readonly interrupt: Interrupt | AsBefore;
  readonly speech: SpeechRule | AsBefore;
}

export const asBefore = 'asBefore';
type AsBefore = typeof asBefore;

export type ItemFault = 'noTitle' | 'wrongMinutes' | 'noneChosen' | 'wrongLimit';

const usualMinutes = 15;

/** What a new item starts from. */
export const newDraft = (owner: SeatId): ItemDraft =>
  draftOf({
    id: '',
    kind: 'discussion',
    title: { vi: '', en: '' },
    owner,
    minutes: usualMinutes,
    rules: freeRules,
  });

export function draftOf({ title, kind, owner, minutes, rules }: AgendaItem): ItemDraft {
  const { requests, once, queueLimit, replies, speakers, floor } = rules;
  return {
    titleVi: title.vi,
    titleEn: title.en,
    kind,
    owner,
    minutes: String(minutes),
    requests: typeof requests === 'string' ? requests : 'chosen',
    chosen: typeof requests === 'string' ? [] : requests,
    once,
    queueLimit: queueLimit === null ? '' : String(queueLimit),
    replies,
    speakers,
    mode: floor.mode ?? asBefore,
    users: floor.maxFloorUsers ?? asBefore,
    interrupt: floor.interrupt ?? asBefore,
    speech: floor.speech ?? asBefore,
  };
}

/** The first thing that is wrong; null when the draft can be an item. */
export function faultOf({
  titleVi,
  minutes,
  requests,
  chosen,
  queueLimit,
}: ItemDraft): ItemFault | null {
  if (titleVi.trim() === '') return 'noTitle';
  if (!isWithin(minutes, 480)) return 'wrongMinutes';
  if (requests === 'chosen' && chosen.length === 0) return 'noneChosen';
  if (queueLimit.trim() !== '' && !isWithin(queueLimit, 1000)) return 'wrongLimit';
  return null;
}

/** The item of a draft without faults. */
export function itemFrom(draft: ItemDraft, id: string): AgendaItem {
  const { titleVi, titleEn, kind, owner, minutes, queueLimit, speakers, once, replies } = draft;
  const { mode, users, interrupt, speech } = draft;
  const vi = titleVi.trim();
  return {
    id,
    kind,
    title: { vi, en: titleEn.trim() || vi },
    owner,
    minutes: Number(minutes),
    rules: {
      requests: draft.requests === 'chosen' ? draft.chosen : draft.requests,
      once,
      queueLimit: queueLimit.trim() === '' ? null : Number(queueLimit),
      replies,
      speakers,
      floor: {
        mode: mode === asBefore ? null : mode,
        maxFloorUsers: users === asBefore ? null : users,
        interrupt: interrupt === asBefore ? null : interrupt,
        speech: speech === asBefore ? null : speech,
      },
    },
  };
}

/** An id that no item of the agenda has. */
export function freeId(agenda: readonly Pick<AgendaItem, 'id'>[]): string {
  for (let n = agenda.length + 1; ; n++) {
    const id = `muc-${n}`;
    if (!agenda.some((item) => item.id === id)) return id;
  }
}

/** A whole number from 1 to `most`. */
const isWithin = (typed: string, most: number): boolean =>
  /^\d{1,5}$/.test(typed.trim()) && Number(typed) >= 1 && Number(typed) <= most;
