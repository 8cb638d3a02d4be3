/**
 * The one file of this project in plain JavaScript: it runs on whatever Node the machine has,
 * brings the packages (and with them the pinned Node) up to date, and hands over to the
 * TypeScript script named by its first argument.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const modules = join(root, 'node_modules');
const stamp = join(modules, '.diemcau-lock');
const pinnedNode = join(modules, 'node', 'bin', 'node');
const [name, ...args] = process.argv.slice(2);
const script = join(root, 'scripts', `${name}.ts`);

const lockHash = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .update(`${process.platform} ${process.arch}`)
  .digest('hex');

function upToDate() {
  return existsSync(pinnedNode) && existsSync(stamp) && readFileSync(stamp, 'utf8') === lockHash;
}

/** Runs a command to its end, with a line that counts the seconds meanwhile; gives its exit code. */
function runShowing(label, command, commandArgs, env) {
  const began = Date.now();
  const seconds = () => Math.round((Date.now() - began) / 1000);
  console.log(`${label} …`);
  const timer = setInterval(() => console.log(`${label} … ${seconds()} s`), 5000);
  return new Promise((resolve, reject) => {
    const child = spawn(command, commandArgs, { cwd: root, env, stdio: 'inherit' });
    child.once('error', reject);
    child.once('exit', (code) => {
      console.log(`${label}: ${code === 0 ? 'done' : `failed with code ${code}`}, ${seconds()} s`);
      resolve(code ?? 1);
    });
  }).finally(() => clearInterval(timer));
}

async function install() {
  // npm must not run under the very Node that it is about to replace.
  const path = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.startsWith(modules))
    .join(delimiter);
  const npmArgs = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const code = await runShowing('packages (npm ci)', 'npm', npmArgs, {
    ...process.env,
    PATH: path,
  });
  if (code !== 0) {
    console.error(
      'Setting up the packages failed; the lines above say why. Then type the same again.',
    );
    process.exit(1);
  }
  writeFileSync(stamp, lockHash);
}

/** The pinned Node as a child: signals go down, the exit code comes up, and our death is noticed there. */
function runUnderPinnedNode() {
  const env = {
    ...process.env,
    PATH: `${join(modules, '.bin')}${delimiter}${process.env.PATH ?? ''}`,
    DIEMCAU_BEGAN_AT: String(performance.timeOrigin),
  };
  const stdio = ['inherit', 'inherit', 'inherit', 'ipc'];
  const child = spawn(pinnedNode, [script, ...args], { cwd: root, env, stdio });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => child.kill(signal));
  child.once('exit', (code, signal) =>
    process.exit(code ?? 128 + (constants.signals[signal] ?? 0)),
  );
}

const fresh = upToDate();
if (!fresh) await install();
if (fresh && realpathSync(process.execPath) === realpathSync(pinnedNode)) {
  process.chdir(root);
  process.argv.splice(1, 2, script);
  await import(pathToFileURL(script).href);
} else {
  runUnderPinnedNode();
}
