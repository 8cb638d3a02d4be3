import { createHash } from 'node:crypto';
import type { Recorded } from '../domain/event.ts';
import type { BriefingId, Version } from '../domain/ids.ts';
import type { RecordSource } from './exports.ts';
import type { MinutesText } from './minutesText.ts';
import type { RecordsSettings } from './settings.ts';
import type { Files } from './zip.ts';

/**
 * An archive is a folder:
 *
 * - `journal.jsonl`: one line for each entry of the journal, `{"previous":…,"recorded":…}` in
 *   canonical JSON (RFC 8785) and UTF-8. `previous` is the SHA-256, in hexadecimal, of the line
 *   before it without its line feed; 64 noughts for the first. So each entry vouches for all before.
 *   What a site chose in a secret vote is taken out first: `option` is null, and the counts are in
 *   the vote's closing entry.
 * - `journal.sha256`: the hash of each line, one a line, so that a check can name what was changed.
 * - `texts.jsonl`: every version of what the secretary has written; `settings.json`: the office's
 *   forms and holidays.
 * - the exports, which all of the above gives again to the byte.
 * - `manifest.json`: the head, which is the last line's hash, and the hash of every other file.
 *
 * The manifest's own hash is the archive's seal. Whoever can write to the folder can make another
 * archive in its place with all its hashes right; only a seal that is kept elsewhere tells then.
 */
export interface Manifest {
  readonly format: 'diemcau-archive/1';
  readonly briefing: BriefingId;
  readonly entries: number;
  readonly head: string;
  /** SHA-256 in hexadecimal, by path. */
  readonly files: Readonly<Record<string, string>>;
}

export const manifestPath = 'manifest.json';
export const journalPath = 'journal.jsonl';
export const hashesPath = 'journal.sha256';
export const textsPath = 'texts.jsonl';
export const settingsPath = 'settings.json';

export const noPrevious = '0'.repeat(64);

export const sha256 = (bytes: Uint8Array | string): string =>
  createHash('sha256').update(bytes).digest('hex');

/** One line of the archived journal. */
export interface ArchivedEntry {
  readonly previous: string;
  readonly recorded: Recorded;
}

/** What an archive was made from, to make its exports again. @throws Error when it cannot be read. */
export function openArchive(files: Files): RecordSource {
  const read = (path: string): string => {
    const bytes = files.get(path);
    if (!bytes) throw new Error(`${path} is missing`);
    return new TextDecoder().decode(bytes);
  };
  return {
    journal: linesOf(read(journalPath)).map((l) => (JSON.parse(l) as ArchivedEntry).recorded),
    texts: linesOf(read(textsPath)).map((line) => JSON.parse(line) as MinutesText),
    settings: JSON.parse(read(settingsPath)) as RecordsSettings,
  };
}

/** The hash that, kept elsewhere, tells this archive from any other. */
export const sealOf = (files: Files): string => sha256(files.get(manifestPath) ?? '');

export const linesOf = (content: string): string[] =>
  content.split('\n').filter((line) => line !== '');

/** The versions of a whole journal are 1, 2, 3 and so on. */
export const isVersion = (value: unknown, entries: number): value is Version =>
  Number.isSafeInteger(value) && Number(value) >= 1 && Number(value) <= entries;
