import { beforeAll, expect, test } from 'vitest';
import type { Recorded } from '../../server/domain/event.ts';
import { buildArchive } from '../../server/records/archive.ts';
import {
  type ArchivedEntry,
  hashesPath,
  journalPath,
  linesOf,
  manifestPath,
  openArchive,
  sealOf,
  sha256,
} from '../../server/records/archiveFormat.ts';
import { type ArchiveFault, verifyArchive } from '../../server/records/archiveVerify.ts';
import { canonicalJson } from '../../server/records/canonical.ts';
import type { RecordSource } from '../../server/records/exports.ts';
import { minutes } from '../../server/records/minutes.ts';
import { noSettings } from '../../server/records/settings.ts';
import type { Files } from '../../server/records/zip.ts';
import { secretary } from '../support/plan.ts';
import { sampleBriefing } from '../support/sampleBriefing.ts';

const journal = sampleBriefing();
const source: RecordSource = {
  journal,
  texts: [
    {
      version: 1,
      sections: { number: '15', place: 'Hà Nội' },
      by: secretary,
      at: 1_559_600_000_000,
    },
  ],
  settings: { ...noSettings, forms: { 'giao-ban-nganh-to-chuc-xay-dung-dang': { form: 'party' } } },
};

let archive: Files;
beforeAll(async () => {
  archive = await buildArchive(source);
}, 20_000);

const decode = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);
const encode = (text: string) => new TextEncoder().encode(text);
const lines = () => linesOf(decode(archive.get(journalPath)));

/** The archive with another journal, and the manifest made to fit unless a test says not. */
function withJournal(changed: readonly string[], o: { readonly fit?: boolean } = {}): Files {
  const content = encode(changed.map((line) => `${line}\n`).join(''));
  const files = new Map(archive).set(journalPath, content);
  return o.fit === false ? files : fitted(files);
}

/** As somebody would do it who wants to hide a change: the files' hashes are right again. */
function fitted(files: Map<string, Uint8Array>): Files {
  const manifest = JSON.parse(decode(files.get(manifestPath)));
  for (const path of Object.keys(manifest.files)) {
    const bytes = files.get(path);
    if (bytes) manifest.files[path] = sha256(bytes);
  }
  return new Map(files).set(manifestPath, encode(JSON.stringify(manifest)));
}

const ofEntries = (faults: readonly ArchiveFault[]) =>
  faults.filter(({ is }) => !['changedFile', 'wrongSeal'].includes(is));

test('a whole archive has no faults, and says so of its seal', () => {
  expect(verifyArchive(archive)).toEqual([]);
  expect(verifyArchive(archive, { seal: sealOf(archive) })).toEqual([]);
  expect(verifyArchive(archive, { seal: '0'.repeat(64) })).toEqual([{ is: 'wrongSeal' }]);
});

test('closing and opening it again gives the same bytes', async () => {
  const again = await buildArchive(openArchive(archive));
  expect([...again.keys()]).toEqual([...archive.keys()]);
  for (const [path, bytes] of archive) {
    expect(Buffer.compare(bytes, again.get(path) ?? new Uint8Array()), path).toBe(0);
  }
  const { journal: opened } = openArchive(archive);
  expect(minutes(opened)).toEqual(minutes(journal));
});

test('each entry quotes the hash of the one before, in canonical JSON', () => {
  let previous = '0'.repeat(64);
  for (const [i, line] of lines().entries()) {
    const entry = JSON.parse(line) as ArchivedEntry;
    expect(entry.previous).toBe(previous);
    expect(entry.recorded.version).toBe(i + 1);
    expect(canonicalJson(entry)).toBe(line);
    previous = sha256(line);
  }
  expect(JSON.parse(decode(archive.get(manifestPath))).head).toBe(previous);
});

test('nowhere in it is what a site chose in a secret vote; the counts are', () => {
  const secret = journal.find(({ event }) => event.type === 'vote.opened' && event.secret);
  const vote = secret?.event.type === 'vote.opened' ? secret.event.vote : '';
  const casts = openArchive(archive).journal.flatMap(({ event }) =>
    event.type === 'vote.cast' ? [event] : [],
  );
  expect(casts).toHaveLength(132);
  for (const { vote: id, option } of casts) {
    if (id === vote) expect(option).toBeNull();
    else expect(option).not.toBeNull();
  }
  const json = JSON.parse(decode(archive.get('minutes.json')));
  expect(json.votes[1].options.map((o: { count: number }) => o.count)).toEqual([61, 3, 2]);
  expect(json.votes[1].options.map((o: { seats: unknown }) => o.seats)).toEqual([null, null, null]);
  const ballots = decode(archive.get('tables/ballots.csv'));
  expect(ballots).not.toContain(`${vote},`);
  expect(ballots.trim().split('\r\n')).toHaveLength(67);
});

const someEntry = 100;
const changedLine = (): string => {
  const entry = JSON.parse(lines()[someEntry - 1] ?? '') as ArchivedEntry;
  return canonicalJson({ ...entry, recorded: { ...entry.recorded, at: entry.recorded.at + 1 } });
};

test('a changed entry is named', () => {
  const changed = lines().with(someEntry - 1, changedLine());
  const fault = { is: 'changed', version: someEntry, line: someEntry };
  expect(ofEntries(verifyArchive(withJournal(changed)))).toEqual([fault]);
  expect(verifyArchive(withJournal(changed, { fit: false }))).toEqual([
    { is: 'changedFile', path: journalPath },
    fault,
  ]);
});

test('the first and the last entry are watched like any other', () => {
  const all = lines();
  for (const version of [1, all.length]) {
    const entry = JSON.parse(all[version - 1] ?? '') as ArchivedEntry;
    const changed = canonicalJson({ ...entry, recorded: { ...entry.recorded, command: 'x' } });
    expect(ofEntries(verifyArchive(withJournal(all.with(version - 1, changed))))).toEqual([
      { is: 'changed', version, line: version },
    ]);
  }
});

test('removed entries are named, at the end too', () => {
  const all = lines();
  expect(ofEntries(verifyArchive(withJournal(all.toSpliced(someEntry - 1, 2))))).toEqual([
    { is: 'removed', version: someEntry },
    { is: 'removed', version: someEntry + 1 },
  ]);
  expect(ofEntries(verifyArchive(withJournal(all.slice(0, -1))))).toEqual([
    { is: 'removed', version: all.length },
  ]);
});

test('added entries are named: a copy, a forged one, one behind the end', () => {
  const all = lines();
  const copy = all[9] ?? '';
  expect(ofEntries(verifyArchive(withJournal(all.toSpliced(50, 0, copy))))).toEqual([
    { is: 'added', version: 10, line: 51 },
  ]);
  expect(ofEntries(verifyArchive(withJournal(all.toSpliced(someEntry, 0, changedLine()))))).toEqual(
    [{ is: 'added', version: someEntry, line: someEntry + 1 }],
  );
  const last = JSON.parse(all.at(-1) ?? '') as ArchivedEntry;
  const recorded: Recorded = { ...last.recorded, version: all.length + 1 };
  const behind = canonicalJson({ previous: sha256(all.at(-1) ?? ''), recorded });
  expect(ofEntries(verifyArchive(withJournal([...all, behind])))).toEqual([
    { is: 'added', version: all.length + 1, line: all.length + 1 },
  ]);
});

test('entries in another order are named, and only those that were moved', () => {
  const all = lines();
  const moved = all.toSpliced(79, 1).toSpliced(20, 0, all[79] ?? '');
  expect(ofEntries(verifyArchive(withJournal(moved)))).toEqual([
    { is: 'reordered', version: 80, line: 21 },
  ]);
  const swapped = all.with(5, all[6] ?? '').with(6, all[5] ?? '');
  expect(ofEntries(verifyArchive(withJournal(swapped)))).toHaveLength(1);
});

test('what cannot be read is named', () => {
  const broken = lines().with(someEntry - 1, '{"previous":');
  expect(ofEntries(verifyArchive(withJournal(broken)))).toEqual([
    { is: 'unreadableLine', line: someEntry },
    { is: 'removed', version: someEntry },
  ]);
  expect(verifyArchive(new Map(archive).set(manifestPath, encode('{')))).toEqual([
    { is: 'unreadableManifest' },
  ]);
  expect(verifyArchive(new Map())).toEqual([{ is: 'unreadableManifest' }]);
});

test('a chain forged from an entry on has another head; with the manifest forged too, another seal', () => {
  const forged: string[] = [];
  for (const [i, line] of lines().entries()) {
    const { recorded } = JSON.parse(i === someEntry - 1 ? changedLine() : line) as ArchivedEntry;
    forged.push(canonicalJson({ previous: sha256(forged.at(-1) ?? ''), recorded }));
  }
  // Without the list of hashes the chain itself has to tell, by its head.
  const files = new Map(withJournal(forged));
  files.set(hashesPath, encode(forged.map((line) => `${sha256(line)}\n`).join('')));
  const listed = fitted(files);
  expect(ofEntries(verifyArchive(listed)).map(({ is }) => is)).toContain('wrongHead');
  const manifest = JSON.parse(decode(listed.get(manifestPath)));
  manifest.head = sha256(forged.at(-1) ?? '');
  const whole = new Map(listed).set(manifestPath, encode(JSON.stringify(manifest)));
  expect(verifyArchive(whole, { seal: sealOf(archive) })).toContainEqual({ is: 'wrongSeal' });
});

test('without its list of hashes the chain still names a changed entry', () => {
  const files = new Map(withJournal(lines().with(someEntry - 1, changedLine())));
  files.set(hashesPath, encode('nothing\n'));
  const faults = verifyArchive(files);
  expect(faults).toContainEqual({ is: 'changedFile', path: hashesPath });
  expect(faults).toContainEqual({ is: 'changed', version: someEntry, line: someEntry });
});

test('other files that were changed, removed or added are named', () => {
  const docx = archive.get('minutes.docx') ?? new Uint8Array();
  const other = docx.with(1_000, ((docx[1_000] ?? 0) + 1) % 256);
  expect(verifyArchive(new Map(archive).set('minutes.docx', other))).toEqual([
    { is: 'changedFile', path: 'minutes.docx' },
  ]);
  const without = new Map(archive);
  without.delete('tables/votes.csv');
  expect(verifyArchive(without)).toEqual([{ is: 'missingFile', path: 'tables/votes.csv' }]);
  expect(verifyArchive(new Map(archive).set('note.txt', encode('x')))).toEqual([
    { is: 'unexpectedFile', path: 'note.txt' },
  ]);
});

test('canonical JSON sorts keys by code units at every depth, and leaves out what is undefined', () => {
  expect(canonicalJson({ b: [{ z: 1, a: undefined, đ: null }], B: 'é', 10: 1, 9: 2 })).toBe(
    '{"10":1,"9":2,"B":"é","b":[{"z":1,"đ":null}]}',
  );
});
