import type { IConfiguration, IForbiddenRuleType } from 'dependency-cruiser';

type Rule = {
  name: string;
  /** The reason, shown where the rule is broken. */
  reason: string;
  /** Regular expression over the importing file's path from the checkout's root. */
  from: string;
  /** What of it is not meant. */
  fromExcept?: string;
  /** The only paths that may be imported; packages and Node's own modules are decided by `packages`. */
  may: readonly string[];
  /** Packages that may be imported: all, none, or these names. */
  packages: 'any' | 'none' | readonly string[];
};

/** The design's import table: who may import whom. */
const table: readonly Rule[] = [
  {
    name: 'domain-stands-alone',
    reason:
      'server/domain holds the rules of a briefing and nothing else: no zod, no node:, no clock, no I/O, so that server, browser and tests run the very same code.',
    from: '^server/domain/',
    may: ['^server/domain/'],
    packages: 'none',
  },
  {
    name: 'sfu-knows-no-briefings',
    reason:
      'A media node serves spaces, endpoints and streams under opaque ids and imports nothing of the server; only sfu/main.ts reads the configuration.',
    from: '^sfu/',
    fromExcept: '^sfu/main\\.ts$',
    may: ['^sfu/'],
    packages: 'any',
  },
  {
    name: 'sfu-main-reads-config',
    reason: 'sfu/main.ts puts the media node together from sfu/ and the configuration alone.',
    from: '^sfu/main\\.ts$',
    may: ['^sfu/', '^config/'],
    packages: 'any',
  },
  {
    name: 'protocol-is-schemas',
    reason:
      "server/protocol is the wire that browsers speak: domain types, the SFU's media shapes and zod, so that the browser can load it.",
    from: '^server/protocol/',
    may: ['^server/protocol/', '^server/domain/', '^sfu/protocol/'],
    packages: ['zod'],
  },
  ...(['journal', 'media', 'jobs', 'records', 'gateway'] as const).map(
    (part): Rule => ({
      name: `server-${part}-apart`,
      reason: `server/${part} knows the domain and the wires; another part of the server reaches it only through what main.ts hands over, so that each can be tested and replaced alone.`,
      from: `^server/${part}/`,
      may: [
        `^server/${part}/`,
        '^server/domain/',
        '^server/protocol/',
        // The SFU owns what the server says to it; only the part that talks to nodes may know it.
        ...(part === 'media' ? ['^sfu/protocol/'] : []),
      ],
      packages: 'any',
    }),
  ),
  {
    name: 'server-planning-apart',
    reason:
      'server/planning makes plans and reads workbooks by the domain and the wire alone; templates, journals and the registry come to it through what main.ts hands over, so that it can be tested without any of them.',
    from: '^server/planning/',
    may: ['^server/planning/', '^server/domain/', '^server/protocol/'],
    packages: 'any',
  },
  {
    name: 'server-notify-apart',
    reason:
      'server/notify carries letters and webhooks to the outside: it knows how to reach it and what to say, and nothing of queues, stores or journals, so that each way out can be tested against a real receiver.',
    from: '^server/notify/',
    may: ['^server/notify/', '^server/domain/'],
    packages: 'any',
  },
  {
    name: 'client-speaks-protocol',
    reason:
      'The browser shares the rules and the wire with the server and nothing else; anything more would put server code, or its secrets, into a page.',
    from: '^client/',
    fromExcept: '^client/vite\\.config\\.ts$',
    may: ['^client/', '^server/domain/', '^server/protocol/'],
    packages: 'any',
  },
  {
    name: 'config-stands-alone',
    reason:
      'Configuration is read before anything else is there, so it can depend on nothing else.',
    from: '^config/',
    may: ['^config/'],
    packages: 'any',
  },
  {
    name: 'product-without-tests',
    reason: 'What runs in a briefing may not depend on tests or on the scripts that build it.',
    from: '^server/[^/]+\\.ts$',
    may: ['^server/', '^sfu/protocol/', '^config/'],
    packages: 'any',
  },
];

const packagePath = '^node_modules/';
const nodeModule = { dependencyTypes: ['core'] } as const;

function forbidden(rule: Rule): IForbiddenRuleType[] {
  const from = {
    path: rule.from,
    ...(rule.fromExcept !== undefined && { pathNot: rule.fromExcept }),
  };
  const base = { severity: 'error' as const, comment: rule.reason, from };
  const ours: IForbiddenRuleType = {
    ...base,
    name: rule.name,
    to: { path: '^(server|sfu|client|config|scripts|test)/', pathNot: [...rule.may] },
  };
  if (rule.packages === 'any') return [ours];
  const names = rule.packages === 'none' ? [] : rule.packages;
  return [
    ours,
    {
      ...base,
      name: `${rule.name}-packages`,
      to: {
        path: packagePath,
        pathNot: names.map((name) => `^node_modules/${name}/`),
      },
    },
    {
      ...base,
      name: `${rule.name}-node`,
      to: { dependencyTypes: [...nodeModule.dependencyTypes] },
    },
  ];
}

export default {
  forbidden: [
    ...table.flatMap(forbidden),
    {
      name: 'no-cycle',
      severity: 'error',
      comment:
        'Two files that need each other are one file, or a third is missing; a cycle of types alone does no harm.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only', 'type-import'] } },
    },
    {
      name: 'resolvable',
      severity: 'error',
      comment: 'The import leads nowhere.',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'declared',
      severity: 'error',
      comment: 'The package is not in package.json, so the next npm ci may take it away.',
      from: { pathNot: '^(test|scripts)/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    parser: 'tsc',
    // Imports of types count: knowing another part's types is knowing that part.
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(client/dist|data)/' },
    moduleSystems: ['es6', 'cjs'],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.d.ts'],
    },
  },
} satisfies IConfiguration;
