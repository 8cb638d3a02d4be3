import type { BriefingState } from '../domain/briefing.ts';
import type { Recorded } from '../domain/event.ts';
import { evolve, nothing } from '../domain/evolve.ts';
import type { Version } from '../domain/ids.ts';
import { Accepted, acceptedWindow } from './accepted.ts';
import { type Entry, parseEntry } from './entry.ts';
import type { JournalStream } from './stream.ts';

/** How far this server has read, and what stood there: so that a rewritten journal is noticed. */
export interface Mark {
  readonly version: Version;
  readonly text: string;
}

/** What one server has made of a briefing's journal so far. */
export class Folded {
  readonly accepted = new Accepted();
  #state: BriefingState;
  #text = '';

  constructor(snapshot: BriefingState = nothing) {
    this.#state = snapshot;
  }

  get state(): BriefingState {
    return this.#state;
  }

  get mark(): Mark {
    return { version: this.#state.version, text: this.#text };
  }

  /**
   * Reads what a snapshot leaves out: the events since, and the ids of the last commands before.
   * False when the journal does not reach as far as the snapshot: Redis has lost what it confirmed.
   */
  async load(stream: JournalStream): Promise<boolean> {
    const start = this.#state.version;
    for await (const page of stream.from(Math.max(0, start - acceptedWindow))) {
      for (const entry of page) {
        if (entry.version > start) break;
        this.accepted.note(parseEntry(entry));
        if (entry.version === start) this.#text = entry.text;
      }
      if (start > 0 && (page.at(-1)?.version ?? 0) >= start && this.#text === '') return false;
      this.take(page);
    }
    return start === 0 || this.#text !== '';
  }

  /** Folds those entries that are new, and gives them. */
  take(entries: readonly Entry[]): readonly Recorded[] {
    const fresh: Recorded[] = [];
    for (const entry of entries) {
      if (entry.version <= this.#state.version) continue;
      const recorded = parseEntry(entry);
      this.#state = evolve(this.#state, recorded);
      this.#text = entry.text;
      this.accepted.note(recorded);
      fresh.push(recorded);
    }
    return fresh;
  }

  /**
   * Takes what this server has just appended itself, with the state that it had worked out
   * beforehand. Gives the events that the tail has not brought meanwhile.
   */
  takeOwn(own: {
    readonly base: BriefingState;
    readonly events: readonly Recorded[];
    readonly texts: readonly string[];
    readonly state: BriefingState;
  }): readonly Recorded[] {
    const { base, events, texts, state } = own;
    if (this.#state !== base) {
      return this.take(events.map(({ version }, i) => ({ version, text: texts[i] ?? '' })));
    }
    this.#state = state;
    this.#text = texts.at(-1) ?? this.#text;
    for (const recorded of events) this.accepted.note(recorded);
    return events;
  }
}

/** Whether entries read from a mark on (itself included) still begin with what was read there. */
export const continues = (mark: Mark, entries: readonly Entry[]): boolean =>
  mark.version === 0 || (entries[0]?.version === mark.version && entries[0].text === mark.text);
