import type { BriefingState } from '../domain/briefing.ts';
import type { Command } from '../domain/command.ts';
import type { Recorded } from '../domain/event.ts';
import type { BriefingId, ConnectionId, SeatId, Version } from '../domain/ids.ts';
import type { Actor } from '../domain/permits.ts';
import type { RefusalCode } from '../domain/refusal.ts';
import type { Aside, View } from '../domain/routing.ts';
import type { FaultEntry } from '../protocol/faults.ts';
import type { Ask, ControlCondition, KeptLeg, Replies, TellMap } from '../protocol/wire.ts';
import type { PageRole } from './identity.ts';

/** What the gateway needs of the rest of the server; `main.ts` hands it in. */

export type Submitted =
  | { readonly ok: true; readonly version: Version }
  | { readonly ok: false; readonly refusal: RefusalCode };

export interface BriefingPort {
  readonly state: BriefingState;
  submit(command: Command, by: Actor, id: string): Promise<Submitted>;
  /** Calls back with every batch of events, in order, once folded. */
  subscribe(listener: (events: readonly Recorded[], state: BriefingState) => void): () => void;
  /** Whether commands are taken now. */
  readonly condition: ControlCondition;
  onCondition(listener: (condition: ControlCondition) => void): () => void;
}

/** The briefings of this installation. */
export interface BriefingsPort {
  /** If it is in memory. */
  get(briefing: BriefingId): BriefingPort | undefined;
  /** Those in memory. */
  keys(): Iterable<BriefingId>;
  /** From Redis if need be; undefined: there is none of that name. Rejects while Redis is away. */
  open(briefing: BriefingId): Promise<BriefingPort | undefined>;
  /** It stays in memory until the returned function is called. */
  hold(briefing: BriefingId): () => void;
  /** Calls back for each in memory, now and later; `serve` returns how to end that one. */
  each(serve: (briefing: BriefingId, port: BriefingPort) => () => void): () => void;
}

export interface PresencePort {
  claim(o: { briefing: BriefingId; seat: SeatId; connection: ConnectionId }): void;
  drop(o: { briefing: BriefingId; seat: SeatId; connection: ConnectionId }): void;
}

/** A page as the media side sees it. */
export interface MediaPage {
  readonly briefing: BriefingId;
  /** Opaque to the media side: the seat's id, or one made of role and page for viewers. */
  readonly endpoint: string;
  /** The page load: a socket that reconnects within it finds its endpoint again. */
  readonly page: string;
  readonly role: PageRole;
  readonly seat: SeatId | null;
  /** The legs that this page load says it still has. */
  readonly kept: readonly KeptLeg[];
  tell<E extends MediaTell>(event: E, ...args: Parameters<TellMap[E]>): void;
}

type MediaTell =
  | 'media.consumers'
  | 'media.demand'
  | 'media.route'
  | 'media.standby'
  | 'media.reset';

type MediaAsk =
  | 'media.promote'
  | 'media.connect'
  | 'media.restartIce'
  | 'media.publish'
  | 'media.unpublish'
  | 'media.ready';

export interface MediaSession {
  open(ask: Ask<'media.open'>): Promise<Replies['media.open']>;
  ask<N extends MediaAsk>(name: N, ask: Ask<N>): Promise<Replies[N]>;
  /** What the page looks at beside the programme, from now on. */
  view(view: View): void;
  /** What the page does apart from the programme from now on; null: nothing. */
  aside(aside: Aside | null): void;
  /** The page's media goes over to another node as soon as it is ready there. False: there is none. */
  move(): boolean;
  /** The socket is gone. The endpoint is kept for a while, for the same page to come back to. */
  detach(): void;
}

export interface MediaPort {
  attach(page: MediaPage): MediaSession;
  /** Calls back when the levels of a briefing's open microphones change: dBov by seat, all of them. */
  onLevels(
    listener: (briefing: BriefingId, levels: Readonly<Record<SeatId, number>>) => void,
  ): void;
  /** Calls back when something happens to a media node as this server sees it. */
  onNode(listener: (node: string, what: 'lost' | 'returned' | 'draining') => void): void;
}

/** Keeps the log of faults for those who come later. */
export interface FaultsPort {
  /**
   * Never fails: what cannot be written now is written later. `once`: of entries that share this
   * name and come within a few seconds, from whichever server, the first is kept.
   */
  keep(briefing: BriefingId, entry: FaultEntry, once?: string): void;
  /** Newest first. */
  recent(briefing: BriefingId): Promise<readonly FaultEntry[]>;
}
