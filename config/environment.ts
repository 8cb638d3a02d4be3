import type { YamlFile } from './fault.ts';

type Setting = { key: readonly [string, ...string[]]; as: keyof typeof readings };

/** How a variable's text is read; what does not fit stays as it is, for the schema to name. */
const readings = {
  text: (text: string) => text,
  number: (text: string) => (/^\s*-?\d+(\.\d+)?\s*$/.test(text) ? Number(text) : text),
  /** `10.0.0.1:26379,10.0.0.2:26379` */
  list: (text: string) => text.split(',').map((entry) => entry.trim()),
  /** `sfu-1=http://10.0.0.1:7000,sfu-2=http://10.0.0.2:7000` */
  nodes: (text: string) =>
    text.split(',').map((entry) => {
      const [id, ...url] = entry.trim().split('=');
      return { id, url: url.join('=') };
    }),
};

/** The one table of environment variables; whatever else the environment holds is ignored. */
export const environmentTable: Readonly<Record<string, Setting>> = {
  HOST: { key: ['host'], as: 'text' },
  PORT: { key: ['port'], as: 'number' },
  PUBLIC_URL: { key: ['publicUrl'], as: 'text' },
  REDIS_URL: { key: ['redisUrl'], as: 'text' },
  REDIS_SENTINELS: { key: ['redis', 'sentinels'], as: 'list' },
  REDIS_MASTER: { key: ['redis', 'masterName'], as: 'text' },
  REDIS_SENTINEL_PASSWORD: { key: ['redis', 'sentinelPassword'], as: 'text' },
  REDIS_REPLICAS: { key: ['redis', 'replicas'], as: 'number' },
  DIEMCAU_DATA: { key: ['dataDir'], as: 'text' },
  SERVER_NODES: { key: ['serverNodes'], as: 'number' },
  SFU_NODES: { key: ['sfuNodes'], as: 'number' },
  DIEMCAU_SECRET_FILE: { key: ['secretFile'], as: 'text' },
  DIEMCAU_NODES: { key: ['nodes'], as: 'nodes' },
  RTC_LISTEN_IP: { key: ['rtc', 'listenIp'], as: 'text' },
  RTC_ANNOUNCED_ADDRESS: { key: ['rtc', 'announcedAddress'], as: 'text' },
  RTC_BASE_PORT: { key: ['rtc', 'basePort'], as: 'number' },
  FLOOR_GRACE_MS: { key: ['floor', 'graceMs'], as: 'number' },
  COMMANDS_PER_SECOND: { key: ['limits', 'commandsPerSecond'], as: 'number' },
  SMTP_PASSWORD: { key: ['smtp', 'password'], as: 'text' },
  LOG_LEVEL: { key: ['logLevel'], as: 'text' },
  DIEMCAU_BRIEFING: { key: ['briefing'], as: 'text' },
};

/**
 * Lays the environment over what the file says. An empty variable counts as not set, because
 * that is what a compose file or a unit makes of one that nobody filled in. A bad value is
 * refused by the schema, under the variable's name.
 */
export function overlaid(file: YamlFile, env: Record<string, string | undefined>): YamlFile {
  const value = structuredClone(file.value);
  const taken = new Map<string, string>();
  for (const [variable, { key, as }] of Object.entries(environmentTable)) {
    const text = env[variable];
    if (text === undefined || text === '') continue;
    if (put(value, key, readings[as](text))) taken.set(key.join('.'), variable);
  }
  return {
    value,
    place: (path) => {
      const variable = path
        .map((_, i) => taken.get(path.slice(0, i + 1).join('.')))
        .find((found) => found !== undefined);
      return variable ? `environment variable ${variable}` : file.place(path);
    },
  };
}

/** False where the file has something other than a map on the way: the schema will name it. */
function put(
  value: unknown,
  [head, ...rest]: readonly [string, ...string[]],
  leaf: unknown,
): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const map = value as Record<string, unknown>;
  const [next, ...further] = rest;
  if (next === undefined) {
    map[head] = leaf;
    return true;
  }
  map[head] ??= {};
  return put(map[head], [next, ...further], leaf);
}
