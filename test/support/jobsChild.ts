import { pino } from 'pino';
import { createClient } from 'redis';
import { createJobs } from '../../server/jobs/jobs.ts';

/**
 * A server's timers in a process of their own, to be killed: it notes in Redis that it has begun a
 * job, and never ends one.
 */
const [redisUrl = '', prefix = ''] = process.argv.slice(2);
const notes = createClient({ url: redisUrl });
await notes.connect();
await createJobs({
  redisUrl,
  prefix,
  log: pino({ level: 'silent' }),
  submit: async (_briefing, _command, id) => {
    await notes.rPush(`${prefix}:begun`, id);
    return new Promise(() => {});
  },
});
process.stdout.write('ready\n');
