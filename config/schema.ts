import { z } from 'zod';
import { Secret } from './secret.ts';

const port = z.int().min(1).max(65_535);
const bitrate = z.int().min(10_000).max(50_000_000);
const socketBuffer = z.int().min(65_536).max(67_108_864);
const pixels = z.int().min(16).max(3_840);
const frameRate = z.number().min(1).max(60);
const name = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'expected lower-case words joined by hyphens');

/** One entry of `RTCConfiguration.iceServers`, as browsers take it (W3C WebRTC §4.2.1). */
const iceServer = z.strictObject({
  urls: z
    .array(z.string().regex(/^(stuns?|turns?):\S+$/, 'expected a stun: or turn: address'))
    .min(1),
  username: z.string().min(1).exactOptional(),
  credential: z
    .string()
    .min(1)
    .transform((text) => new Secret(text))
    .exactOptional(),
});

const turn = z.strictObject({
  urls: z.array(z.string().regex(/^turns?:\S+$/, 'expected a turn: or turns: address')).min(1),
  secret: z
    .string()
    .min(16)
    .transform((text) => new Secret(text)),
  ttlSeconds: z.int().min(60).max(604_800).default(43_200),
});

const mediaNode = z.strictObject({
  id: name,
  url: z.url({ protocol: /^https?$/, error: 'expected an http:// or https:// address' }),
});

const rtc = z
  .strictObject({
    listenIp: z
      .union([z.ipv4(), z.ipv6()], 'expected an IPv4 or IPv6 address')
      .default('127.0.0.1'),
    announcedAddress: z.string().min(1).exactOptional(),
    // Below the range from which Linux lends ports to clients (32768 and up): one of those could
    // sit on a media port just when a node starts again.
    basePort: port.default(20_000),
    iceServers: z.array(iceServer).default([]),
    turn: turn.exactOptional(),
    bufferSize: socketBuffer.default(4_194_304),
  })
  .refine((value) => value.announcedAddress || !['0.0.0.0', '::'].includes(value.listenIp), {
    path: ['announcedAddress'],
    message: 'expected an address that sites can reach, because listenIp is the wildcard',
  });

/** Named as in `RTCRtpEncodingParameters`, so that a browser can be handed the list as it is. */
const simulcastLayer = z.strictObject({
  scaleResolutionDownBy: z.number().min(1).max(16),
  maxBitrate: bitrate,
  maxFramerate: frameRate.exactOptional(),
});

const media = z.strictObject({
  camera: z
    .strictObject({
      width: pixels.default(1_280),
      height: pixels.default(720),
      frameRate: frameRate.default(25),
    })
    .prefault({}),
  simulcast: z
    .array(simulcastLayer)
    .min(1)
    .max(3)
    .refine(
      (layers) =>
        layers.every((layer, i) => {
          const above = layers[i + 1];
          return !above || above.scaleResolutionDownBy < layer.scaleResolutionDownBy;
        }),
      'expected the layers from the smallest picture to the largest',
    )
    .default([
      { scaleResolutionDownBy: 4, maxBitrate: 120_000, maxFramerate: 15 },
      { scaleResolutionDownBy: 2, maxBitrate: 450_000 },
      { scaleResolutionDownBy: 1, maxBitrate: 1_500_000 },
    ]),
  presentation: z
    .strictObject({
      width: pixels.default(1_920),
      height: pixels.default(1_080),
      frameRate: frameRate.default(15),
      maxBitrate: bitrate.default(2_500_000),
    })
    .prefault({}),
  microphone: z.strictObject({ maxBitrate: bitrate.default(40_000) }).prefault({}),
});

const mode = z.enum(['moderated', 'firstComeFirstServed']);
const maxFloorUsers = z.int().min(1).max(16);
const interrupt = z.enum(['none', 'lower', 'sameOrLower']);

const speech = z.strictObject({
  minutes: z.number().positive().max(240).nullable().default(7),
  warningSeconds: z.array(z.int().min(1).max(3_600)).max(4).default([60, 15]),
  atEnd: z.enum(['warn', 'close']).default('warn'),
});

/** What an item of the agenda may say of the floor; what it leaves out stays as it was. */
export const itemFloor = z.strictObject({
  mode: mode.exactOptional(),
  maxFloorUsers: maxFloorUsers.exactOptional(),
  interrupt: interrupt.exactOptional(),
  speech: speech.exactOptional(),
});

const floor = z.strictObject({
  mode: mode.default('moderated'),
  maxFloorUsers: maxFloorUsers.default(1),
  graceMs: z.int().min(0).max(600_000).default(10_000),
  speech: speech.prefault({}),
  replyMinutes: z.number().positive().max(60).nullable().default(3),
  interrupt: interrupt.default('none'),
});

const limits = z.strictObject({
  commandsPerSecond: z.int().min(1).max(100_000).default(20),
  maxHttpBufferSize: z.int().min(16_384).max(1_048_576).default(65_536),
});

const lineCheck = z.strictObject({ atJoin: z.boolean().default(true) });

const leases = z
  .strictObject({
    ttlMs: z.int().min(500).max(120_000).default(6_000),
    renewMs: z.int().min(100).max(60_000).default(2_000),
  })
  .refine((value) => value.renewMs * 2 <= value.ttlMs, {
    path: ['renewMs'],
    message: 'expected at most half of ttlMs, so that one late renewal loses no seat',
  });

const hostAndPort = z
  .string()
  .regex(/^(\[[0-9a-fA-F:.]+\]|[^\s:/@[\]]+):\d{1,5}$/, 'expected host:port');

/** Without sentinels there is one Redis; with them, one primary and replicas. */
const redis = z
  .strictObject({
    sentinels: z.array(hostAndPort).default([]),
    masterName: z.string().min(1).default('mymaster'),
    sentinelPassword: z
      .string()
      .min(1)
      .transform((text) => new Secret(text))
      .exactOptional(),
    replicas: z.int().min(0).max(9).exactOptional(),
  })
  .transform((value) => ({
    ...value,
    replicas: value.replicas ?? (value.sentinels.length > 0 ? 1 : 0),
  }));

const secretText = z
  .string()
  .min(1)
  .transform((text) => new Secret(text));

/** Without a host no mail is sent. */
const smtp = z
  .strictObject({
    host: z.string().min(1).exactOptional(),
    port: port.default(587),
    security: z.enum(['tls', 'starttls', 'none']).default('starttls'),
    user: z.string().min(1).exactOptional(),
    password: secretText.exactOptional(),
    from: z
      .string()
      .max(200)
      .regex(/^[^<>\r\n]*<?[^\s@<>]+@[^\s@<>]+>?$/, 'expected an e-mail address')
      .exactOptional(),
  })
  .refine((value) => value.host === undefined || value.from !== undefined, {
    path: ['from'],
    message: 'expected the address that mail comes from, because a host is set',
  });

const network = z.union([z.cidrv4(), z.cidrv6()], 'expected a network, as in 10.1.0.0/16');

const webhooks = z.strictObject({
  networks: z.array(network).default([]),
  timeoutMs: z.int().min(500).max(60_000).default(10_000),
});

/** All servers of an installation must say the same: it is where their common clock stands. */
const rehearsal = z.strictObject({
  at: z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
  since: z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
  speed: z.number().min(1).max(600).default(1),
});

/**
 * Everything that the processes can be told. `example.yaml` says of each key what it does and
 * in which unit; the two are held together by a test.
 */
export const configSchema = z
  .strictObject({
    // Loopback by default: browsers give a camera only to HTTPS or localhost pages, so an address
    // on the network would be reachable and yet useless until somebody has put TLS in front.
    host: z.string().min(1).default('127.0.0.1'),
    port: port.default(8_080),
    publicUrl: z
      .url({ protocol: /^https?$/, error: 'expected an http:// or https:// address' })
      .transform((text) => text.replace(/\/+$/, ''))
      .exactOptional(),
    // The address may hold a password, so the whole of it is kept out of logs.
    redisUrl: z
      .url({ protocol: /^rediss?$/, error: 'expected a redis:// or rediss:// address' })
      .transform((text) => new Secret(text))
      .exactOptional(),
    redis: redis.prefault({}),
    dataDir: z.string().min(1).default('data'),
    serverNodes: z.int().min(1).max(16).default(1),
    sfuNodes: z.int().min(1).max(32).default(2),
    secretFile: z.string().min(1).exactOptional(),
    nodes: z.array(mediaNode).default([]),
    rtc: rtc.prefault({}),
    media: media.prefault({}),
    floor: floor.prefault({}),
    limits: limits.prefault({}),
    lineCheck: lineCheck.prefault({}),
    leases: leases.prefault({}),
    smtp: smtp.prefault({}),
    webhooks: webhooks.prefault({}),
    rehearsal: rehearsal.exactOptional(),
    logLevel: z
      .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
      .default('info'),
    briefing: name.default('2019-06'),
  })
  .refine(
    ({ redis, redisUrl }) =>
      redis.sentinels.length === 0 || redisUrl?.reveal().startsWith('rediss:') !== true,
    { path: ['redisUrl'], message: 'expected redis://, since there is no TLS with sentinels' },
  );

/** As `loadConfig` returns it: both paths are absolute, and there always is a `secretFile`. */
export type Config = z.infer<typeof configSchema> & { secretFile: string };
