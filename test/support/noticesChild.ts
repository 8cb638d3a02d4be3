import { pino } from 'pino';
import type { BriefingState } from '../../server/domain/briefing.ts';
import { startNoticesServer } from './noticesServer.ts';

/** A server's letters in a process of their own, to be killed over one. */
const [redisUrl = '', prefix = '', smtpPort = '', state = ''] = process.argv.slice(2);
const briefing = JSON.parse(state) as BriefingState;
const server = await startNoticesServer({
  redisUrl,
  prefix,
  smtpPort: Number(smtpPort),
  state: () => briefing,
  log: pino({ level: 'silent' }),
});
await server.follow(briefing);
