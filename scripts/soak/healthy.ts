import type { BenchSystem } from '../bench/system.ts';

interface NodesAnswer {
  readonly nodes: readonly { readonly linked: boolean; readonly draining: boolean }[];
}

/**
 * Whether every server answers and sees every media node taking seats.
 * @throws when a server cannot be reached.
 */
export async function isHealthy({ urls, pass }: BenchSystem): Promise<boolean> {
  const headers = { authorization: `Bearer ${await pass('technician')}` };
  for (const url of urls) {
    const signal = AbortSignal.timeout(2_000);
    const answer = await fetch(`${url}/api/nodes`, { headers, signal });
    if (!answer.ok) return false;
    const { nodes } = (await answer.json()) as NodesAnswer;
    if (!nodes.every(({ linked, draining }) => linked && !draining)) return false;
    if (!(await fetch(`${url}/healthz`, { signal })).ok) return false;
  }
  return true;
}
