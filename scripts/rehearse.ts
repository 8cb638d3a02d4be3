import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadConfig } from '../config/load.ts';
import { Rehearsal } from './rehearse/rehearsal.ts';
import { summary } from './rehearse/summary.ts';
import { reachable } from './startPlan.ts';
import { onEndAsked } from './startSignals.ts';

/**
 * npm run rehearse -- --points N: fills a running briefing with real kiosk pages in headless
 * Chromium, with painted pictures and tones, until Ctrl-C.
 */
const usage = `npm run rehearse -- --points N [options]

  --points N        how many points join, in protocol order (71)
  --url ADDRESS     of the running system (that of the configuration)
  --briefing NAME   as in config/briefings (that of the configuration)
  --chair           a painted chair joins too
  --leave           ends after the report, instead of staying until Ctrl-C`;

const root = join(import.meta.dirname, '..');

const { values } = parseArgs({
  options: {
    points: { type: 'string', default: '71' },
    url: { type: 'string' },
    briefing: { type: 'string' },
    chair: { type: 'boolean', default: false },
    leave: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const wanted = Number(values.points);
if (values.help || !Number.isInteger(wanted) || wanted < 1) {
  console.log(usage);
  process.exit(values.help ? 0 : 2);
}

const config = loadConfig({ root });
let rehearsal: Rehearsal | undefined;

async function end(code: number): Promise<never> {
  await rehearsal?.close();
  process.exit(code);
}

onEndAsked((reason) => {
  console.log(`\nLeaving (${reason}) …`);
  end(0);
});

try {
  const secret = await readFile(config.secretFile).catch(() => {
    throw new Error(
      `there is no ${config.secretFile}. Start the system first (npm start), with the same configuration.`,
    );
  });
  rehearsal = await Rehearsal.create({
    url: values.url ?? `http://${reachable(config.host)}:${config.port}`,
    briefing: values.briefing ?? config.briefing,
    secret: new Uint8Array(secret),
    points: wanted,
    chair: values.chair,
    dataDir: config.dataDir,
    note: (line) => console.log(line),
  });
  console.log(summary(await rehearsal.run()));
  if (values.leave) await end(0);
  console.log('\nAll of them stay until Ctrl-C.');
} catch (error) {
  console.error(`\nThe rehearsal cannot go on: ${error instanceof Error ? error.message : error}`);
  await end(1);
}
