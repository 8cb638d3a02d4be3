import { existsSync, readFileSync } from 'node:fs';
import { isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';

type Path = readonly PropertyKey[];

/**
 * What a person wrote in a configuration file or the environment cannot be used. The message
 * lists every problem at once, each with its place and the key, so that one round of mending
 * is enough.
 */
export class ConfigFault extends Error {
  override readonly name = 'ConfigFault';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`Configuration cannot be used:\n${problems.map((text) => `  - ${text}`).join('\n')}`);
    this.problems = problems;
  }
}

export type YamlFile = {
  value: unknown;
  /** `file:line` of the value at this path or, if the file does not have it, of what would hold it. */
  place: (path: Path) => string;
};

/**
 * Reads one YAML 1.2 file, of which JSON is a part. Keys given twice and unknown tags are
 * refused, since either would drop what somebody wrote.
 *
 * @throws ConfigFault if the file is missing or is not YAML.
 */
export function readYaml(file: string): YamlFile {
  if (!existsSync(file)) throw new ConfigFault([`${file}: there is no such file`]);
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter: lines });
  const broken = [...document.errors, ...document.warnings];
  if (broken.length > 0) {
    throw new ConfigFault(
      broken.map(({ message }) => `${file}: ${message.split('\n')[0]?.replace(/:$/, '')}`),
    );
  }
  const place = (path: Path): string => {
    if (path.length === 0) return file;
    const node = document.getIn(path, true);
    const start = isNode(node) ? node.range?.[0] : undefined;
    return start === undefined ? place(path.slice(0, -1)) : `${file}:${lines.linePos(start).line}`;
  };
  return { value: document.toJS() ?? {}, place };
}

/**
 * Checks a value against its schema, and says of each fault where it stands, which key it is
 * and what was expected.
 *
 * @throws ConfigFault with every problem found.
 */
export function checked<S extends z.ZodType>(schema: S, { value, place }: YamlFile): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new ConfigFault(
    result.error.issues.flatMap((issue) => {
      if (issue.code === 'unrecognized_keys') {
        return issue.keys.map((key) => {
          const path = [...issue.path, key];
          return `${place(path)}: ${keyName(path)}: unknown key`;
        });
      }
      return [`${place(issue.path)}: ${keyName(issue.path)}: ${issue.message}`];
    }),
  );
}

/** `rtc.iceServers[0].urls`, the way the key would be written in code. */
function keyName(path: Path): string {
  const name = path.reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${part}]` : `${text}${text && '.'}${String(part)}`,
    '',
  );
  return name || '(whole file)';
}
