import { readFileSync } from 'node:fs';
import { type CommandParser, defineScript } from 'redis';

/** A script of so many keys; whoever calls it knows what it replies. */
const script = (file: string, keys = 1) =>
  defineScript({
    SCRIPT: readFileSync(new URL(file, import.meta.url), 'utf8'),
    NUMBER_OF_KEYS: keys,
    parseCommand(parser: CommandParser, key: string | readonly string[], args: readonly string[]) {
      parser.pushKeys(key as string | string[]);
      parser.push(...args);
    },
    transformReply: (reply: unknown) => reply,
  });

/** Sent as EVALSHA; the client falls back to EVAL where Redis does not know them yet. */
export const scripts = {
  appendEvents: script('./append.lua', 2),
  haltJournal: script('./halt.lua', 2),
  resumeJournal: script('./resume.lua', 3),
  keepSnapshot: script('./snapshot.lua'),
  renewLeases: script('./renew.lua'),
  sweepLeases: script('./sweep.lua'),
};
