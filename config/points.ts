import { join } from 'node:path';
import { z } from 'zod';
import { checked, readYaml } from './fault.ts';

/** A text that people read, in both languages of the user interface. */
export const bilingual = z.strictObject({
  vi: z.string().trim().min(1).max(300),
  en: z.string().trim().min(1).max(300),
});

/** A point's id is its own for ever: neither a province code nor a number in some list. */
export const pointId = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'expected lower-case words joined by hyphens');

const pointSchema = z.strictObject({
  id: pointId,
  name: bilingual,
  shortName: bilingual.exactOptional(),
  region: z.enum([
    'central',
    'northern-midlands-mountains',
    'red-river-delta',
    'north-central',
    'south-central-coast',
    'central-highlands',
    'south-east',
    'mekong-delta',
  ]),
  kind: z.enum(['centralBody', 'partyCommittee', 'city', 'province']),
});

/**
 * The protocol order is the order of the list, counted from 1; the chair point stands before
 * it at 0. So two points can never claim one place, and moving a line moves the point.
 */
const pointListSchema = z
  .strictObject({ title: bilingual, chair: pointSchema, points: z.array(pointSchema).min(1) })
  .superRefine(({ chair, points }, context) => {
    const seen = new Set([chair.id]);
    points.forEach(({ id }, i) => {
      if (seen.has(id)) {
        context.addIssue({
          code: 'custom',
          path: ['points', i, 'id'],
          message: `${id} is there twice`,
        });
      }
      seen.add(id);
    });
  })
  .transform(({ title, chair, points }) => ({
    title,
    chair: { ...chair, protocolOrder: 0 },
    points: points.map((point, i) => ({ ...point, protocolOrder: i + 1 })),
  }));

export type PointList = z.infer<typeof pointListSchema>;
export type PointTemplate = PointList['chair'];

/**
 * The list of points of that name in `config/points`, in protocol order.
 *
 * @throws ConfigFault if there is no such list or it breaks the schema.
 */
export function loadPoints(name: string, folder = import.meta.dirname): PointList {
  return checked(pointListSchema, readYaml(join(folder, 'points', `${name}.yaml`)));
}
