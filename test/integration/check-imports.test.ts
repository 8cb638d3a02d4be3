import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tools } from '../../scripts/check/tools.ts';

const root = join(import.meta.dirname, '..', '..');

/** Each file breaks the table in one way; with the rule that has to say so. */
const wrong: Record<string, { text: string; rule: string }> = {
  'server/domain/clock.ts': {
    text: `import { performance } from 'node:perf_hooks'; export const now = () => performance.now();`,
    rule: 'domain-stands-alone-node',
  },
  'server/domain/wire.ts': {
    text: `import type { Ask } from '../protocol/ask.ts'; export type Wire = Ask;`,
    rule: 'domain-stands-alone',
  },
  'server/gateway/socket.ts': {
    text: `export { journal } from '../journal/journal.ts';`,
    rule: 'server-gateway-apart',
  },
  'sfu/space.ts': {
    text: `export type Settings = import('../config/schema.ts').Config;`,
    rule: 'sfu-knows-no-briefings',
  },
  'client/Page.tsx': {
    text: `import type { journal } from '../server/journal/journal.ts'; export const Page = (p: { j: typeof journal }) => <p>{p.j}</p>;`,
    rule: 'client-speaks-protocol',
  },
  'server/protocol/ask.ts': {
    text: `import { readFileSync } from 'node:fs'; export type Ask = ReturnType<typeof readFileSync>;`,
    rule: 'protocol-is-schemas-node',
  },
};

/** And these are as the table wants them. */
const right: Record<string, string> = {
  'config/schema.ts': 'export type Config = { port: number };',
  'sfu/main.ts': `import type { Config } from '../config/schema.ts'; export const port = (c: Config) => c.port;`,
  'server/journal/journal.ts': `import type { Wire } from '../domain/wire.ts'; export const journal = [] as Wire[];`,
  'server/main.ts': `export { journal } from './journal/journal.ts';`,
  'scripts/nothing.ts': '',
  'test/nothing.ts': '',
};

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'diemcau-imports-'));
  const files = {
    ...right,
    ...Object.fromEntries(Object.entries(wrong).map(([path, { text }]) => [path, text])),
    'package.json': '{"type":"module"}',
  };
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('every wrong import is found with its rule, types included, and no right one', async () => {
  const tool = tools(root).find(({ name }) => name === 'imports');
  // The gate's own arguments, with the table named in full since another folder is looked at.
  const args = (tool?.args ?? []).map((arg) =>
    arg === 'scripts/check/imports.ts' ? join(root, arg) : arg,
  );
  const { code, output } = await new Promise<{ code: unknown; output: string }>((resolve) => {
    execFile(process.execPath, args, { cwd: folder }, (error, stdout) =>
      resolve({ code: error?.code ?? 0, output: stdout }),
    );
  });
  const found = [...output.matchAll(/error ([\w-]+): (\S+)/g)].map(([, rule, path]) => [
    path,
    rule,
  ]);
  expect(found.sort()).toEqual(
    Object.entries(wrong)
      .map(([path, { rule }]) => [path, rule])
      .sort(),
  );
  expect(output.replaceAll(/\s+/g, ' ')).toContain(
    'so that server, browser and tests run the very same code',
  );
  expect(code).toBe(found.length);
});
