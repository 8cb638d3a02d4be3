import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadRecords } from '../../config/records.ts';
import type { RedisLink } from '../../server/journal/connect.ts';
import { connectRedis } from '../../server/journal/connect.ts';
import { entryText } from '../../server/journal/entry.ts';
import { briefingKeys } from '../../server/journal/keys.ts';
import { openArchive } from '../../server/records/archiveFormat.ts';
import { MinutesStore } from '../../server/records/minutesStore.ts';
import { Records } from '../../server/records/records.ts';
import { unzipped } from '../../server/records/zip.ts';
import { quiet, readJournal } from '../support/journals.ts';
import { chair, secretary } from '../support/plan.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { sampleBriefing } from '../support/sampleBriefing.ts';

const briefing = '2019-06';
const root = resolve(import.meta.dirname, '..', '..');
let server: TestRedis;
let redis: RedisLink;
let records: Records;
let folder: string;
const now = Date.parse('2019-06-04T09:00:00+07:00');

beforeAll(async () => {
  server = await startRedis();
  redis = await connectRedis({ url: server.url, name: 'test', log: quiet });
  folder = await mkdtemp(join(tmpdir(), 'diemcau-archive-'));
  for (const recorded of sampleBriefing()) {
    const entry = { e: entryText(recorded) };
    await redis.xAdd(briefingKeys(briefing).journal, `${recorded.version}-0`, entry);
  }
  records = Records.create({
    redis,
    readJournal: (id) => readJournal(redis, id),
    settings: loadRecords(),
    now: () => now,
  });
});

afterAll(async () => {
  await records?.close();
  redis?.destroy();
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

const edit = (base: number, changes: Record<string, string | null>) => ({
  briefing,
  base,
  changes,
  by: secretary,
});

test('minutes are built, written over, and built again, each version kept', async () => {
  const first = await records.minutes(briefing);
  expect(first).toMatchObject({ version: 0, writtenBy: null });
  expect(first?.notice).toMatchObject({ date: '2019-06-10', workingDaysLeft: 4, overdue: false });
  const votes = first?.sections.find(({ id }) => id === 'votes');
  expect(votes?.written).toBeNull();
  expect(votes?.built).toContain('Tán thành: 61/66');

  expect(await records.save(edit(0, { votes: 'Đã biểu quyết.', number: '15' }))).toMatchObject({
    ok: true,
    text: { version: 1, by: secretary, at: now },
  });
  expect(await records.save(edit(1, { votes: null, place: 'Hà Nội' }))).toMatchObject({ ok: true });
  const later = await records.minutes(briefing);
  const written = Object.fromEntries(
    later?.sections.flatMap(({ id, written: w }) => (w === null ? [] : [[id, w]])) ?? [],
  );
  expect(written).toEqual({ number: '15', place: 'Hà Nội' });
  expect(
    (await records.versions(briefing)).map(({ version, sections }) => [version, sections]),
  ).toEqual([
    [1, { votes: 'Đã biểu quyết.', number: '15' }],
    [2, { number: '15', place: 'Hà Nội' }],
  ]);
  const docx = await records.docx(briefing);
  const xml = new TextDecoder().decode(unzipped(docx ?? new Uint8Array()).get('word/document.xml'));
  expect(xml).toContain('Số: 15/BB-BTCTW');
  expect(xml).toContain('Hà Nội, ngày 03 tháng 6 năm 2019');
});

test('of two who write over the same version one is refused, and told what stands there', async () => {
  const store = new MinutesStore({ redis });
  const save = (text: string, by = secretary) =>
    store.save({ briefing: 'race', base: 0, changes: { votes: text }, by, at: now });
  const both = await Promise.all([save('một'), save('hai', chair)]);
  expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
  const refused = both.find(({ ok }) => !ok);
  const kept = await store.latest('race');
  expect(refused).toEqual({ ok: false, refusal: 'staleVersion', current: kept });
  expect(kept.version).toBe(1);
  // Whoever lost only the answer may ask again; a version from nowhere is refused.
  const again = {
    briefing: 'race',
    base: 0,
    changes: { ...kept.sections },
    by: kept.by,
    at: now + 1,
  };
  expect(await store.save(again)).toEqual({ ok: true, text: kept });
  expect(await store.save({ ...again, base: 7 })).toMatchObject({
    ok: false,
    refusal: 'staleVersion',
  });
  expect(await store.versions('race')).toHaveLength(1);
});

test('sections that are not there, and texts too long, are refused; so are briefings unknown', async () => {
  for (const id of ['__proto__', 'speech-x', 'nothing']) {
    const changes = Object.fromEntries([[id, 'x']]);
    expect(await records.save(edit(2, changes))).toEqual({ ok: false, refusal: 'unknownSection' });
  }
  const long = 'x'.repeat(20_001);
  expect(await records.save(edit(2, { votes: long }))).toEqual({
    ok: false,
    refusal: 'textTooLong',
  });
  expect(await records.save({ ...edit(0, { votes: 'x' }), briefing: 'none' })).toBeUndefined();
  expect(await records.minutes('none')).toBeUndefined();
  expect(await records.archive('none')).toBeUndefined();
});

/** Each run of the command is a process of its own, which loads all of the exports' libraries. */
const commandTimeoutMs = 90_000;
const run = promisify(execFile);
const archive = (...args: string[]) =>
  run(process.execPath, [join(root, 'scripts', 'archive.ts'), ...args], {
    env: { ...process.env, ...server.env, DIEMCAU_CONFIG: '' },
  }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  );

test(
  'the command makes an archive, finds it whole and rebuildable, and names what was changed',
  async () => {
    const out = join(folder, 'made');
    const made = await archive('make', briefing, '--out', out);
    expect(made).toMatchObject({ code: 0 });
    const seal = /^seal ([0-9a-f]{64})$/m.exec(made.stdout)?.[1] ?? '';
    expect(await archive('verify', out, '--seal', seal, '--rebuild')).toMatchObject({ code: 0 });
    // Another one goes into no folder that has something in it.
    expect(await archive('make', briefing, '--out', out)).toMatchObject({ code: 1 });

    const file = join(out, 'journal.jsonl');
    const lines = (await readFile(file, 'utf8')).split('\n');
    await chmod(file, 0o640);
    await writeFile(file, lines.with(41, (lines[41] ?? '').replace('"at":1', '"at":2')).join('\n'));
    const checked = await archive('verify', out, '--seal', seal);
    expect(checked).toMatchObject({ code: 1 });
    expect(checked.stderr).toContain('journal.jsonl was changed');
    expect(checked.stderr).toContain('entry 42 was changed (line 42)');
  },
  commandTimeoutMs,
);

test(
  'the command says what it cannot do',
  async () => {
    const nowhere = await archive('verify', join(folder, 'nowhere'));
    expect(nowhere).toMatchObject({ code: 1 });
    expect(nowhere.stderr).toContain('manifest.json is missing');
    expect(await archive('make', 'none', '--out', join(folder, 'none'))).toMatchObject({ code: 1 });
    expect(await archive()).toMatchObject({ code: 2 });
  },
  commandTimeoutMs,
);

test('an archive as a zip file opens to the same records', async () => {
  const zip = await records.archiveZip(briefing);
  const files = await records.archive(briefing);
  expect(unzipped(zip ?? new Uint8Array())).toEqual(files);
  expect(
    Buffer.compare(
      zip ?? new Uint8Array(),
      (await records.archiveZip(briefing)) ?? new Uint8Array(),
    ),
  ).toBe(0);
  expect(openArchive(files ?? new Map()).texts).toEqual(await records.versions(briefing));
});
