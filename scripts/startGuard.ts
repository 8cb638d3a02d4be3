/**
 * Loaded before every process that the start script runs (node --import). Its standard input is a
 * pipe held open by the start script; when that ends, however the script died, this process ends
 * too, in good order if it can.
 */

import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { isMainThread } from 'node:worker_threads';

/** How long an orderly end may take before the process is ended outright, in milliseconds. */
const orderlyEndMs = 10_000;

// Half of a server's start is the reading of code that has not changed since the last one.
enableCompileCache(join(import.meta.dirname, '..', 'node_modules', '.cache', 'compile'));

// A worker thread loads this too; its own standard input is empty and ends at once.
if (isMainThread) {
  process.stdin.on('end', () => {
    process.kill(process.pid, 'SIGTERM');
    setTimeout(() => process.exit(1), orderlyEndMs).unref();
  });
  process.stdin.resume();
  // Listening for the end must not keep a process alive that has nothing else to do.
  (process.stdin as { unref?: () => void }).unref?.();
}
