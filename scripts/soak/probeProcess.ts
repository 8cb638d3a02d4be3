import { readdir } from 'node:fs/promises';
import { queryObjects, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

// The probe may need what the process itself was not started with.
setFlagsFromString('--expose-gc');
const gc = runInNewContext('gc') as () => void;

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Several times, because what one collection frees may have held on to more by a finalizer. */
export async function forceGc(): Promise<void> {
  for (let i = 0; i < 3; i++) {
    gc();
    await turn();
  }
}

/** Of the kinds that Node itself counts as holding the process open. */
const watched: Readonly<Record<string, string>> = {
  Timeout: 'timers',
  TCPSocketWrap: 'sockets',
  TCPServerWrap: 'listening',
  PipeWrap: 'pipesOpen',
  FSReqCallback: 'fileReads',
};

/** `objects`: counts live objects too, for which V8 walks over the whole heap. */
export async function countProcess(objects: boolean): Promise<Record<string, number>> {
  const { rss, heapUsed, external } = process.memoryUsage();
  const files = (await readdir('/proc/self/fd')).length;
  return {
    rssBytes: rss,
    heapUsedBytes: heapUsed,
    externalBytes: external,
    files,
    ...resources(),
    ...(objects ? countObjects() : {}),
  };
}

function resources(): Record<string, number> {
  const counts = Object.fromEntries(Object.values(watched).map((name) => [name, 0]));
  for (const kind of process.getActiveResourcesInfo()) {
    const name = watched[kind];
    if (name) counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

/** Each walk stops the process for as long as a whole collection takes, so there are but two. */
function countObjects(): Record<string, number> {
  return {
    closures: queryObjects(Function, { format: 'count' }),
    promises: queryObjects(Promise, { format: 'count' }),
  };
}
