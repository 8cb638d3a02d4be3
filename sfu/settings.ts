import { z } from 'zod';
import { opaqueId } from './protocol/media.ts';

const port = z.coerce.number().int().min(0).max(65_535);
const range = z
  .string()
  .regex(/^\d+-\d+$/, 'expected the lowest and the highest port, as 40000-40999')
  .transform((text) => text.split('-').map(Number))
  .transform(([min = 0, max = 0]) => ({ min, max }))
  .refine(({ min, max }) => min >= 1024 && min <= max && max <= 65_535, 'not a range of ports');

/** The environment of one media node. Empty variables count as not set. */
const schema = z.object({
  SFU_NODE_ID: opaqueId,
  SFU_REGION: opaqueId.default('default'),
  SFU_CONTROL_HOST: z.string().min(1).default('127.0.0.1'),
  SFU_CONTROL_PORT: port,
  SFU_CONTROL_URL: z.url({ protocol: /^https?$/ }).optional(),
  SFU_RTC_PORT: port,
  SFU_LISTEN_IP: z.union([z.ipv4(), z.ipv6()]).default('127.0.0.1'),
  SFU_ANNOUNCED_ADDRESS: z.string().min(1).optional(),
  /** Where this node's ends of pipes listen, when it is not where browsers come in. */
  SFU_PIPE_IP: z.union([z.ipv4(), z.ipv6()]).optional(),
  SFU_PIPE_ANNOUNCED_ADDRESS: z.string().min(1).optional(),
  SFU_PIPE_PORTS: range.optional(),
  /** Bytes of the browsers' UDP socket's buffers. */
  SFU_RECV_BUFFER: z.coerce
    .number()
    .int()
    .min(65_536)
    .default(4 * 1024 * 1024),
  /** Milliseconds that an endpoint lives without a server that cares for it. */
  SFU_ORPHAN_GRACE_MS: z.coerce.number().int().min(0).max(600_000).default(30_000),
  /** How long servers and peers may take to answer a sign of life, asked for every 300 ms; ms. */
  SFU_LINK_DEADLINE_MS: z.coerce.number().int().min(300).max(10_000).default(700),
  /** The longest that a drain may take; ms. */
  SFU_DRAIN_LIMIT_MS: z.coerce.number().int().min(0).max(600_000).default(30_000),
  /** The starter's count of nodes, which a node inherits and does not need. */
  SFU_NODES: z.string().optional(),
  DIEMCAU_SECRET_FILE: z.string().min(1),
  DIEMCAU_PARENT: z.enum(['0', '1']).default('0'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});
export type Settings = z.infer<typeof schema>;

/** Throws with one line for each bad variable; an SFU_ variable that nobody knows is one. */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const set = Object.entries(environment).filter(
    ([, value]) => value !== undefined && value !== '',
  );
  const known = new Set(Object.keys(schema.shape));
  const faults = set
    .filter(([name]) => name.startsWith('SFU_') && !known.has(name))
    .map(([name]) => `${name}: no such setting`);
  const parsed = schema.safeParse(Object.fromEntries(set));
  for (const issue of parsed.error?.issues ?? []) {
    faults.push(`${issue.path.join('.')}: ${issue.message}`);
  }
  if (faults.length > 0 || !parsed.success) throw new Error(faults.join('\n'));
  return parsed.data;
}
