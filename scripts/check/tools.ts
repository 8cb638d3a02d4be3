import { join } from 'node:path';

export type Tool = {
  name: string;
  /** What a person types to mend or to look closer. */
  hint: string;
  args: readonly string[];
};

const folders = ['server', 'sfu', 'client', 'config', 'scripts', 'test'];

/**
 * The tools of the gate, each as arguments for Node. They are named by their files because two
 * packages bring a `tsc`, and only one of them is the compiler meant here.
 */
export function tools(root: string): Tool[] {
  const module = (...path: string[]) => join(root, 'node_modules', ...path);
  return [
    {
      name: 'format and lint',
      hint: 'npm run format',
      args: [
        module('@biomejs', 'biome', 'bin', 'biome'),
        'check',
        '--config-path=scripts/check/style.json',
        '--error-on-warnings',
      ],
    },
    { name: 'types', hint: 'npx tsc', args: [module('typescript', 'bin', 'tsc'), '--noEmit'] },
    {
      name: 'imports',
      hint: 'the table is in scripts/check/imports.ts',
      args: [
        '--import',
        join(root, 'scripts', 'check', 'typescriptApi.ts'),
        module('dependency-cruiser', 'bin', 'dependency-cruiser.mjs'),
        '--config',
        'scripts/check/imports.ts',
        '--output-type',
        'err-long',
        ...folders,
      ],
    },
    {
      name: 'dead code',
      hint: 'remove it, or use it',
      args: [module('knip', 'bin', 'knip.js'), '--no-progress'],
    },
  ];
}

/** Vitest for the given projects; its result also goes to a file where one is named. */
export function vitestArgs(root: string, projects: readonly string[], json?: string): string[] {
  return [
    join(root, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    '--config',
    join(root, 'test', 'vitest.config.ts'),
    ...projects.flatMap((project) => ['--project', project]),
    '--reporter=default',
    ...(json === undefined ? [] : ['--reporter=json', `--outputFile.json=${json}`]),
  ];
}
