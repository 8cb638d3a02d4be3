import { createHash, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';

/** The secret that servers and nodes share. Logs, JSON and template strings show a placeholder. */
export class SharedSecret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** Rejects when the file cannot be read or holds less than 16 characters. */
  static async fromFile(path: string): Promise<SharedSecret> {
    const text = (await readFile(path, 'utf8')).trim();
    if (text.length < 16) throw new Error(`the secret in ${path} is too short`);
    return new SharedSecret(text);
  }

  /** Takes the same time whatever the candidate is. */
  matches(candidate: unknown): boolean {
    const given = typeof candidate === 'string' ? candidate : '';
    return timingSafeEqual(digest(given), digest(this.#text));
  }

  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }
}

const digest = (text: string) => createHash('sha256').update(text).digest();
