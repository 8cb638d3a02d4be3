import { type AgendaItem, freeRules, type ItemRules } from '../../server/domain/agenda.ts';
import type { Directive } from '../../server/domain/directives.ts';
import type { LineResult } from '../../server/domain/lineCheck.ts';
import type { Declaration } from '../../server/domain/rollCall.ts';
import { chairSeat } from './plan.ts';

/** An item of the agenda that restricts nothing but what is said. */
export const agendaItem = (id: string, rules: Partial<ItemRules> = {}): AgendaItem => ({
  id,
  kind: 'discussion',
  title: { vi: 'Thảo luận', en: 'Discussion' },
  owner: chairSeat,
  minutes: 40,
  rules: { ...freeRules, ...rules },
});

export const present: Declaration = {
  attendance: 'present',
  head: '',
  title: 'Phó Bí thư Thường trực',
  headCount: 12,
  substitute: '',
  reason: '',
};
export const absent = (reason: string): Declaration => ({
  ...present,
  attendance: 'absent',
  headCount: null,
  reason,
});

/** A directive that p01 leads and p02 supports. */
export const directive = (number: number, over: Partial<Directive> = {}): Directive => ({
  number,
  title: { vi: `Nhiệm vụ ${number}`, en: `Task ${number}` },
  content: 'Chuẩn bị đại hội',
  leadPoint: 'p01',
  supportingPoints: ['p02'],
  deadline: '2019-06-30',
  product: 'Báo cáo',
  ...over,
});

/** What a good line measures. */
export const goodLine: LineResult = {
  picture: { framesDecoded: 120, frameRate: 24, width: 640, height: 360 },
  sound: { levelDb: -20 },
  rttMs: 40,
  lossUp: 0,
  lossDown: 0,
  upBps: 2_000_000,
  downBps: 4_000_000,
};
