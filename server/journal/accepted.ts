import type { Recorded } from '../domain/event.ts';
import type { Version } from '../domain/ids.ts';
import type { Actor } from '../domain/permits.ts';

/** How many commands back a retry is still known. */
export const acceptedWindow = 4_096;

/**
 * The commands accepted lately, by the version of their first event. It is filled from the journal
 * alone, so every server knows the same ones, and a retry is answered alike wherever it comes.
 */
export class Accepted {
  readonly #versions = new Map<string, Version>();

  note({ by, command, version }: Recorded): void {
    const key = commandKey(by, command);
    if (this.#versions.has(key)) return;
    this.#versions.set(key, version);
    if (this.#versions.size <= acceptedWindow) return;
    for (const oldest of this.#versions.keys()) {
      this.#versions.delete(oldest);
      return;
    }
  }

  versionOf(key: string): Version | undefined {
    return this.#versions.get(key);
  }
}

/** A command's id is unique to whoever made it: nobody is answered for another's command. */
export const commandKey = (by: Actor, id: string): string => `${by.role} ${by.seat ?? ''} ${id}`;
