import type { Server, Socket } from 'socket.io';
import type { BriefingId } from '../../domain/ids.ts';
import type {
  AskMap,
  FaultEntry,
  KeptLeg,
  SiteMeasure,
  SiteReport,
  TellMap,
  Whisper,
} from '../../protocol/wire.ts';
import type { Identity } from '../identity.ts';

/** What is known of a page's socket; sockets of all servers can be asked for it. */
export interface SocketData {
  identity: Identity;
  page: string;
  legs: readonly KeptLeg[];
  /** What the page last said of its devices. */
  devices: SiteReport | undefined;
  /** What the page last measured. */
  measure: SiteMeasure | undefined;
}

/** server → all other servers. */
export interface BetweenServers {
  measures: (briefing: BriefingId, measures: readonly SiteMeasure[]) => void;
  faults: (briefing: BriefingId, faults: readonly FaultEntry[]) => void;
  whisper: (briefing: BriefingId, whisper: Whisper) => void;
  whisperOver: (briefing: BriefingId, whisper: Whisper) => void;
}

export type PageServer = Server<AskMap, TellMap, BetweenServers, SocketData>;
export type PageSocket = Socket<AskMap, TellMap, BetweenServers, SocketData>;
