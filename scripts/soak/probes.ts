import { readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { onLines } from './lines.ts';
import type { ProbeAnswer, ProbeQuestion } from './probe.ts';

/** How long a busy process may take to walk over its own heap, in milliseconds. */
const answerWithinMs = 120_000;

/** The soak's end of all probes: finds the processes that live now, and asks them. */
export class Probes {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** @throws Error when no process of this name lives and answers. */
  async ask(name: string, question: ProbeQuestion): Promise<ProbeAnswer> {
    for (const pid of await this.#pids(name)) {
      if (isAlive(pid)) return this.#ask(`${name}@${pid}`, question);
    }
    throw new Error(`no process ${name}`);
  }

  /** @throws Error when there is none. */
  async pid(name: string): Promise<number> {
    const pid = (await this.#pids(name)).find(isAlive);
    if (pid === undefined) throw new Error(`no process ${name}`);
    return pid;
  }

  async #pids(name: string): Promise<number[]> {
    const files = await readdir(this.#folder);
    return files
      .filter((file) => file.startsWith(`${name}@`))
      .map((file) => Number(file.slice(name.length + 1)));
  }

  #ask(file: string, question: ProbeQuestion): Promise<ProbeAnswer> {
    return new Promise((resolve, reject) => {
      const socket = connect(join(this.#folder, file));
      const fail = (why: unknown) => {
        socket.destroy();
        reject(why instanceof Error ? why : new Error(String(why)));
      };
      socket.setTimeout(answerWithinMs, () => fail(`${file} does not answer`));
      socket.once('error', fail);
      socket.once('close', () => reject(new Error(`${file} has gone`)));
      socket.write(`${question}\n`);
      onLines(socket, (line) => {
        socket.destroy();
        const answer = JSON.parse(line) as ProbeAnswer | { error: string };
        if ('error' in answer) reject(new Error(answer.error));
        else resolve(answer);
      });
    });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
