import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import type { BriefingState } from '../domain/briefing.ts';
import type { BriefingId, Instant, SeatId } from '../domain/ids.ts';
import { type Calendar, isTimely, type Notice, noticesDue } from '../domain/notices.ts';
import { createQueue, GivenUp, type JobConnections, type JobQueue } from './queue.ts';
import type { ContactStore, DoneStore } from './store.ts';

/** What is written to the people of one seat. */
export interface Letter {
  /** The same whenever it is sent again, so that mail programs can drop a double. */
  readonly id: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
}

/** Hands a letter to the post. */
export interface Mailer {
  /** Resolves when somebody else has taken it over. @throws MailRefused, or Error to try again. */
  send(letter: Letter): Promise<void>;
}

/** The post will not take this letter, however often it is tried. */
export class MailRefused extends Error {
  override readonly name = 'MailRefused';
}

export interface Occasion {
  readonly state: BriefingState;
  readonly notice: Notice;
  readonly seat: SeatId;
  /** When the briefing was to begin by the invitation that this seat has; undefined: it has none. */
  readonly invitedFor: Instant | undefined;
}

export interface NoticeOptions {
  readonly connections: JobConnections;
  /** Rejects while Redis is away. */
  readonly open: (briefing: BriefingId) => Promise<{ readonly state: BriefingState } | undefined>;
  readonly calendar: Calendar;
  readonly contacts: ContactStore;
  readonly done: DoneStore;
  /** Undefined: there is no post. */
  readonly mailer: Mailer | undefined;
  readonly write: (occasion: Occasion) => Pick<Letter, 'subject' | 'text'>;
  /** Tells other systems. */
  readonly tell: (briefing: BriefingId, notice: Notice) => Promise<void>;
  readonly now: () => Instant;
  /** How long a stretch of that clock really takes, in milliseconds. */
  readonly real: (ms: number) => number;
  readonly log: Logger;
}

interface NoticeJob {
  readonly briefing: BriefingId;
  readonly notice: string;
}

interface MailJob extends NoticeJob {
  readonly seat: SeatId;
}

const rememberSeconds = 24 * 3_600;
/** How long before another try, in milliseconds: up to ten minutes. */
const retryDelay = (attempts: number): number => Math.min(500 * 2 ** attempts, 600_000);

/**
 * Writes to people when it is due. A job says only what it is about, and never to whom or what: it
 * looks that up when its hour comes, and finds itself void when the briefing has moved on.
 */
export class Notices {
  readonly #o: NoticeOptions;
  readonly #due: JobQueue<NoticeJob>;
  readonly #mails: JobQueue<MailJob> | undefined;

  static async create(o: NoticeOptions): Promise<Notices> {
    const { connections } = o;
    const made: { notices?: Notices } = {};
    // A job left by another server may come before this one is whole; it is tried again.
    const whole = (): Notices => {
      if (!made.notices) throw new Error('not ready yet');
      return made.notices;
    };
    const common = { connections, retryDelay, rememberSeconds, failedSeconds: 30 * 86_400 };
    const due = await createQueue<NoticeJob>({
      ...common,
      name: 'notices',
      perform: async (job) => whole().#tellAll(job),
    });
    const mails = o.mailer
      ? await createQueue<MailJob>({
          ...common,
          name: 'mails',
          concurrency: 4,
          perform: async (job) => whole().#post(job),
        })
      : undefined;
    made.notices = new Notices(o, due, mails);
    return made.notices;
  }

  private constructor(
    o: NoticeOptions,
    due: JobQueue<NoticeJob>,
    mails: JobQueue<MailJob> | undefined,
  ) {
    this.#o = o;
    this.#due = due;
    this.#mails = mails;
  }

  /** For people to look into. */
  get queues() {
    return [this.#due.queue, ...(this.#mails ? [this.#mails.queue] : [])];
  }

  due(state: BriefingState): Notice[] {
    return noticesDue(state, this.#o.calendar).filter((n) => isTimely(n, this.#o.now()));
  }

  /** Sets a notice; by however many servers, it is given once. */
  schedule(briefing: BriefingId, { id, at, kind }: Notice): Promise<void> {
    const delayMs = Math.max(0, this.#o.real(at - this.#o.now()));
    return this.#due.schedule({ id, name: kind, delayMs, data: { briefing, notice: id } });
  }

  /** People of more seats can be written to: what was said before they could is said to them now. */
  async contactsChanged(state: BriefingState): Promise<void> {
    const begun = this.due(state).filter(({ at }) => at <= this.#o.now());
    for (const notice of begun) await this.#mailAll(state.id, notice);
  }

  async close(): Promise<void> {
    await Promise.all([this.#due.close(), this.#mails?.close()]);
  }

  async #find({ briefing, notice: id }: NoticeJob) {
    const state = (await this.#o.open(briefing))?.state;
    const notice = state && this.due(state).find((each) => each.id === id);
    return notice && { state, notice };
  }

  async #tellAll(job: NoticeJob): Promise<void> {
    const found = await this.#find(job);
    if (!found) return this.#o.log.info(job, 'notice void');
    await this.#mailAll(job.briefing, found.notice);
    await this.#o.tell(job.briefing, found.notice);
  }

  async #mailAll(briefing: BriefingId, { id, kind, seats }: Notice): Promise<void> {
    const mails = this.#mails;
    if (!mails) return;
    const contacts = await this.#o.contacts.get(briefing);
    const reached = seats.filter((seat) => Object.hasOwn(contacts, seat));
    await Promise.all(
      reached.map((seat) =>
        mails.schedule({
          // Where nobody could be reached, another address is another try.
          id: `${id}-${seat}-${fingerprint(contacts[seat] ?? [])}`,
          name: kind,
          delayMs: 0,
          data: { briefing, notice: id, seat },
        }),
      ),
    );
    this.#o.log.info({ briefing, notice: id, seats: reached.length }, 'notice given');
  }

  async #post(job: MailJob): Promise<void> {
    const { done, contacts, mailer, write, now, log } = this.#o;
    const { briefing, notice: id, seat } = job;
    const mark = `${id}/${seat}`;
    const found = await this.#find(job);
    const to = (await contacts.get(briefing))[seat] ?? [];
    if (!found?.notice.seats.includes(seat) || to.length === 0 || !mailer) {
      return log.info(job, 'letter void');
    }
    if ((await done.find(briefing, mark)) !== undefined) return;
    const { notice, state } = found;
    const invited = await done.find(briefing, `invited/${seat}`);
    const invitedFor = invited === undefined ? undefined : Number(invited);
    const letter = write({ state, notice, seat, invitedFor });
    try {
      await mailer.send({ id: `${id}-${seat}`, to, ...letter });
    } catch (error) {
      if (error instanceof MailRefused) throw new GivenUp(error.message);
      throw error;
    }
    await done.note(briefing, mark, String(now()));
    if (notice.kind === 'invitation') {
      await done.note(briefing, `invited/${seat}`, String(Date.parse(state.startsAt)));
    }
    log.info({ ...job, addresses: to.length }, 'letter posted');
  }
}

const fingerprint = (addresses: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(addresses)).digest('hex').slice(0, 12);
