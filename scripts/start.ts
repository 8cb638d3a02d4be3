import { join } from 'node:path';
import { loadConfig } from '../config/load.ts';
import { Progress } from './setupProgress.ts';
import { addressTable } from './startLinks.ts';
import { onEndAsked } from './startSignals.ts';
import { System } from './startSystem.ts';

/** npm start: everything that a briefing needs, on this one machine, until Ctrl-C. */
const root = join(import.meta.dirname, '..');
/** The launcher may have spent time on packages first, in a process of its own. */
const beganAt = Number(process.env.DIEMCAU_BEGAN_AT ?? performance.timeOrigin);
const progress = new Progress();
let system: System | undefined;
let ending = false;

// A terminal that has closed must not stop the orderly end.
process.stdout.on('error', () => {});

async function end(code: number): Promise<never> {
  await system?.close();
  progress.close();
  process.exit(code);
}

onEndAsked((reason) => {
  ending = true;
  progress.note(`\nEnding (${reason}) …`);
  end(0);
});

try {
  const config = loadConfig({ root });
  system = new System({ root, config, progress });
  await system.start();
  progress.note(await addressTable(config));
  const seconds = (performance.timeOrigin + performance.now() - beganAt) / 1000;
  progress.note(`\nReady after ${seconds.toFixed(1)} s. Ctrl-C ends everything.`);
} catch (error) {
  // Ctrl-C during start-up makes the start fail too, and that is no fault to show.
  if (!ending) {
    console.error(`\ndiemcau cannot start: ${error instanceof Error ? error.message : error}`);
    await end(1);
  }
}
