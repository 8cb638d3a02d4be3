import {
  AbortError,
  ClientClosedError,
  ClientOfflineError,
  ConnectionTimeoutError,
  DisconnectsClientError,
  ErrorReply,
  ReconnectStrategyError,
  SocketClosedUnexpectedlyError,
  SocketTimeoutError,
  TimeoutError,
} from 'redis';
import { NotReplicated } from './confirm.ts';

const kinds = [
  AbortError,
  ClientClosedError,
  ClientOfflineError,
  ConnectionTimeoutError,
  DisconnectsClientError,
  // A Redis that reads its files, follows another or has too few replicas says so.
  ErrorReply,
  NotReplicated,
  ReconnectStrategyError,
  SocketClosedUnexpectedlyError,
  SocketTimeoutError,
  TimeoutError,
] as const;

/** Whether an exception says only that Redis cannot be read or written now: no bug, and it passes. */
export const isAway = (error: unknown): boolean => kinds.some((kind) => error instanceof kind);
