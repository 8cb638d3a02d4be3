import { join } from 'node:path';
import { Progress } from '../setupProgress.ts';
import { runShown, runTools } from './run.ts';
import { vitestArgs } from './tools.ts';

/** The one gate before a commit: format, lint, types, imports, dead code and the unit tests. */
const root = join(import.meta.dirname, '..', '..');
const progress = new Progress();
const failed = await runTools(root, progress);
progress.close();
if ((await runShown({ root, args: vitestArgs(root, ['unit']) })) !== 0) failed.push('unit tests');
if (failed.length > 0) {
  console.error(`\nnpm run check: ${failed.length} failed: ${failed.join(', ')}`);
  process.exit(1);
}
console.log('\nnpm run check: all well');
