import { unzipSync, type Zippable, zipSync } from 'fflate';
import type { Instant } from '../domain/ids.ts';

/** Files by their paths. */
export type Files = ReadonlyMap<string, Uint8Array>;

/**
 * A zip file that is the same bytes whenever and wherever it is made. A zip keeps times of its
 * machine's own zone, so all files get the same noon of a day by UTC.
 */
export function zipped(files: Files, at: Instant): Uint8Array {
  const day = new Date(at);
  // What a zip can hold begins in 1980.
  const year = Math.max(1980, day.getUTCFullYear());
  const mtime = new Date(year, day.getUTCMonth(), day.getUTCDate(), 12);
  const entries: Zippable = {};
  for (const [path, bytes] of files) entries[path] = bytes;
  return zipSync(entries, { mtime, level: 6, os: 0 });
}

export const unzipped = (zip: Uint8Array): Files => new Map(Object.entries(unzipSync(zip)));

const coreProperties = 'docProps/core.xml';

/**
 * An Office file (ISO/IEC 29500) with the time at which it says it was made, which the libraries
 * take from the clock, and its zip's own times set to the record's.
 */
export function dated(office: Uint8Array, at: Instant): Uint8Array {
  const files = new Map(unzipped(office));
  const core = files.get(coreProperties);
  if (!core) throw new Error(`no ${coreProperties} in an Office file`);
  const time = `${new Date(at).toISOString().slice(0, 19)}Z`;
  const text = new TextDecoder()
    .decode(core)
    .replace(/(<dcterms:(?:created|modified)[^>]*>)[^<]*/g, `$1${time}`);
  files.set(coreProperties, new TextEncoder().encode(text));
  return zipped(files, at);
}
