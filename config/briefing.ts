import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { checked, readYaml } from './fault.ts';
import { bilingual, loadPoints, type PointList, pointId } from './points.ts';
import { itemFloor } from './schema.ts';

const fileName = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'expected a file name without folder or ending');
const vietnamese = z.string().trim().min(1).max(2_000);
const places = z.union([z.literal('all'), z.array(pointId).min(1)]);

const agendaItem = z.strictObject({
  id: pointId,
  kind: z.enum([
    'opening',
    'report',
    'preparedSpeech',
    'discussion',
    'answers',
    'conclusion',
    'closing',
  ]),
  title: bilingual,
  owner: pointId,
  minutes: z.int().min(1).max(480),
  /** What is left out follows the item's kind; see `itemRules`. */
  rules: z
    .strictObject({
      requests: z.union([z.enum(['all', 'none']), z.array(pointId).min(1)]).exactOptional(),
      once: z.boolean().exactOptional(),
      queueLimit: z.int().min(1).max(1_000).exactOptional(),
      replies: z.boolean().exactOptional(),
      speakers: z.array(pointId).exactOptional(),
      floor: itemFloor.exactOptional(),
    })
    .exactOptional(),
});

const report = z.strictObject({
  id: pointId,
  title: bilingual,
  content: vietnamese,
  owner: pointId,
});

/** `supportingPoints: all` means every point of the list; the chair point is not one of them. */
const directive = z.strictObject({
  number: z.int().min(1),
  title: bilingual,
  content: vietnamese,
  leadPoint: pointId,
  supportingPoints: places,
  deadline: z.iso.date().exactOptional(),
  product: vietnamese.exactOptional(),
});

const briefingSchema = z.strictObject({
  title: bilingual,
  /** Briefings of one series follow one another: the next opens with what this one left over. */
  series: pointId,
  sector: bilingual,
  startsAt: z.iso.datetime({ offset: true }),
  timeZone: z.string().refine(isTimeZone, 'expected an IANA time zone, such as Asia/Ho_Chi_Minh'),
  classification: z.enum(['open', 'internal', 'confidential', 'secret', 'topSecret']),
  chair: z.strictObject({ point: pointId, office: bilingual }),
  /** How many points must be present; more than half where nothing is said. */
  quorum: z.int().min(1).max(10_000).exactOptional(),
  /** The name of a list in `config/points`. */
  points: fileName,
  agenda: z.array(agendaItem).min(1),
  reports: z.array(report),
  directives: z.array(directive),
});

export type BriefingTemplate = z.infer<typeof briefingSchema>;
export type LoadedBriefing = { name: string; template: BriefingTemplate; points: PointList };

/** The names that `loadBriefing` takes, in order. */
export function listBriefings(folder = import.meta.dirname): string[] {
  return readdirSync(join(folder, 'briefings'))
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort();
}

/**
 * A briefing's template and the points it invites, with every reference between them checked.
 *
 * @throws ConfigFault if there is no such template, or it breaks the schema, or it names a
 * point that the list does not have.
 */
export function loadBriefing(name: string, folder = import.meta.dirname): LoadedBriefing {
  const safe = checked(fileName, { value: name, place: () => `briefing "${name}"` });
  const file = readYaml(join(folder, 'briefings', `${safe}.yaml`));
  const points = loadPoints(checked(briefingSchema, file).points, folder);
  const template = checked(
    briefingSchema.superRefine((value, context) => {
      for (const { path, message } of brokenReferences(value, points)) {
        context.addIssue({ code: 'custom', path, message });
      }
    }),
    file,
  );
  return { name, template, points };
}

type Broken = { path: (string | number)[]; message: string };

function brokenReferences(template: BriefingTemplate, list: PointList): Broken[] {
  const known = new Set([list.chair.id, ...list.points.map(({ id }) => id)]);
  const broken: Broken[] = [];
  const point = (path: Broken['path'], id: string) => {
    if (!known.has(id))
      broken.push({ path, message: `${id} is not in the points ${template.points}` });
  };
  const unique = (path: Broken['path'], key: string, seen: Set<string>) => {
    if (seen.has(key)) broken.push({ path, message: `${key} is there twice` });
    seen.add(key);
  };
  if (template.chair.point !== list.chair.id) {
    broken.push({ path: ['chair', 'point'], message: `expected the chair point ${list.chair.id}` });
  }
  const agendaIds = new Set<string>();
  template.agenda.forEach((item, i) => {
    unique(['agenda', i, 'id'], item.id, agendaIds);
    point(['agenda', i, 'owner'], item.owner);
    const { speakers = [], requests } = item.rules ?? {};
    for (const id of [...speakers, ...(Array.isArray(requests) ? requests : [])]) {
      point(['agenda', i, 'rules'], id);
    }
  });
  const reportIds = new Set<string>();
  template.reports.forEach((item, i) => {
    unique(['reports', i, 'id'], item.id, reportIds);
    point(['reports', i, 'owner'], item.owner);
  });
  template.directives.forEach((item, i) => {
    const path = ['directives', i];
    if (item.number !== i + 1) {
      broken.push({ path: [...path, 'number'], message: `expected ${i + 1}, the next number` });
    }
    point([...path, 'leadPoint'], item.leadPoint);
    if (item.supportingPoints === 'all') return;
    item.supportingPoints.forEach((id, j) => {
      point([...path, 'supportingPoints', j], id);
    });
  });
  return broken;
}

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
