import { join } from 'node:path';
import { z } from 'zod';
import { checked, readYaml } from './fault.ts';
import { pointId } from './points.ts';

const line = z.string().trim().max(200);

/** Whatever is left out is as usual; see `server/records/settings.ts`. */
const form = z.strictObject({
  form: z.enum(['state', 'party']).exactOptional(),
  superior: line.exactOptional(),
  issuer: line.min(1).exactOptional(),
  symbol: line.min(1).exactOptional(),
  place: line.exactOptional(),
  chairTitle: line.min(1).exactOptional(),
  secretaryTitle: line.min(1).exactOptional(),
  recipients: z.array(line.min(1)).min(1).max(20).exactOptional(),
});

const yearly = z
  .string()
  .refine((day) => /^\d{2}-\d{2}$/.test(day) && isDate(`2000-${day}`), 'expected MM-DD');

const recordsSchema = z.strictObject({
  holidays: z.strictObject({ yearly: z.array(yearly), dates: z.array(z.iso.date()) }),
  /** By series. */
  forms: z.record(pointId, form),
});

export type RecordsConfig = z.infer<typeof recordsSchema>;

/**
 * What an office's records look like, and which days are not worked: `config/records.yaml`.
 *
 * @throws ConfigFault if the file is missing or breaks the schema.
 */
export function loadRecords(folder = import.meta.dirname): RecordsConfig {
  return checked(recordsSchema, readYaml(join(folder, 'records.yaml')));
}

function isDate(date: string): boolean {
  const time = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date);
}
