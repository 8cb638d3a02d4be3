import type { BriefingState } from '../../domain/briefing.ts';
import type { Recorded } from '../../domain/event.ts';
import type { BriefingId, Instant, SeatId, Version } from '../../domain/ids.ts';
import type { Actor } from '../../domain/permits.ts';
import type { PlanConflict } from '../../domain/plan.ts';
import type { RefusalCode } from '../../domain/refusal.ts';
import type { PlanDraft } from '../../protocol/plan.ts';
import type { PlanFault } from '../../protocol/planFaults.ts';
import type { BriefingPort } from '../ports.ts';

/** What the API needs of the rest of the server; `main.ts` hands it in. */

export interface ApiBriefing extends BriefingPort {
  /** What the journal holds after a version, at most so many events. Rejects while Redis is away. */
  read(after: Version, limit: number): Promise<readonly Recorded[]>;
}

export type Summary = Pick<
  BriefingState,
  'id' | 'title' | 'startsAt' | 'timeZone' | 'classification' | 'series' | 'phase'
>;

export interface ApiBriefings {
  get(briefing: BriefingId): ApiBriefing | undefined;
  /** Rejects while Redis is away. */
  open(briefing: BriefingId): Promise<ApiBriefing | undefined>;
  hold(briefing: BriefingId): () => void;
  /** In the order in which they were made. Rejects while Redis is away. */
  summaries(): Promise<readonly Summary[]>;
}

export type Planned =
  | { readonly ok: true; readonly version: Version }
  | {
      readonly ok: false;
      readonly refusal: RefusalCode;
      readonly conflicts?: readonly PlanConflict[];
    };

export interface PlannerPort {
  /** By name. */
  readonly templates: ReadonlyMap<string, PlanDraft>;
  /** A repetition under the same id makes nothing new. */
  create(id: BriefingId, draft: PlanDraft): Promise<Planned>;
  replan(
    id: BriefingId,
    draft: PlanDraft,
    given: { readonly by: Actor; readonly command: string },
  ): Promise<Planned>;
  workbook(draft: PlanDraft): Promise<Uint8Array>;
  readWorkbook(
    file: Uint8Array,
  ): Promise<
    | { readonly ok: true; readonly draft: PlanDraft }
    | { readonly ok: false; readonly faults: readonly PlanFault[] }
  >;
}

type Edited = { readonly version: number };
type Saved =
  | { readonly ok: true; readonly text: Edited }
  | { readonly ok: false; readonly refusal: 'staleVersion'; readonly current: Edited }
  | { readonly ok: false; readonly refusal: 'unknownSection' | 'textTooLong' };

/** Records of briefings. Undefined: there is no such briefing. Rejects while Redis is away. */
export interface RecordsPort {
  minutes(briefing: BriefingId): Promise<object | undefined>;
  versions(briefing: BriefingId): Promise<readonly object[]>;
  save(edit: {
    readonly briefing: BriefingId;
    readonly base: number;
    readonly changes: Readonly<Record<string, string | null>>;
    readonly by: Actor;
  }): Promise<Saved | undefined>;
  docx(
    briefing: BriefingId,
    o: { readonly form?: 'state' | 'party' },
  ): Promise<Uint8Array | undefined>;
  xlsx(briefing: BriefingId): Promise<Uint8Array | undefined>;
  json(briefing: BriefingId): Promise<Uint8Array | undefined>;
  csv(briefing: BriefingId, table: string): Promise<Uint8Array | undefined>;
  archiveZip(briefing: BriefingId): Promise<Uint8Array | undefined>;
}

export interface Webhook {
  readonly id: string;
  readonly url: string;
  /** Null: of all briefings. */
  readonly briefing: BriefingId | null;
  /** Kinds of events; empty: all. */
  readonly events: readonly string[];
  /** It failed for so long that it is told nothing any more; null: it is told. */
  readonly disabledSince?: Instant | null;
}

/** Where people of each point are written to. Rejects while Redis is away. */
export interface ContactsPort {
  get(briefing: BriefingId): Promise<Readonly<Record<SeatId, readonly string[]>>>;
  /** In the place of all that were there. */
  set(briefing: BriefingId, contacts: Readonly<Record<SeatId, readonly string[]>>): Promise<void>;
}

/** Who is told of what happens. Rejects while Redis is away. */
export interface WebhooksPort {
  list(): Promise<readonly Webhook[]>;
  /** `addressNotAllowed`: neither https nor this machine's own, or a network that is closed to it. */
  add(
    wish: Pick<Webhook, 'url' | 'briefing' | 'events'>,
  ): Promise<
    | { readonly ok: true; readonly webhook: Webhook; readonly secret: string }
    | { readonly ok: false; readonly refusal: 'addressNotAllowed' }
  >;
  /** False where there is none of that name. */
  remove(id: string): Promise<boolean>;
}

/** The media nodes, for the people who look after them. */
export interface NodesPort {
  /** As this server knows them; plain data. */
  readonly nodes: readonly { readonly node: string }[];
  /** Asks a node to go once its seats have been moved. False when it is not there. */
  drain(node: string): Promise<boolean>;
}
