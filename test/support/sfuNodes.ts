import { pino } from 'pino';
import { io, type Socket } from 'socket.io-client';
import { SharedSecret } from '../../sfu/control/auth.ts';
import { type CreateNodeOptions, createNode, type RunningNode } from '../../sfu/createNode.ts';
import type { RtpParameters, Source } from '../../sfu/protocol/media.ts';
import type { ReportMap } from '../../sfu/protocol/reports.ts';
import {
  type Answers,
  type EndpointPlan,
  type Request,
  type RequestName,
  requestEvent,
} from '../../sfu/protocol/requests.ts';
import { until } from './until.ts';

export const secretText = 'a secret for tests only';
export const space = 'briefing-1';

/** A real media node in this process, with a real worker and free ports on the loopback. */
export function startNode(
  node: string,
  options: Partial<
    Pick<
      CreateNodeOptions,
      'heartbeat' | 'linkHeartbeat' | 'orphanGraceMs' | 'control' | 'drainLimitMs'
    >
  > = {},
): Promise<RunningNode> {
  return createNode({
    node,
    region: 'north',
    secret: new SharedSecret(secretText),
    log: pino({ level: process.env.LOG_LEVEL ?? 'silent' }),
    control: { host: '127.0.0.1', port: 0 },
    rtc: { ip: '127.0.0.1', port: 0, bufferSize: 1 << 20 },
    pipes: { ip: '127.0.0.1', recvBufferSize: 1 << 20 },
    // Both ends of each link are in this one process, which may be busy for a second.
    linkHeartbeat: { every: 2000, deadline: 8000 },
    ...options,
  });
}

type Told = { [E in keyof ReportMap]: Parameters<ReportMap[E]>[0][] };

/** A server's link to a node, as a test plays it: asks, and keeps all that it is told. */
export class TestLink {
  readonly told: Told = {
    report: [],
    load: [],
    streams: [],
    consumers: [],
    demand: [],
    levels: [],
    endpointsClosed: [],
  };
  readonly socket: Socket;

  static async create(url: string, auth: object = { secret: secretText }): Promise<TestLink> {
    const link = new TestLink(url, auth);
    await until(() => link.told.report.length > 0, { what: 'the first report' });
    return link;
  }

  private constructor(url: string, auth: object) {
    this.socket = io(url, { transports: ['websocket'], auth, forceNew: true });
    for (const [event, list] of Object.entries(this.told) as [string, unknown[]][]) {
      this.socket.on(event, (message: unknown) => list.push(message));
    }
  }

  ask<N extends RequestName>(name: N, request: Request<N>): Promise<Answers[N]> {
    return this.raw(requestEvent(name), request) as Promise<Answers[N]>;
  }

  raw(event: string, ...args: unknown[]): Promise<unknown> {
    return this.socket.timeout(10_000).emitWithAck(event, ...args);
  }

  /** Opens an endpoint and gives its incarnation. */
  async open(endpoint: string, token = 1, standby = false): Promise<string> {
    const answer = await this.ask('openEndpoint', { space, endpoint, token, standby });
    if (!answer.ok) throw new Error(`not opened: ${answer.fault} ${answer.detail ?? ''}`);
    return answer.incarnation;
  }

  apply(...plans: EndpointPlan[]): Promise<Answers['apply']> {
    return this.ask('apply', { space, plans });
  }

  publish(endpoint: string, incarnation: string, source: Source): Promise<Answers['publish']> {
    const kind = source === 'microphone' ? 'audio' : 'video';
    const rtpParameters = kind === 'audio' ? opus(nextSsrc()) : vp8(nextSsrc(), 3);
    return this.ask('publish', { space, endpoint, incarnation, source, kind, rtpParameters });
  }

  /** The consumers that this endpoint has, by all that was told. */
  consumersOf(endpoint: string) {
    const there = new Map<string, Told['consumers'][0]['endpoints'][0]['added'][0]>();
    for (const { endpoints } of this.told.consumers) {
      for (const change of endpoints.filter((e) => e.endpoint === endpoint)) {
        if (change.complete) there.clear();
        for (const id of change.removed) there.delete(id);
        for (const offer of change.added) there.set(offer.id, offer);
      }
    }
    return [...there.values()];
  }

  /** The last that was said about what is wanted of a stream. */
  demandOf(endpoint: string, source: Source): string | undefined {
    return this.told.demand
      .flatMap(({ streams }) => streams)
      .findLast(({ stream }) => stream.endpoint === endpoint && stream.source === source)?.demand;
  }

  /** All of the endpoint's consumers that were told and are there. */
  ready(endpoint: string, incarnation: string): Promise<Answers['ready']> {
    const consumers = this.consumersOf(endpoint).map(({ id }) => id);
    return this.ask('ready', { space, items: [{ endpoint, incarnation, consumers }] });
  }

  close(): void {
    this.socket.disconnect();
  }
}

let ssrcs = 100_000;
export const nextSsrc = (): number => {
  ssrcs += 10;
  return ssrcs;
};

export function opus(ssrc: number): RtpParameters {
  return {
    mid: String(ssrc),
    codecs: [{ mimeType: 'audio/opus', payloadType: 100, clockRate: 48_000, channels: 2 }],
    encodings: [{ ssrc }],
    rtcp: { cname: 'tone' },
  };
}

/** VP8, with as many simulcast encodings as asked for, from `ssrc` upwards. */
export function vp8(ssrc: number, encodings: number): RtpParameters {
  return {
    mid: String(ssrc),
    codecs: [
      {
        mimeType: 'video/VP8',
        payloadType: 101,
        clockRate: 90_000,
        rtcpFeedback: [{ type: 'nack' }, { type: 'nack', parameter: 'pli' }],
      },
    ],
    encodings: Array.from({ length: encodings }, (_, i) => ({ ssrc: ssrc + i })),
    rtcp: { cname: 'picture' },
  };
}

export const plan = (
  endpoint: string,
  token: number,
  rest: Partial<Omit<EndpointPlan, 'endpoint' | 'token'>> = {},
): EndpointPlan => ({ endpoint, token, standby: false, open: [], receive: [], ...rest });

type Receive = EndpointPlan['receive'][number];

/** One entry of a plan's `receive`. */
export const from = (
  endpoint: string,
  source: Source,
  at: string,
  { layer = 'high', hold = false }: Partial<Pick<Receive, 'layer' | 'hold'>> = {},
): Receive => ({ stream: { endpoint, source }, at, layer, hold });

/** Two nodes, `n1` and `n2`, that know one another, and a server's link to each. */
export async function startTwoNodes() {
  const [n1, n2] = await Promise.all([startNode('n1'), startNode('n2')]);
  const [a, b] = await Promise.all([
    TestLink.create(n1.controlUrl),
    TestLink.create(n2.controlUrl),
  ]);
  const nodes = [
    { node: 'n1', controlUrl: n1.controlUrl },
    { node: 'n2', controlUrl: n2.controlUrl },
  ];
  await Promise.all([a.ask('peers', { nodes }), b.ask('peers', { nodes })]);
  return { n1, n2, a, b };
}
