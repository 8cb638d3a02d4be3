import { buildArchive } from './archive.ts';
import { docx } from './docx.ts';
import type { RecordSource } from './exports.ts';
import { minutes } from './minutes.ts';
import { type FormKind, formOf } from './settings.ts';
import { xlsx } from './xlsx.ts';
import type { Files } from './zip.ts';

/** What is to be made of a source. */
export type Wanted =
  | { readonly is: 'docx'; readonly form?: FormKind | undefined }
  | { readonly is: 'xlsx' }
  | { readonly is: 'archive' };

export interface Order {
  readonly source: RecordSource;
  readonly wanted: Wanted;
}

/** Runs in a thread of its own. A single document stands under its own name. */
export default async function press({ source, wanted }: Order): Promise<Files> {
  switch (wanted.is) {
    case 'archive':
      return buildArchive(source);
    case 'xlsx':
      return new Map([['xlsx', await xlsx(minutes(source.journal))]]);
    case 'docx': {
      const built = minutes(source.journal);
      const text = source.texts.at(-1) ?? { sections: {} };
      const form = formOf(built, source.settings, wanted.form);
      return new Map([['docx', await docx({ minutes: built, text, form })]]);
    }
  }
}
