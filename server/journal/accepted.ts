import type { Recorded } from '../domain/event.ts';
import type { Version } from '../domain/ids.ts';
import type { Actor } from '../domain/permits.ts';

/** How many accepted commands back a retry is known for certain. */
export const acceptedWindow = 4_096;

/**
 * The commands accepted lately, by the version of their first event. It is filled from the journal
 * alone, so every server knows the last ones, and a retry is answered alike wherever it comes.
 */
export class Accepted {
  /** Two generations: forgetting half at once costs nothing, forgetting one by one does. */
  #young = new Map<string, Version>();
  #old = new Map<string, Version>();

  note({ by, command, version }: Recorded): void {
    const key = commandKey(by, command);
    if (this.#young.has(key) || this.#old.has(key)) return;
    if (this.#young.size >= acceptedWindow) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, version);
  }

  versionOf(by: Actor, command: string): Version | undefined {
    const key = commandKey(by, command);
    return this.#young.get(key) ?? this.#old.get(key);
  }
}

/** A command's id is unique to whoever made it: nobody is answered for another's command. */
export const commandKey = (by: Actor, id: string): string => `${id} ${by.role} ${by.seat ?? ''}`;
