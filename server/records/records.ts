import type { Recorded } from '../domain/event.ts';
import type { BriefingId, Instant } from '../domain/ids.ts';
import { textOf } from './blocks.ts';
import { type NoticeCountdown, noticeCountdown } from './conclusionNotice.ts';
import { csv } from './csv.ts';
import type { RecordSource } from './exports.ts';
import { json } from './json.ts';
import { type Minutes, minutes } from './minutes.ts';
import { type Edit, MinutesStore, type MinutesStoreOptions, type Saved } from './minutesStore.ts';
import { fieldIds, type MinutesText, partIds, type SectionId, written } from './minutesText.ts';
import { builtPart, partSource } from './parts.ts';
import { Press } from './press.ts';
import { closing } from './replay.ts';
import { type FormKind, formOf, type RecordsSettings } from './settings.ts';
import { type TableKind, tables } from './tables.ts';
import { type Files, zipped } from './zip.ts';

export interface RecordsOptions extends MinutesStoreOptions {
  /** A briefing's whole journal, from version 1 on; empty where there is no such briefing. */
  readonly readJournal: (briefing: BriefingId) => Promise<readonly Recorded[]>;
  readonly settings: RecordsSettings;
  readonly now: () => Instant;
}

/** One section as the secretary edits it. */
export interface SectionView {
  readonly id: SectionId;
  /** As the journal or the office's form has it; `# ` begins a heading, `- ` a line of a list. */
  readonly built: string;
  /** Null where what was built holds. */
  readonly written: string | null;
}

export interface MinutesView {
  readonly minutes: Minutes;
  /** To be quoted as `base` when something is saved. */
  readonly version: number;
  readonly writtenBy: Pick<MinutesText, 'by' | 'at'> | null;
  readonly sections: readonly SectionView[];
  /** How long the conclusion notice may take; null until the briefing is closed. */
  readonly notice: NoticeCountdown | null;
}

/**
 * The records of briefings: minutes to read and to edit, exports, archives. Every call reads the
 * journal anew, and rejects while Redis is away. Undefined: there is no such briefing.
 */
export class Records {
  readonly #o: RecordsOptions;
  readonly #store: MinutesStore;
  readonly #press = new Press();

  static create(o: RecordsOptions): Records {
    return new Records(o);
  }

  private constructor(o: RecordsOptions) {
    this.#o = o;
    this.#store = new MinutesStore(o);
  }

  async minutes(briefing: BriefingId): Promise<MinutesView | undefined> {
    const found = await this.#read(briefing);
    if (!found) return undefined;
    const { built, text } = found;
    const { closedAt, timeZone } = built.briefing;
    const { settings, now } = this.#o;
    return {
      minutes: built,
      version: text.version,
      writtenBy: text.version === 0 ? null : { by: text.by, at: text.at },
      sections: sectionsOf(found, settings),
      notice:
        closedAt === null
          ? null
          : noticeCountdown(closedAt, { timeZone, holidays: settings.holidays, now: now() }),
    };
  }

  /** Every version of the text that was written, the oldest first. */
  versions(briefing: BriefingId): Promise<MinutesText[]> {
    return this.#store.versions(briefing);
  }

  /** Writes over one section or several. Who may is for the caller to know. */
  async save(edit: Omit<Edit, 'at'>): Promise<Saved | undefined> {
    const journal = await this.#o.readJournal(edit.briefing);
    if (journal.length === 0) return undefined;
    return this.#store.save({ ...edit, at: this.#o.now() });
  }

  /** `form`: another than the office's own. */
  async docx(
    briefing: BriefingId,
    o: { readonly form?: FormKind } = {},
  ): Promise<Uint8Array | undefined> {
    const journal = await this.#o.readJournal(briefing);
    if (journal.length === 0) return undefined;
    const texts = [await this.#store.latest(briefing)];
    return this.#press.document(this.#source(journal, texts), { is: 'docx', form: o.form });
  }

  async xlsx(briefing: BriefingId): Promise<Uint8Array | undefined> {
    const journal = await this.#o.readJournal(briefing);
    if (journal.length === 0) return undefined;
    return this.#press.document(this.#source(journal, []), { is: 'xlsx' });
  }

  async json(briefing: BriefingId): Promise<Uint8Array | undefined> {
    const journal = await this.#o.readJournal(briefing);
    return journal.length === 0 ? undefined : json(minutes(journal));
  }

  async csv(briefing: BriefingId, kind: TableKind): Promise<Uint8Array | undefined> {
    const journal = await this.#o.readJournal(briefing);
    if (journal.length === 0) return undefined;
    const table = tables(minutes(journal)).find((each) => each.kind === kind);
    return table && csv(table);
  }

  /** The files of the archive; see `archiveFormat.ts`. */
  async archive(briefing: BriefingId): Promise<Files | undefined> {
    return (await this.#archived(briefing))?.files;
  }

  /** The archive as one zip file. */
  async archiveZip(briefing: BriefingId): Promise<Uint8Array | undefined> {
    const archived = await this.#archived(briefing);
    return archived && zipped(archived.files, closing(archived.journal).asOf);
  }

  /** Whatever is being made is given up. */
  close(): Promise<void> {
    return this.#press.close();
  }

  async #archived(briefing: BriefingId) {
    const journal = await this.#o.readJournal(briefing);
    if (journal.length === 0) return undefined;
    const texts = await this.#store.versions(briefing);
    return { journal, files: await this.#press.archive(this.#source(journal, texts)) };
  }

  #source(journal: readonly Recorded[], texts: readonly MinutesText[]): RecordSource {
    return { journal, texts, settings: this.#o.settings };
  }

  async #read(briefing: BriefingId): Promise<Found | undefined> {
    const journal = await this.#o.readJournal(briefing);
    if (journal.length === 0) return undefined;
    return { built: minutes(journal), text: await this.#store.latest(briefing) };
  }
}

interface Found {
  readonly built: Minutes;
  readonly text: MinutesText;
}

function sectionsOf({ built, text }: Found, settings: RecordsSettings): SectionView[] {
  const form = formOf(built, settings);
  const usual: Partial<Record<string, string>> = {
    ...form,
    recipients: form.recipients.join('\n'),
  };
  const source = partSource(built, text);
  const view = (id: SectionId, asBuilt: string): SectionView => ({
    id,
    built: asBuilt,
    written: written(text, id) ?? null,
  });
  return [
    ...fieldIds.map((id) => view(id, usual[id] ?? '')),
    ...partIds.map((id) => view(id, textOf(builtPart(source, id)))),
    ...built.opinions.speeches.map(({ request }) => view(`speech-${request}`, '')),
  ];
}
