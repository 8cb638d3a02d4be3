import type { Recorded } from '../domain/event.ts';
import type { BriefingId } from '../domain/ids.ts';
import {
  hashesPath,
  journalPath,
  type Manifest,
  manifestPath,
  noPrevious,
  settingsPath,
  sha256,
  textsPath,
} from './archiveFormat.ts';
import { canonicalJson, readableJson } from './canonical.ts';
import { exportsOf, type RecordSource } from './exports.ts';
import type { Files } from './zip.ts';

/** The archive of a briefing; see `archiveFormat.ts`. The same source gives the same bytes, whenever it is made. */
export async function buildArchive(source: RecordSource): Promise<Files> {
  const { settings, texts } = source;
  const journal = source.journal.map(masked);
  const lines: string[] = [];
  const hashes: string[] = [];
  for (const recorded of journal) {
    const line = canonicalJson({ previous: hashes.at(-1) ?? noPrevious, recorded });
    lines.push(line);
    hashes.push(sha256(line));
  }
  const files = new Map([
    [journalPath, text(lines)],
    [hashesPath, text(hashes)],
    [textsPath, text(texts.map(canonicalJson))],
    [settingsPath, encoder.encode(readableJson(settings))],
    ...(await exportsOf({ journal, texts, settings })),
  ]);
  const manifest: Manifest = {
    format: 'diemcau-archive/1',
    briefing: briefingOf(journal),
    entries: journal.length,
    head: hashes.at(-1) ?? noPrevious,
    files: Object.fromEntries([...files].map(([path, bytes]) => [path, sha256(bytes)])),
  };
  return files.set(manifestPath, encoder.encode(readableJson(manifest)));
}

const encoder = new TextEncoder();
const text = (lines: readonly string[]) =>
  encoder.encode(lines.map((line) => `${line}\n`).join(''));

function masked(recorded: Recorded): Recorded {
  const { event } = recorded;
  if (event.type !== 'vote.cast' || !event.secret) return recorded;
  return { ...recorded, event: { ...event, option: null } };
}

function briefingOf(journal: readonly Recorded[]): BriefingId {
  const planned = journal.find(({ event }) => event.type === 'briefing.planned')?.event;
  return planned?.type === 'briefing.planned' ? planned.plan.id : '';
}
