import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

interface Page {
  readonly root: string;
  /** As in `kiosk`. */
  readonly page: string;
}

/**
 * The scripts that a built page can ever load: those that its document names, and what they import
 * at once or later. Bytes as they travel, each compressed by gzip.
 */
export async function scriptBytes({ root, page }: Page): Promise<ReadonlyMap<string, number>> {
  const dist = join(root, 'client', 'dist');
  const document = await readFile(join(dist, page, 'index.html'), 'utf8');
  const left = [...document.matchAll(/(?:src|href)="\/assets\/([\w.-]+\.js)"/g)].map(([, f]) => f);
  const bytes = new Map<string, number>();
  for (let file = left.pop(); file !== undefined; file = left.pop()) {
    if (bytes.has(file)) continue;
    const code = await readFile(join(dist, 'assets', file));
    bytes.set(file, gzipSync(code).byteLength);
    const imports = code.toString().matchAll(/["'`](?:\.|\/assets)\/([\w.-]+\.js)["'`]/g);
    for (const [, imported] of imports) left.push(imported);
  }
  if (bytes.size === 0) throw new Error(`${page} has no script: have the pages been built?`);
  return bytes;
}

export const kilobytes = (bytes: ReadonlyMap<string, number>): number =>
  [...bytes.values()].reduce((sum, each) => sum + each, 0) / 1000;
