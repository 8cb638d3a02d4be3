import type { Recorded } from '../domain/event.ts';
import { csv } from './csv.ts';
import { docx } from './docx.ts';
import { json } from './json.ts';
import { minutes } from './minutes.ts';
import type { MinutesText } from './minutesText.ts';
import { formOf, type RecordsSettings } from './settings.ts';
import { tables } from './tables.ts';
import { xlsx } from './xlsx.ts';

/** All that a briefing's records are made of. */
export interface RecordSource {
  readonly journal: readonly Recorded[];
  /** Every version that was written, the newest last. */
  readonly texts: readonly MinutesText[];
  readonly settings: RecordsSettings;
}

/** Every export by its path in an archive; the same source gives the same bytes. */
export async function exportsOf({
  journal,
  texts,
  settings,
}: RecordSource): Promise<Map<string, Uint8Array>> {
  const built = minutes(journal);
  const text = texts.at(-1) ?? { sections: {} };
  const form = formOf(built, settings);
  return new Map([
    ['minutes.docx', await docx({ minutes: built, text, form })],
    ['minutes.xlsx', await xlsx(built)],
    ['minutes.json', json(built)],
    ...tables(built).map((table) => [`tables/${table.kind}.csv`, csv(table)] as const),
  ]);
}
