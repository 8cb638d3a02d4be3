import type { Version } from '../domain/ids.ts';
import {
  type ArchivedEntry,
  hashesPath,
  isVersion,
  journalPath,
  linesOf,
  type Manifest,
  manifestPath,
  noPrevious,
  sealOf,
  sha256,
} from './archiveFormat.ts';
import type { Files } from './zip.ts';

/** What is wrong with an archive. `line` counts from 1. */
export type ArchiveFault =
  | { readonly is: 'wrongSeal' | 'unreadableManifest' | 'wrongHead' }
  | { readonly is: 'missingFile' | 'changedFile' | 'unexpectedFile'; readonly path: string }
  | { readonly is: 'unreadableLine'; readonly line: number }
  | {
      readonly is: 'changed' | 'added' | 'reordered';
      readonly version: Version;
      readonly line: number;
    }
  | { readonly is: 'removed' | 'brokenLink'; readonly version: Version };

/**
 * Checks an archive, and names whatever was changed, removed, added or put in another order; empty
 * when it is whole. `seal`: the manifest's hash as it was kept elsewhere.
 */
export function verifyArchive(files: Files, o: { readonly seal?: string } = {}): ArchiveFault[] {
  const faults: ArchiveFault[] = [];
  if (o.seal !== undefined && sealOf(files) !== o.seal) faults.push({ is: 'wrongSeal' });
  const manifest = manifestOf(files);
  if (!manifest) return [...faults, { is: 'unreadableManifest' }];
  for (const [path, hash] of Object.entries(manifest.files)) {
    const bytes = files.get(path);
    if (!bytes) faults.push({ is: 'missingFile', path });
    else if (sha256(bytes) !== hash) faults.push({ is: 'changedFile', path });
  }
  for (const path of files.keys()) {
    const known = path === manifestPath || Object.hasOwn(manifest.files, path);
    if (!known) faults.push({ is: 'unexpectedFile', path });
  }
  return [...faults, ...journalFaults(files, manifest)];
}

function manifestOf(files: Files): Manifest | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(files.get(manifestPath)));
    const { format, entries, head, files: hashes } = value as Partial<Manifest>;
    const sound =
      format === 'diemcau-archive/1' &&
      Number.isSafeInteger(entries) &&
      typeof head === 'string' &&
      typeof hashes === 'object' &&
      hashes !== null;
    return sound ? (value as Manifest) : undefined;
  } catch {
    return undefined;
  }
}

interface Line {
  /** From 1. */
  readonly line: number;
  readonly hash: string;
  readonly previous: string;
  readonly version: Version;
}

function journalFaults(files: Files, manifest: Manifest): ArchiveFault[] {
  const { entries } = manifest;
  const faults: ArchiveFault[] = [];
  const lines: Line[] = [];
  linesOf(decoded(files, journalPath)).forEach((content, i) => {
    const read = lineOf(content, i + 1);
    if (read) lines.push(read);
    else faults.push({ is: 'unreadableLine', line: i + 1 });
  });
  const expected = expectedHashes(files, { manifest, lines });
  const kept = new Map<Version, Line>();
  const strange: Line[] = [];
  for (const read of lines) {
    const { version, hash } = read;
    const genuine = isVersion(version, entries) && hash === expected.get(version);
    if (genuine && !kept.has(version)) kept.set(version, read);
    else strange.push(read);
  }
  for (const read of strange) {
    const { version, line } = read;
    // In the place of an entry that is not there as it was: that entry, changed.
    if (isVersion(version, entries) && !kept.has(version)) {
      kept.set(version, read);
      faults.push({ is: 'changed', version, line });
    } else faults.push({ is: 'added', version, line });
  }
  for (let version = 1; version <= entries; version++) {
    if (!kept.has(version)) faults.push({ is: 'removed', version });
  }
  const inFileOrder = [...kept.values()].sort((a, b) => a.line - b.line);
  const inPlace = longestRising(inFileOrder.map(({ version }) => version));
  for (const { version, line } of inFileOrder) {
    if (!inPlace.has(version)) faults.push({ is: 'reordered', version, line });
  }
  for (const { version, previous, hash } of kept.values()) {
    const before = version === 1 ? noPrevious : expected.get(version - 1);
    const same = hash === expected.get(version);
    if (same && before !== undefined && previous !== before)
      faults.push({ is: 'brokenLink', version });
  }
  if (entries > 0 && expected.get(entries) !== manifest.head) faults.push({ is: 'wrongHead' });
  return faults;
}

const decoded = (files: Files, path: string): string => new TextDecoder().decode(files.get(path));

function lineOf(content: string, line: number): Line | undefined {
  try {
    const { previous, recorded } = JSON.parse(content) as Partial<ArchivedEntry>;
    const version = recorded?.version;
    if (typeof previous !== 'string' || typeof version !== 'number') return undefined;
    return { line, previous, version, hash: sha256(content) };
  } catch {
    return undefined;
  }
}

/**
 * The hash that each entry must have: from the list, if it is as the manifest says, else from the
 * entry after it, which quotes it, and for the last from the manifest's head.
 */
function expectedHashes(
  files: Files,
  { manifest, lines }: { readonly manifest: Manifest; readonly lines: readonly Line[] },
): ReadonlyMap<Version, string> {
  const list = files.get(hashesPath);
  if (list && sha256(list) === manifest.files[hashesPath]) {
    return new Map(linesOf(decoded(files, hashesPath)).map((hash, i) => [i + 1, hash]));
  }
  const quoted = lines.map(({ version, previous }) => [version - 1, previous] as const);
  return new Map([...quoted, [manifest.entries, manifest.head]]);
}

/** The most entries that stand in order among one another: the others were moved. */
function longestRising(versions: readonly Version[]): ReadonlySet<Version> {
  // For each length, where the rising row of that length with the smallest end ends.
  const ends: number[] = [];
  const before = new Map<number, number | undefined>();
  versions.forEach((version, i) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((versions[ends[middle] ?? 0] ?? 0) < version) low = middle + 1;
      else high = middle;
    }
    before.set(i, ends[low - 1]);
    ends[low] = i;
  });
  const rising = new Set<Version>();
  for (let i = ends.at(-1); i !== undefined; i = before.get(i)) rising.add(versions[i] ?? 0);
  return rising;
}
