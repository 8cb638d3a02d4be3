import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { loadConfig } from '../config/load.ts';
import { loadRecords } from '../config/records.ts';
import type { Recorded } from '../server/domain/event.ts';
import { primaryRelay } from '../server/fromConfig.ts';
import { connectRedis, type RedisLink } from '../server/journal/connect.ts';
import { parseEntry } from '../server/journal/entry.ts';
import { briefingKeys } from '../server/journal/keys.ts';
import { JournalStream } from '../server/journal/stream.ts';
import { openArchive, sealOf } from '../server/records/archiveFormat.ts';
import { type ArchiveFault, verifyArchive } from '../server/records/archiveVerify.ts';
import type { Files } from '../server/records/zip.ts';
import { ownRedisUrl } from './redis.ts';

/** npm run archive: the tamper-evident archive of a briefing, made and checked. */
const usage = `npm run archive -- make <briefing> --out <folder>
    Writes the journal, the minutes and all exports into a new or empty folder, and prints the
    archive's seal. Keep the seal somewhere else.
npm run archive -- verify <folder> [--seal <seal>] [--rebuild]
    Says whether anything in it was changed, removed, added or put in another order, and what.
    With --rebuild also makes every export again from the journal, and compares the bytes.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: 'string' },
    seal: { type: 'string' },
    rebuild: { type: 'boolean', default: false },
  },
});
const [what, subject] = positionals;
process.exitCode = await run();

async function run(): Promise<number> {
  if (positionals.length === 2 && subject && what === 'make' && values.out) {
    return make(subject, resolve(values.out));
  }
  if (positionals.length === 2 && subject && what === 'verify') return verify(resolve(subject));
  console.error(usage);
  return 2;
}

async function make(briefing: string, folder: string): Promise<number> {
  if (existsSync(folder) && (await readdir(folder)).length > 0) {
    console.error(`${folder} is not empty.`);
    return 1;
  }
  // What writes documents takes a while to load, and a check must not wait for it.
  const { Records } = await import('../server/records/records.ts');
  const files = await withRedis(async (redis) => {
    const records = Records.create({
      redis,
      readJournal: (id) => journalOf(redis, id),
      settings: loadRecords(),
      now: Date.now,
    });
    try {
      return await records.archive(briefing);
    } finally {
      await records.close();
    }
  });
  if (!files) {
    console.error(`There is no briefing ${briefing}.`);
    return 1;
  }
  for (const [path, bytes] of files) {
    const file = join(folder, ...path.split('/'));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, bytes, { flag: 'wx', mode: 0o440 });
  }
  const { journal } = openArchive(files);
  console.log(`${briefing}: ${journal.length} entries, ${files.size} files in ${folder}`);
  console.log(`seal ${sealOf(files)}`);
  return 0;
}

async function verify(folder: string): Promise<number> {
  const files = await readFolder(folder);
  const { seal, rebuild } = values;
  const faults = verifyArchive(files, seal === undefined ? {} : { seal }).map(faultText);
  if (rebuild && faults.length === 0) {
    const { buildArchive } = await import('../server/records/archive.ts');
    const again = await buildArchive(openArchive(files));
    for (const [path, bytes] of again) {
      if (Buffer.compare(bytes, files.get(path) ?? new Uint8Array()) === 0) continue;
      faults.push(`${path} comes out differently when it is made again`);
    }
  }
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) return 1;
  console.log(`whole: ${openArchive(files).journal.length} entries, ${files.size} files`);
  console.log(`seal ${sealOf(files)}`);
  return 0;
}

function faultText(fault: ArchiveFault): string {
  switch (fault.is) {
    case 'wrongSeal':
      return 'the archive is not the one of that seal';
    case 'unreadableManifest':
      return 'manifest.json is missing or cannot be read';
    case 'wrongHead':
      return "the journal does not end with the manifest's head";
    case 'missingFile':
      return `${fault.path} was removed`;
    case 'changedFile':
      return `${fault.path} was changed`;
    case 'unexpectedFile':
      return `${fault.path} was added`;
    case 'unreadableLine':
      return `journal.jsonl, line ${fault.line}: cannot be read`;
    case 'removed':
      return `entry ${fault.version} was removed`;
    case 'brokenLink':
      return `entry ${fault.version} does not follow from the one before`;
    case 'changed':
      return `entry ${fault.version} was changed (line ${fault.line})`;
    case 'added':
      return `line ${fault.line} was added (it calls itself entry ${fault.version})`;
    case 'reordered':
      return `entry ${fault.version} was moved (to line ${fault.line})`;
  }
}

async function readFolder(folder: string): Promise<Files> {
  // A folder that is not there is one without a manifest.
  if (!existsSync(folder)) return new Map();
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = new Map<string, Uint8Array>();
  for (const entry of entries) {
    if (entry.isDirectory()) continue;
    const file = join(entry.parentPath, entry.name);
    files.set(relative(folder, file).split(sep).join('/'), await readFile(file));
  }
  return files;
}

async function journalOf(redis: RedisLink, briefing: string): Promise<Recorded[]> {
  const recorded: Recorded[] = [];
  const stream = new JournalStream({ redis, keys: briefingKeys(briefing) });
  for await (const page of stream.from(0)) recorded.push(...page.map(parseEntry));
  return recorded;
}

async function withRedis<T>(use: (redis: RedisLink) => Promise<T>): Promise<T> {
  const log = pino({ level: 'warn' }, pino.destination(2));
  const config = loadConfig({ root: join(import.meta.dirname, '..') });
  const relay = await primaryRelay(config, log);
  const url = relay?.url ?? config.redisUrl?.reveal() ?? (await ownRedisUrl(config.dataDir));
  const redis = await connectRedis({ url, name: 'diemcau-archive', log });
  try {
    return await use(redis);
  } finally {
    redis.destroy();
    relay?.close();
  }
}
