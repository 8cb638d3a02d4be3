import type { BriefingId } from '../../../domain/ids.ts';
import { type Caller, mayEnter } from '../callers.ts';
import type {
  ApiBriefing,
  ApiBriefings,
  ContactsPort,
  NodesPort,
  PlannerPort,
  RecordsPort,
  WebhooksPort,
} from '../ports.ts';
import { type Problem, problem } from '../problem.ts';

/** What all handlers work with. */
export interface Context {
  readonly secret: Uint8Array;
  readonly briefings: ApiBriefings;
  readonly planner: PlannerPort;
  readonly records: RecordsPort;
  /** The tables that records can be had as, one a file. */
  readonly recordTables: readonly string[];
  readonly nodes: NodesPort;
  /** Without it there are no routes for them, and none in the document. */
  readonly webhooks?: WebhooksPort | undefined;
  /** Likewise. */
  readonly contacts?: ContactsPort | undefined;
  readonly now: () => number;
}

/**
 * Does something with a briefing that the caller may enter. Whether another than its own exists is
 * nothing that a pass can find out.
 */
export async function withBriefing<T>(
  { briefings }: Context,
  call: { readonly caller: Caller; readonly params: { readonly briefing: BriefingId } },
  use: (briefing: ApiBriefing) => Promise<T> | T,
): Promise<T | Problem> {
  const { caller, params } = call;
  if (!mayEnter(caller, params.briefing)) return problem('notPermitted');
  const briefing = await briefings.open(params.briefing);
  if (!briefing || briefing.state.version === 0) return problem('unknownBriefing');
  const release = briefings.hold(params.briefing);
  try {
    return await use(briefing);
  } finally {
    release();
  }
}
