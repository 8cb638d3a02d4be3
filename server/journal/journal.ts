import type { Logger } from 'pino';
import type { BriefingState } from '../domain/briefing.ts';
import type { Command } from '../domain/command.ts';
import type { Recorded } from '../domain/event.ts';
import type { BriefingId, Instant, Version } from '../domain/ids.ts';
import type { Actor } from '../domain/permits.ts';
import type { RefusalCode } from '../domain/refusal.ts';
import { followed } from './confirm.ts';
import type { RedisLink } from './connect.ts';
import { type Condition, Control } from './control.ts';
import { type Entry, entryText, parseEntry } from './entry.ts';
import { continues, Folded, type Mark } from './folded.ts';
import { type Answer, decideGroup } from './group.ts';
import { Halt } from './halt.ts';
import { briefingKeys } from './keys.ts';
import { CommandQueue } from './queue.ts';
import { keepSnapshot, readSnapshot } from './snapshots.ts';
import { JournalStream, type NotAppended } from './stream.ts';
import type { Tail } from './tail.ts';

export type { Answer, Condition };

/** Gets events in version order, each once, and the state after the last of them. */
export type JournalListener = (events: readonly Recorded[], state: BriefingState) => void;

export interface JournalOptions {
  /** From `connectRedis`; shared by the server's journals, and not closed here. */
  readonly redis: RedisLink;
  readonly tail: Tail;
  readonly briefing: BriefingId;
  readonly now: () => Instant;
  readonly log: Logger;
  /**
   * How many replicas must have an event before it counts: before its command is accepted, and
   * before this server believes and tells what another has written. 0 where there are none.
   */
  readonly replicas?: number;
  /** Of all keys; one for each installation that shares a Redis. */
  readonly prefix?: string;
  /** Events from one snapshot to the next. */
  readonly snapshotEvery?: number;
}

/** More commands than this in one append would hold up Redis and the event loop. */
const maxGroup = 256;

/**
 * One server's view of one briefing's journal, and its only way to write there. Commands of many
 * callers are decided one after another and appended as one group; while one append is under way
 * the next group gathers. Where another server was faster, all are decided again.
 */
export class Journal {
  readonly #stream: JournalStream;
  readonly #options: Required<Pick<JournalOptions, 'snapshotEvery'>> & JournalOptions;
  readonly #folded: Folded;
  readonly #snapshotKey: string;
  readonly #queue = new CommandQueue();
  readonly #control: Control;
  readonly #listeners = new Set<JournalListener>();
  readonly #unwatch: () => void;
  readonly #halt: Halt;
  /** The highest version that somebody has seen, a media node for instance. */
  #witnessed: Version = 0;
  #running = false;
  #run: Promise<unknown> = Promise.resolve();
  #closed = false;

  private constructor(options: JournalOptions, folded: Folded, stream: JournalStream) {
    const { redis, tail, briefing, log, prefix } = options;
    this.#options = { snapshotEvery: 500, ...options };
    this.#snapshotKey = briefingKeys(briefing, prefix).snapshot;
    this.#folded = folded;
    this.#stream = stream;
    this.#halt = new Halt(stream, log);
    this.#control = new Control({
      redis,
      log,
      // An append on its way says most about where the journal is, so its answer comes first.
      check: async () => {
        await this.#run;
        return this.#catchUp();
      },
      onPaused: () => this.#queue.refuseWaiting('controlPaused'),
      onRunning: () => this.#kick(),
    });
    this.#unwatch = tail.watch({
      stream: stream.key,
      // While paused, only the check on what this server has read already may go on from there.
      after: () => (this.condition === 'running' ? this.state.version : undefined),
      onEntries: (entries) => {
        const events = this.condition === 'running' ? this.#folded.take(entries) : [];
        this.#tell(events);
        return events.length > 0;
      },
    });
  }

  /** Waits until enough replicas follow. @throws when Redis cannot be read now. */
  static async create(options: JournalOptions): Promise<Journal> {
    const { redis, briefing, prefix, replicas } = options;
    const log = options.log.child({ briefing });
    const keys = briefingKeys(briefing, prefix);
    const stream = new JournalStream({ redis, keys, ...(replicas ? { replicas } : {}) });
    while (!(await followed(redis, replicas))) log.warn({ replicas }, 'too few replicas follow');
    const folded = new Folded(await readSnapshot(redis, keys.snapshot));
    const whole = await folded.load(stream);
    const journal = new Journal({ ...options, log }, folded, stream);
    if (whole) await journal.#askWhetherHalted();
    else journal.#regressed(folded.mark.version);
    log.info({ version: journal.state.version }, 'journal open');
    return journal;
  }

  get state(): BriefingState {
    return this.#folded.state;
  }

  /**
   * `paused`: Redis is away and commands are refused as `controlPaused`; ends by itself.
   * `regressed`: Redis has lost events that some server has seen. It stays so for this object; see
   * `resumed`.
   */
  get condition(): Condition {
    return this.#control.condition;
  }

  /** Tells of every change of `condition`; returns how to stop that. */
  onCondition(listener: (condition: Condition) => void): () => void {
    return this.#control.onChange(listener);
  }

  /**
   * Resolves when people have accepted the loss that made this journal `regressed`. What was folded
   * here, and all that was built on it, tells of things that are no more: it has to be made anew.
   */
  get resumed(): Promise<void> {
    return this.#halt.resumed;
  }

  /**
   * Somebody has seen this version, so the journal must hold it: a media node keeps the highest
   * token it was given. If Redis does not know of it, the journal has gone back.
   */
  witness(version: Version): void {
    if (version <= this.#witnessed || this.#closed) return;
    this.#witnessed = version;
    if (version <= this.state.version || this.condition !== 'running') return;
    this.#catchUp().catch((error: unknown) => {
      this.#options.log.debug({ err: error, version }, 'witnessed version not checked');
      this.#control.pause();
    });
  }

  /**
   * What the journal holds after a version, at most so many events.
   * @throws Error while Redis cannot be read.
   */
  async read(after: Version, limit: number): Promise<readonly Recorded[]> {
    const events: Recorded[] = [];
    for await (const page of this.#stream.from(after + 1)) {
      events.push(...page.slice(0, limit - events.length).map(parseEntry));
      if (events.length >= limit) break;
    }
    return events;
  }

  /** Returns how to stop. A listener that throws is a bug; it is logged, and the others go on. */
  subscribe(listener: JournalListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Does a command, or says why not; accepted means: in the journal, at that version. The same id
   * from the same actor is done once, at whichever server it comes in again. After a broken
   * connection the answer waits until the journal itself can say whether the command is in it.
   * `controlPaused` means not known to be done: trying again with the same id is always right.
   */
  submit(command: Command, by: Actor, id: string): Promise<Answer> {
    const submitted = { command, by, id };
    const pending = this.#queue.answerTo(submitted);
    if (pending) return pending;
    if (this.condition !== 'running' || this.#closed) return refused('controlPaused');
    if (this.#queue.isFull) return refused('tooManyCommands');
    const answer = this.#queue.add(submitted);
    this.#kick();
    return answer;
  }

  /** Ends the watching; what is under way is answered, what waits is refused. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#unwatch();
    this.#halt.close();
    this.#queue.refuseWaiting('controlPaused');
    // A Redis that does not answer must not hold up the end.
    await Promise.race([this.#run, this.#control.tooLong()]);
    this.#control.close();
    this.#queue.refuseAll('controlPaused');
    this.#listeners.clear();
  }

  #kick(): void {
    if (this.#running) return;
    this.#running = true;
    this.#run = this.#flushAll();
  }

  async #flushAll(): Promise<void> {
    // What else is asked for in this turn of the event loop joins the group.
    await Promise.resolve();
    while (this.condition === 'running' && this.#queue.size > 0) await this.#flush();
    this.#running = false;
  }

  async #flush(): Promise<void> {
    const group = this.#queue.next(maxGroup);
    const { state: base, mark, accepted } = this.#folded;
    const decided = decideGroup(base, group, {
      now: this.#options.now(),
      accepted,
      onBug: (error, command) => this.#options.log.error({ err: error, command }, 'rule failed'),
    });
    const texts = decided.events.map(entryText);
    const outcome = await this.#control.within(this.#stream.append(base.version, texts));
    if (outcome.kind === 'appended' || outcome.kind === 'current') {
      this.#tell(this.#folded.takeOwn({ base, texts, ...decided }));
      this.#queue.answer(decided.answers);
      this.#snapshotAfter(base, decided.state);
    } else this.#notAppended(outcome, mark);
  }

  #notAppended(outcome: NotAppended, mark: Mark): void {
    if (outcome.kind === 'halted') this.#regressed(outcome.seen);
    else if (outcome.kind === 'conflict') this.#continue(mark, outcome.entries);
    else {
      const { error, kind } = outcome;
      this.#options.log.warn({ err: error, kind }, 'append not confirmed');
      if (kind === 'failed') this.#queue.giveBack();
      this.#control.pause();
    }
  }

  /** Goes on from a mark with entries read from there, or finds that the journal has gone back. */
  #continue(mark: Mark, entries: readonly Entry[]): boolean {
    if (!continues(mark, entries)) {
      this.#regressed(mark.version);
      return false;
    }
    this.#tell(this.#folded.take(entries));
    return true;
  }

  /** Reads on, and makes sure that nobody has seen more than is there. */
  async #catchUp(): Promise<void> {
    let { mark } = this.#folded;
    // What is witnessed while this reads may have been written after it.
    const witnessed = this.#witnessed;
    for await (const page of this.#stream.from(mark.version)) {
      if (!this.#continue(mark, page)) return;
      mark = { version: 0, text: '' };
    }
    if (witnessed > this.state.version) this.#regressed(witnessed);
    else await this.#askWhetherHalted();
  }

  async #askWhetherHalted(): Promise<void> {
    const outcome = await this.#stream.append(this.state.version, []);
    if (outcome.kind === 'halted') this.#regressed(outcome.seen);
    if (outcome.kind === 'failed' || outcome.kind === 'unknown') throw outcome.error;
  }

  #regressed(seen: Version): void {
    if (this.condition === 'regressed') return;
    const { version } = this.state;
    const log = { version, seen };
    this.#options.log.error(log, 'the journal has gone back: Redis lost confirmed events');
    this.#control.regress();
    this.#queue.refuseAll('controlPaused');
    this.#halt.begin(Math.max(seen, version, this.#witnessed));
  }

  #tell(events: readonly Recorded[]): void {
    if (events.length === 0) return;
    for (const listener of [...this.#listeners]) {
      try {
        listener(events, this.state);
      } catch (error) {
        this.#options.log.error({ err: error }, 'journal listener failed');
      }
    }
  }

  /** Whoever appends the event that fills the measure writes the snapshot. */
  #snapshotAfter(base: BriefingState, state: BriefingState): void {
    const { snapshotEvery, redis, log } = this.#options;
    const measures = (version: number) => Math.floor(version / snapshotEvery);
    if (measures(state.version) === measures(base.version)) return;
    keepSnapshot(redis, this.#snapshotKey, state).catch((error: unknown) => {
      log.warn({ err: error, version: state.version }, 'snapshot not kept');
    });
  }
}

const refused = (refusal: RefusalCode): Promise<Answer> => Promise.resolve({ ok: false, refusal });
