import type { AgendaItem, ItemRules } from '../../domain/agenda.ts';
import type { Report } from '../../domain/briefing.ts';
import type { Directive } from '../../domain/directives.ts';
import type { SpeechRule } from '../../domain/floor.ts';
import type { LocalText, PlannedPoint } from '../../domain/roster.ts';
import { isTimeZone, type PlanDraft } from '../../protocol/plan.ts';
import { startsAt } from '../localTime.ts';
import type { Cells } from './cells.ts';
import {
  agendaKinds,
  classifications,
  ends,
  interrupts,
  modes,
  pointKinds,
  yesNo,
} from './format.ts';
import { type PointNames, slug } from './pointNames.ts';

/** Each part of a plan from its cells. What is faulty has been reported, and stands as it can. */

const longestTitle = 300;
const longestContent = 2_000;
const speechMs = { minMs: 10_000, maxMs: 14_400_000 };
const replyMs = { minMs: 10_000, maxMs: 3_600_000 };

/** The English text is the Vietnamese one where nothing is said. */
function localText(cells: Cells, vi: string, en: string): LocalText {
  const text = cells.text(vi, { most: longestTitle, needed: true });
  return { vi: text, en: cells.text(en, { most: longestTitle }) || text };
}

type Meeting = Omit<PlanDraft, 'points' | 'agenda' | 'reports' | 'directives'>;

export function meetingIn(cells: Cells, names: PointNames): Meeting {
  const zone = cells.raw('timeZone') || 'Asia/Ho_Chi_Minh';
  const zoneKnown = isTimeZone(zone);
  if (!zoneKnown) cells.fault('unknownTimeZone', 'timeZone');
  for (const key of ['date', 'time', 'chairPoint']) {
    if (cells.isEmpty(key)) cells.fault('required', key);
  }
  const [date, time] = [cells.date('date'), cells.time('time')];
  const known = zoneKnown && date !== undefined && time !== undefined;
  return {
    title: localText(cells, 'titleVi', 'titleEn'),
    sector: localText(cells, 'sectorVi', 'sectorEn'),
    startsAt: known ? startsAt({ date, time }, zone) : '',
    timeZone: zone,
    classification: cells.choice('classification', classifications) ?? 'internal',
    chairPoint: cells.point('chairPoint', names) ?? '',
    series: cells.isEmpty('series') ? null : cells.id('series', ''),
    quorum: cells.number('quorum', { min: 1, max: 256, whole: true }) ?? null,
    floor: {
      mode: cells.choice('mode', modes) ?? 'moderated',
      maxFloorUsers: cells.number('maxFloorUsers', { min: 1, max: 16, whole: true }) ?? 1,
      interrupt: cells.choice('interrupt', interrupts) ?? 'none',
      graceMs: Math.round((cells.number('graceSeconds', { min: 0, max: 600 }) ?? 10) * 1_000),
      speech: speechIn(cells, { allottedMs: null, warningsMs: [60_000, 15_000], atEnd: 'warn' }),
      replyMs: cells.minutes('replyMinutes', replyMs) ?? null,
    },
  };
}

function speechIn(cells: Cells, otherwise: SpeechRule): SpeechRule {
  const allotted = cells.minutes('speechMinutes', speechMs);
  return {
    allottedMs: allotted === undefined ? otherwise.allottedMs : allotted,
    warningsMs: cells.warnings('warnings') ?? otherwise.warningsMs,
    atEnd: cells.choice('atEnd', ends) ?? otherwise.atEnd,
  };
}

/** In the order of the rows; two of one id are a fault here, since all else refers to points. */
export function pointsIn(rows: readonly Cells[]): Omit<PlannedPoint, 'order'>[] {
  const seen = new Set<string>();
  return rows.map((cells) => {
    const name = localText(cells, 'nameVi', 'nameEn');
    const id = cells.id('id', slug(name.vi));
    if (seen.has(id)) cells.fault('duplicate', cells.isEmpty('id') ? 'nameVi' : 'id', id);
    seen.add(id);
    return {
      id,
      name,
      shortName: {
        vi: cells.text('shortVi', { most: longestTitle }) || name.vi,
        en: cells.text('shortEn', { most: longestTitle }) || name.en,
      },
      kind: cells.choice('kind', pointKinds) ?? 'province',
      region: cells.text('region', { most: 64 }),
    };
  });
}

interface ItemsGiven {
  readonly names: PointNames;
  /** What holds where an item says only a part. */
  readonly speech: SpeechRule;
}

export function itemsIn(rows: readonly Cells[], given: ItemsGiven): AgendaItem[] {
  const newId = uniqueIds();
  return rows.map((cells) => {
    const title = localText(cells, 'titleVi', 'titleEn');
    for (const key of ['kind', 'minutes']) if (cells.isEmpty(key)) cells.fault('required', key);
    const kind = cells.choice('kind', agendaKinds) ?? 'discussion';
    return {
      id: cells.id('id', newId(title.vi)),
      kind,
      title,
      owner: cells.point('owner', given.names) ?? null,
      minutes: cells.number('minutes', { min: 1, max: 480, whole: true }) ?? 1,
      rules: rulesIn(cells, kind, given),
    };
  });
}

/** Points ask for the floor in a discussion, unless something else is said. */
function rulesIn(cells: Cells, kind: AgendaItem['kind'], { names, speech }: ItemsGiven): ItemRules {
  const open = kind === 'discussion' || kind === 'answers';
  const speakers = cells.points('speakers', names) ?? [];
  if (speakers === 'all') cells.fault('unknownPoint', 'speakers');
  const said = ['speechMinutes', 'warnings', 'atEnd'].some((key) => !cells.isEmpty(key));
  const yes = (key: string, otherwise: boolean) =>
    (cells.choice(key, yesNo) ?? (otherwise ? 'yes' : 'no')) === 'yes';
  return {
    requests: cells.points('requests', names) ?? (open ? 'all' : 'none'),
    once: yes('once', false),
    queueLimit: cells.number('queueLimit', { min: 1, max: 1_000, whole: true }) ?? null,
    replies: yes('replies', kind === 'discussion'),
    speakers: typeof speakers === 'string' ? [] : speakers,
    floor: {
      mode: cells.choice('mode', modes) ?? null,
      maxFloorUsers: cells.number('maxFloorUsers', { min: 1, max: 16, whole: true }) ?? null,
      interrupt: cells.choice('interrupt', interrupts) ?? null,
      speech: said ? speechIn(cells, speech) : null,
    },
  };
}

export function reportsIn(rows: readonly Cells[], names: PointNames): Report[] {
  const newId = uniqueIds();
  return rows.map((cells) => {
    const title = localText(cells, 'titleVi', 'titleEn');
    if (cells.isEmpty('owner')) cells.fault('required', 'owner');
    return {
      id: cells.id('id', newId(title.vi)),
      title,
      owner: cells.point('owner', names) ?? '',
      content: cells.text('content', { most: longestContent, needed: true }),
    };
  });
}

/** Numbered in the order of the rows. */
export function directivesIn(rows: readonly Cells[], names: PointNames): Directive[] {
  return rows.map((cells, i) => {
    if (cells.isEmpty('leadPoint')) cells.fault('required', 'leadPoint');
    const supporting = cells.points('supportingPoints', names) ?? [];
    return {
      number: i + 1,
      title: localText(cells, 'titleVi', 'titleEn'),
      content: cells.text('content', { most: longestContent, needed: true }),
      leadPoint: cells.point('leadPoint', names) ?? '',
      supportingPoints: supporting === 'none' ? [] : supporting,
      deadline: cells.date('deadline') ?? null,
      product: cells.text('product', { most: longestTitle }) || null,
    };
  });
}

/** Ids for what people named without giving one: two of a name get numbers. */
function uniqueIds(): (name: string) => string {
  const seen = new Map<string, number>();
  return (name) => {
    const id = slug(name);
    const times = (seen.get(id) ?? 0) + 1;
    seen.set(id, times);
    return times === 1 ? id : `${id.slice(0, 60)}-${times}`;
  };
}
