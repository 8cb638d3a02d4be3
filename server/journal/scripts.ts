import { readFileSync } from 'node:fs';
import { type CommandParser, defineScript } from 'redis';

/** A script of one key; whoever calls it knows what it replies. */
const script = (file: string) =>
  defineScript({
    SCRIPT: readFileSync(new URL(file, import.meta.url), 'utf8'),
    NUMBER_OF_KEYS: 1,
    parseCommand(parser: CommandParser, key: string, args: readonly string[]) {
      parser.pushKey(key);
      parser.push(...args);
    },
    transformReply: (reply: unknown) => reply,
  });

/** Sent as EVALSHA; the client falls back to EVAL where Redis does not know them yet. */
export const scripts = {
  appendEvents: script('./append.lua'),
  keepSnapshot: script('./snapshot.lua'),
  renewLeases: script('./renew.lua'),
  sweepLeases: script('./sweep.lua'),
};
