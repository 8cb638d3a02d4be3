import { type Logger, pino } from 'pino';
import { SharedSecret } from './control/auth.ts';
import { createNode, type RunningNode } from './createNode.ts';
import { readSettings, type Settings } from './settings.ts';

/** All is closed within this time after a signal, or the process goes anyway; ms. */
const closeWithin = 900;

function readOrExit(): Settings {
  try {
    return readSettings(process.env);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exit(2);
  }
}

/** A starter that dies without a word leaves its pipe closed: this node goes with it. */
function endWithParent(end: () => void): void {
  process.stdin.on('end', end).on('close', end).on('error', end).resume();
  process.on('disconnect', end);
}

function endOnce(node: RunningNode, log: Logger): (reason: string) => void {
  let ending = false;
  return (reason) => {
    if (ending) return;
    ending = true;
    log.info({ reason }, 'media node closing');
    setTimeout(() => process.exit(0), closeWithin).unref();
    void node.close().finally(() => process.exit(0));
  };
}

const settings = readOrExit();
const log = pino({ level: settings.LOG_LEVEL, base: { process: 'sfu' } });

// A bug: what this process holds can no longer be trusted. Its supervisor starts another.
process.on('uncaughtException', (error) => {
  log.fatal({ err: error }, 'uncaught exception');
  process.exit(1);
});

const ip = settings.SFU_LISTEN_IP;
const announcedAddress = settings.SFU_ANNOUNCED_ADDRESS;
const node = await createNode({
  node: settings.SFU_NODE_ID,
  region: settings.SFU_REGION,
  secret: await SharedSecret.fromFile(settings.DIEMCAU_SECRET_FILE),
  log,
  control: {
    host: settings.SFU_CONTROL_HOST,
    port: settings.SFU_CONTROL_PORT,
    url: settings.SFU_CONTROL_URL,
  },
  rtc: {
    ip,
    announcedAddress,
    port: settings.SFU_RTC_PORT,
    bufferSize: settings.SFU_RECV_BUFFER,
  },
  pipes: {
    ip: settings.SFU_PIPE_IP ?? ip,
    announcedAddress: settings.SFU_PIPE_ANNOUNCED_ADDRESS ?? announcedAddress,
    portRange: settings.SFU_PIPE_PORTS,
    recvBufferSize: 1024 * 1024,
  },
  orphanGraceMs: settings.SFU_ORPHAN_GRACE_MS,
  linkHeartbeat: { every: 300, deadline: settings.SFU_LINK_DEADLINE_MS },
  drainLimitMs: settings.SFU_DRAIN_LIMIT_MS,
});

const end = endOnce(node, log);
void node.drained.then(end);
let asked = false;
process.on('SIGTERM', () => {
  if (asked) end('SIGTERM again');
  asked = true;
  node.drain('SIGTERM');
});
process.on('SIGINT', () => end('SIGINT'));
if (settings.DIEMCAU_PARENT === '1') endWithParent(() => end('parent gone'));
