import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram } from '../../scripts/setupDebian.ts';
import { freePorts } from '../../scripts/startPlan.ts';
import { until } from './until.ts';

const missing =
  'Tests of TURN need coturn. As root, type\n\n' +
  '  apt-get install --no-install-recommends coturn\n\n' +
  'and then the same again.';

interface Parts {
  readonly secret: string;
  readonly program: string;
  readonly folder: string;
  readonly port: number;
}

/** A real coturn on loopback that knows no users: whoever has the secret makes credentials. */
export class TestTurn {
  readonly #parts: Parts;
  #child: ChildProcess | undefined;
  #output = '';

  /** @throws Error saying what to type, where there is no coturn. */
  static async create(secret: string): Promise<TestTurn> {
    const program = await findProgram('turnserver');
    if (!program) throw new Error(missing);
    const [port = 0] = await freePorts(1);
    const folder = await mkdtemp(join(tmpdir(), 'diemcau-turn-'));
    const turn = new TestTurn({ secret, program, folder, port });
    await writeFile(turn.#file, turn.#settings, { mode: 0o600 });
    await turn.start();
    return turn;
  }

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get urls(): string[] {
    return [`turn:127.0.0.1:${this.#parts.port}?transport=udp`];
  }

  /** What it has written of late. */
  get output(): string {
    return this.#output;
  }

  /** Starts it, for the first time or again, and waits until it listens. */
  async start(): Promise<void> {
    const { program, port } = this.#parts;
    const child = spawn(program, ['-c', this.#file], { stdio: ['ignore', 'pipe', 'pipe'] });
    const orphan = () => child.kill('SIGKILL');
    process.once('exit', orphan);
    child.once('exit', () => process.off('exit', orphan));
    const keep = (text: string) => {
      this.#output = (this.#output + text).slice(-60_000);
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    await once(child, 'spawn');
    this.#child = child;
    await until(() => listens(port), {
      what: 'coturn to listen',
      seen: () => this.#output.slice(-2_000),
    });
  }

  /** `kill -9`: whatever it relayed goes nowhere from now on. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  /** Idempotent. */
  async close(): Promise<void> {
    await this.kill();
    await rm(this.#parts.folder, { recursive: true, force: true });
  }

  get #file(): string {
    return join(this.#parts.folder, 'turnserver.conf');
  }

  get #settings(): string {
    const { folder, port, secret } = this.#parts;
    return [
      'listening-ip=127.0.0.1',
      'relay-ip=127.0.0.1',
      `listening-port=${port}`,
      'realm=diemcau',
      'use-auth-secret',
      `static-auth-secret=${secret}`,
      // A test's media nodes are on this machine, into which a relay must not reach by itself.
      'allow-loopback-peers',
      'no-cli',
      'no-tls',
      'no-dtls',
      `userdb=${join(folder, 'users')}`,
      `pidfile=${join(folder, 'pid')}`,
      'log-file=stdout',
      'verbose',
      '',
    ].join('\n');
  }
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}
