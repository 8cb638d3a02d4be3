import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runShown, runTools } from './check/run.ts';
import { vitestArgs } from './check/tools.ts';
import { ensureRedisServer } from './redis.ts';
import { ensureClient } from './setupClient.ts';
import { ensureProgram } from './setupDebian.ts';
import { allEnded, Progress } from './setupProgress.ts';
import { ensureWorker } from './worker.ts';

const root = join(import.meta.dirname, '..');
const projects = ['unit', 'contract', 'integration', 'e2e', 'chaos'];

/** What of a file's result in Vitest's JSON report is read here. */
type FileResult = { status: string; assertionResults: { status: string }[] };

type Counts = { passed: number; failed: number; skipped: number };

/** Everything that tests run against, brought once and up front, so that no test waits for it. */
async function prepare(progress: Progress): Promise<Record<string, string>> {
  const [worker, chromium] = await allEnded([
    progress.run('media worker', (say) => ensureWorker({ root, log: say })),
    progress.run('Chromium', (say) =>
      ensureProgram({ program: 'chromium', packages: ['chromium'], say }),
    ),
    progress.run('Redis', ensureRedisServer),
    progress.run('TURN server', (say) =>
      ensureProgram({ program: 'turnserver', packages: ['coturn'], say }),
    ),
    // Minutes are read as people see them: as pages.
    progress.run('documents', (say) =>
      ensureProgram({
        program: 'soffice',
        packages: ['libreoffice-writer-nogui', 'fonts-liberation'],
        say,
      }),
    ),
    progress.run('pages of documents', (say) =>
      ensureProgram({ program: 'pdftotext', packages: ['poppler-utils'], say }),
    ),
    progress.run('networks', (say) =>
      ensureProgram({ program: 'ip', packages: ['iproute2'], say }),
    ),
    progress.run('pages', (say) => ensureClient({ root, say })),
  ]);
  return { MEDIASOUP_WORKER_BIN: worker, CHROMIUM_BIN: chromium };
}

/** Counts from Vitest's own report; a run that left none has failed as a whole. */
async function counts(path: string): Promise<Counts> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return { passed: 0, failed: 1, skipped: 0 };
  const report = JSON.parse(text);
  // A file that fails to load, or to prepare, has no failed test to count and must not go unseen.
  const broken = report.testResults.filter(
    (file: FileResult) =>
      file.status === 'failed' && file.assertionResults.every(({ status }) => status !== 'failed'),
  ).length;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

async function runTests(env: Record<string, string>): Promise<Counts> {
  const folder = await mkdtemp(join(tmpdir(), 'diemcau-test-'));
  try {
    const json = join(folder, 'result.json');
    const code = await runShown({ root, args: vitestArgs(root, projects, json), env });
    const result = await counts(json);
    // Such as an error outside of any test: the runner has failed, so one thing has.
    const failed = code === 0 ? result.failed : Math.max(result.failed, 1);
    return { ...result, failed };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function closingLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

const progress = new Progress();
let env: Record<string, string>;
try {
  env = await prepare(progress);
} catch (error) {
  progress.close();
  console.error(`\nThe tests cannot run: ${error instanceof Error ? error.message : error}`);
  process.exit(1);
}
const checksFailed = await runTools(root, progress);
progress.close();
const result = await runTests(env);
const minutes = (performance.now() / 60_000).toFixed(1);
console.log(`\nThe whole run took ${minutes} min.`);
if (checksFailed.length > 0) console.log(`Checks that failed: ${checksFailed.join(', ')}`);
// Each failed check counts as one: a run with any of them must not end in "0 failed".
const failed = result.failed + checksFailed.length;
console.log(closingLine({ ...result, failed }));
process.exitCode = failed > 0 ? 1 : 0;
