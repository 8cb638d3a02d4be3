import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Queue } from 'bullmq';
import type { Router } from 'express';
import type { Logger } from 'pino';
import type { Config } from '../config/schema.ts';
import type { BriefingId } from './domain/ids.ts';
import type { Calendar } from './domain/notices.ts';
import { forOffice } from './gateway/audience.ts';
import { createBoard } from './jobs/board.ts';
import type { Jobs } from './jobs/jobs.ts';
import { createKeeping, keepingDue } from './jobs/keeping.ts';
import { type Mailer, MailRefused, Notices } from './jobs/notices.ts';
import { openConnections } from './jobs/queue.ts';
import { ContactStore, DoneStore } from './jobs/store.ts';
import { WebhookStore } from './jobs/webhookStore.ts';
import { Webhooks } from './jobs/webhooks.ts';
import type { Briefings } from './journal/briefings.ts';
import { writtenToReplicas } from './journal/confirm.ts';
import type { RedisLink } from './journal/connect.ts';
import { letter } from './notify/letters.ts';
import { createMailer } from './notify/mailer.ts';
import { webhookSecret } from './notify/signature.ts';
import { createSender } from './notify/webhookSender.ts';
import { sealOf } from './records/archiveFormat.ts';
import { unzipped } from './records/zip.ts';

export interface NotifyingOptions {
  readonly config: Pick<Config, 'smtp' | 'webhooks' | 'dataDir' | 'publicUrl' | 'redis'>;
  readonly redisUrl: string;
  readonly redis: RedisLink;
  readonly secret: Uint8Array;
  readonly briefings: Briefings;
  readonly jobs: Jobs;
  readonly calendar: Calendar;
  /** The documents of a closed briefing, by file name. */
  readonly documents: (briefing: BriefingId) => Promise<ReadonlyMap<string, Uint8Array>>;
  /** Whether a pass opens the door to the queues. */
  readonly mayEnter: (pass: string) => Promise<boolean>;
  /** The clock that briefings go by, and how long a stretch of it really takes, in milliseconds. */
  readonly now: () => number;
  readonly real?: (ms: number) => number;
  readonly log: Logger;
}

/** What a server does outside the room: letters, webhooks, records at the closing. */
export interface Notifying {
  readonly webhooks: Webhooks;
  readonly contacts: ContactsPort;
  /** The queues to look at, behind their door. */
  readonly board: Router;
  /** Begins to follow every briefing; to be called once. */
  follow(): void;
  close(): Promise<void>;
}

interface ContactsPort {
  get: ContactStore['get'];
  set: ContactStore['set'];
}

export async function createNotifying(o: NotifyingOptions): Promise<Notifying> {
  const { redis, briefings, now, log, config, secret } = o;
  const connections = openConnections({ redisUrl: o.redisUrl, prefix: 'diemcau', log });
  const replicated = () => writtenToReplicas(redis, config.redis.replicas);
  const store = { redis, replicated };
  const contacts = new ContactStore(store);
  const done = new DoneStore(store);
  const open = (briefing: BriefingId) => briefings.open(briefing);
  const mailer = mailerFrom(config.smtp);
  const webhooks = await Webhooks.create({
    connections,
    store: new WebhookStore(store),
    // Receivers compare the time of signing with their own clocks.
    sender: createSender({ ...config.webhooks, now: Date.now }),
    secretOf: (webhook) => webhookSecret(secret, webhook),
    shown: forOffice,
    open,
    now,
    log,
  });
  const notices = await Notices.create({
    connections,
    open,
    calendar: o.calendar,
    contacts,
    done,
    mailer,
    write: letter,
    tell: (briefing, notice) => webhooks.tell(briefing, notice),
    now,
    real: o.real ?? ((ms) => ms),
    log,
  });
  const keeping = await createKeeping({
    connections,
    done,
    keep: async (briefing) => keep(config.dataDir, briefing, await o.documents(briefing)),
    now,
  });
  const queues = [o.jobs.queue, ...notices.queues, webhooks.queue, keeping.queue] as Queue[];
  return {
    webhooks,
    board: createBoard({
      queues,
      secret,
      mayEnter: o.mayEnter,
      overTls: config.publicUrl?.startsWith('https:') ?? false,
    }),
    contacts: {
      get: (briefing) => contacts.get(briefing),
      async set(briefing, wanted) {
        await contacts.set(briefing, wanted);
        const journal = await briefings.open(briefing);
        if (journal) await notices.contactsChanged(journal.state);
      },
    },
    follow: () => followAll({ briefings, notices, webhooks, keeping }),
    async close() {
      await Promise.all([notices.close(), webhooks.close(), keeping.close()]);
      mailer?.close();
      connections.close();
    },
  };
}

interface Following {
  readonly briefings: Briefings;
  readonly notices: Notices;
  readonly webhooks: Webhooks;
  readonly keeping: Awaited<ReturnType<typeof createKeeping>>;
}

/** Every server sets the same; the names of occasions make each one. */
function followAll({ briefings, notices, webhooks, keeping }: Following): void {
  briefings.each((briefing, journal) => {
    let set: ReadonlySet<string> = new Set();
    let seen: string | undefined;
    let directives: unknown;
    const follow = () => {
      const { state } = journal;
      if (state.version > 0) webhooks.follow(briefing, state.version);
      // On a busy floor most events change nothing of this, and days are dear to reckon.
      const { phase, phaseSince, startsAt, timeZone } = state;
      const now = [phase, phaseSince, startsAt, timeZone].join();
      if (now === seen && directives === state.directives) return;
      seen = now;
      directives = state.directives;
      const due = notices.due(state);
      for (const notice of due) if (!set.has(notice.id)) void notices.schedule(briefing, notice);
      const records = keepingDue(state);
      if (records !== undefined && !set.has(records)) {
        void keeping.schedule({ id: records, name: 'records', delayMs: 0, data: { briefing } });
      }
      set = new Set([...due.map(({ id }) => id), ...(records === undefined ? [] : [records])]);
    };
    const stops = [
      journal.subscribe(follow),
      // What Redis lost with a replaced primary was in no journal: all is set anew.
      journal.onCondition((condition) => {
        if (condition !== 'running') return;
        set = new Set();
        seen = undefined;
        follow();
      }),
    ];
    follow();
    return () => {
      for (const stop of stops) stop();
      webhooks.forget(briefing);
    };
  });
}

function mailerFrom(smtp: Config['smtp']): (Mailer & { close(): void }) | undefined {
  const { host, from, password, ...rest } = smtp;
  if (host === undefined || from === undefined) return undefined;
  return createMailer({
    ...rest,
    host,
    from,
    password: password?.reveal(),
    refused: (message) => new MailRefused(message),
  });
}

/**
 * Each file is there whole or not at all. Says in which folder, and the archive's seal: it belongs
 * somewhere else too, and a log that is kept elsewhere is such a place.
 */
async function keep(
  dataDir: string,
  briefing: BriefingId,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<string> {
  const folder = join(dataDir, 'records', briefing);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const [name, bytes] of files) {
    const file = join(folder, name);
    await writeFile(`${file}.part`, bytes, { mode: 0o600 });
    await rename(`${file}.part`, file);
  }
  const archive = files.get('archive.zip');
  return archive ? `${folder}, seal ${sealOf(unzipped(archive))}` : folder;
}
