import { randomUUID } from 'node:crypto';
import { signOfficePass } from '../../server/gateway/api/officePass.ts';
import { type PageRole, signPass } from '../../server/gateway/identity.ts';
import type { PlanDraft } from '../../server/protocol/plan.ts';
import type { Cluster } from './cluster.ts';
import { ClusterClient } from './clusterClient.ts';

export interface ApiAsk {
  readonly cluster: Cluster;
  readonly server?: number;
  /** Undefined: none is shown. */
  readonly pass?: string | undefined;
  readonly method?: string;
  readonly path: string;
  /** Sent as JSON; bytes are sent as they are. */
  readonly body?: unknown;
  readonly type?: string;
}

export interface ApiAnswer {
  readonly status: number;
  readonly type: string;
  /** Parsed, where it is JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every kind.
  readonly json: any;
  readonly bytes: Uint8Array;
}

/** One request to the API of a test's cluster. */
export async function api(ask: ApiAsk): Promise<ApiAnswer> {
  const { cluster, server = 0, pass, method = 'GET', path, body, type } = ask;
  const bytes = body instanceof Uint8Array || typeof body === 'string';
  const response = await fetch(`${cluster.url(server)}${path}`, {
    method,
    headers: {
      ...(pass === undefined ? {} : { authorization: `Bearer ${pass}` }),
      ...(body === undefined ? {} : { 'content-type': type ?? 'application/json' }),
    },
    ...(body === undefined ? {} : { body: (bytes ? body : JSON.stringify(body)) as never }),
  });
  const read = new Uint8Array(await response.arrayBuffer());
  const of = response.headers.get('content-type') ?? '';
  const json = /json/.test(of) ? JSON.parse(new TextDecoder().decode(read)) : undefined;
  return { status: response.status, type: of, json, bytes: read };
}

export const officePass = (cluster: Cluster): Promise<string> => signOfficePass(cluster.secret);

/** Makes a briefing from the sample's template; its start is in the past, so that it opens at once. */
export async function makeBriefing(
  cluster: Cluster,
  o: { readonly server?: number; readonly changes?: Partial<PlanDraft> } = {},
): Promise<string> {
  const { status, json } = await api({
    cluster,
    server: o.server ?? 0,
    pass: await officePass(cluster),
    method: 'POST',
    path: '/api/briefings',
    body: { request: randomUUID(), template: cluster.briefing, changes: o.changes ?? {} },
  });
  if (status !== 201) throw new Error(`not made: ${status} ${JSON.stringify(json)}`);
  return json.id as string;
}

/** A page of any briefing, without a browser. */
export async function pageOf(
  cluster: Cluster,
  o: {
    readonly briefing: string;
    readonly role: PageRole;
    readonly seat?: string;
    readonly server?: number;
  },
): Promise<ClusterClient> {
  const seat = o.role === 'chair' ? cluster.chairSeat : (o.seat ?? null);
  const { briefing, role } = o;
  const pass = await signPass({ secret: cluster.secret, briefing, role, seat });
  const client = new ClusterClient(cluster.url(o.server ?? 0), { pass, page: randomUUID() });
  await client.welcomed();
  return client;
}
