import type { Logger } from 'pino';
import type { BriefingState } from '../../server/domain/briefing.ts';
import { MailRefused, Notices } from '../../server/jobs/notices.ts';
import { openConnections } from '../../server/jobs/queue.ts';
import { ContactStore, DoneStore } from '../../server/jobs/store.ts';
import { connectRedis } from '../../server/journal/connect.ts';
import { letter } from '../../server/notify/letters.ts';
import { createMailer } from '../../server/notify/mailer.ts';
import { noticeDue } from '../../server/records/conclusionNotice.ts';
import { startOfDate } from '../../server/records/localTime.ts';

export interface NoticesServerOptions {
  readonly redisUrl: string;
  readonly prefix: string;
  readonly smtpPort: number;
  readonly state: () => BriefingState | undefined;
  readonly tell?: (notice: string) => void;
  readonly now?: () => number;
  readonly login?: { readonly user: string; readonly password: string };
  readonly log: Logger;
}

/** As much of a server as letters need: queues, stores and the post; the briefing is given. */
export async function startNoticesServer(o: NoticesServerOptions) {
  const { prefix, log } = o;
  const redis = await connectRedis({ url: o.redisUrl, name: 'test', log });
  const connections = openConnections({ redisUrl: o.redisUrl, prefix, log });
  const contacts = new ContactStore({ redis, prefix });
  const mailer = createMailer({
    host: '127.0.0.1',
    port: o.smtpPort,
    security: 'none',
    from: 'Điểm cầu <diemcau@example.vn>',
    ...o.login,
    refused: (message) => new MailRefused(message),
  });
  const notices = await Notices.create({
    connections,
    open: async () => {
      const state = o.state();
      return state && { state };
    },
    calendar: {
      startOfDate,
      conclusionDue: (closedAt, timeZone) =>
        noticeDue(closedAt, { timeZone, holidays: { yearly: [], dates: [] } }).date,
    },
    contacts,
    done: new DoneStore({ redis, prefix }),
    mailer,
    write: letter,
    tell: async (_, { id }) => o.tell?.(id),
    now: o.now ?? Date.now,
    real: (ms) => ms,
    log,
  });
  return {
    notices,
    contacts,
    redis,
    /** What `notifying.ts` does with every new state. */
    async follow(state: BriefingState): Promise<void> {
      await Promise.all(notices.due(state).map((n) => notices.schedule(state.id, n)));
    },
    async close(): Promise<void> {
      await notices.close();
      mailer.close();
      connections.close();
      redis.destroy();
    },
  };
}

export type NoticesServer = Awaited<ReturnType<typeof startNoticesServer>>;
