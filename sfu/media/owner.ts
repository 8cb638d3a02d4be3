import type { ReportMap } from '../protocol/reports.ts';

/** A server's link to this node. */
export interface ServerLink {
  readonly id: string;
  tell<E extends keyof ReportMap>(event: E, ...message: Parameters<ReportMap[E]>): void;
}
