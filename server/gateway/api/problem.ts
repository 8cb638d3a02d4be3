import type { PlanConflict } from '../../domain/plan.ts';
import type { RefusalCode } from '../../domain/refusal.ts';
import type { PlanFault } from '../../protocol/planFaults.ts';

/** Why the API did not do something: what the rules say, and what only the API can meet. */
export type ApiRefusal =
  | RefusalCode
  | 'noPass'
  | 'unknownRoute'
  | 'unknownTemplate'
  | 'tooLarge'
  | 'planFaults'
  | 'staleVersion'
  | 'unknownSection'
  | 'textTooLong'
  | 'unknownWebhook'
  | 'addressNotAllowed'
  | 'unknownNode'
  | 'fault';

/** Those whose status is not 409: the briefing does not allow it as it stands now. */
const statuses: Partial<Record<ApiRefusal, number>> = {
  malformed: 400,
  textTooLong: 400,
  addressNotAllowed: 400,
  noPass: 401,
  notPermitted: 403,
  foreignSeat: 403,
  unknownRoute: 404,
  unknownTemplate: 404,
  unknownBriefing: 404,
  unknownSeat: 404,
  unknownRequest: 404,
  unknownItem: 404,
  unknownMessage: 404,
  unknownVote: 404,
  unknownDirective: 404,
  unknownSection: 404,
  unknownWebhook: 404,
  unknownNode: 404,
  tooLarge: 413,
  planFaults: 422,
  tooManyCommands: 429,
  fault: 500,
  controlPaused: 503,
  mediaUnavailable: 503,
};

const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  413: 'Content Too Large',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** Problem details (RFC 9457); `refusal` is what a program goes by. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly refusal: ApiRefusal;
  /** For programmers, in English: places and expectations, never content. */
  readonly detail?: string;
  /** What is wrong with a workbook, and where. */
  readonly faults?: readonly PlanFault[];
  /** What contradicts itself in a plan, and where. */
  readonly conflicts?: readonly PlanConflict[];
}

type More = Pick<Problem, 'detail' | 'faults' | 'conflicts'>;

export function problem(refusal: ApiRefusal, more: More = {}): Problem {
  const status = statuses[refusal] ?? 409;
  const title = titles[status] ?? '';
  return { type: `urn:diemcau:refusal:${refusal}`, title, status, refusal, ...more };
}
