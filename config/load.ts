import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { overlaid } from './environment.ts';
import { checked, readYaml } from './fault.ts';
import { type Config, configSchema } from './schema.ts';

export type LoadOptions = {
  /** Instead of `DIEMCAU_CONFIG` or `config/local.yaml`; it must exist. */
  file?: string;
  env?: Record<string, string | undefined>;
  /** The checkout; relative paths in the configuration are meant from here. */
  root?: string;
};

/**
 * The configuration: the schema's defaults, under the file, under the environment. The file is
 * `config/local.yaml` (git ignores it, and it need not exist) or the one that `DIEMCAU_CONFIG`
 * names (which must). Relative paths are meant from the root, and come back absolute; the
 * secret's file is `secret` in the data folder unless another is named.
 *
 * @throws ConfigFault naming every bad or unknown key, its file and line or its variable.
 */
export function loadConfig(options: LoadOptions = {}): Config {
  const env = options.env ?? process.env;
  const root = options.root ?? resolve(import.meta.dirname, '..');
  const named = options.file ?? (env.DIEMCAU_CONFIG || undefined);
  const file = named === undefined ? join(root, 'config', 'local.yaml') : resolve(root, named);
  const source =
    named === undefined && !existsSync(file)
      ? { value: {}, place: () => 'defaults' }
      : readYaml(file);
  const config = checked(configSchema, overlaid(source, env));
  const dataDir = resolve(root, config.dataDir);
  const secretFile = resolve(root, config.secretFile ?? join(dataDir, 'secret'));
  return { ...config, dataDir, secretFile };
}
