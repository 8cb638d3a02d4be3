import fc from 'fast-check';
import { loadBriefing } from '../../config/briefing.ts';
import { loadConfig } from '../../config/load.ts';
import { type AgendaItem, agendaKinds } from '../../server/domain/agenda.ts';
import type { SpeechRule } from '../../server/domain/floor.ts';
import type { LocalText, PlannedPoint } from '../../server/domain/roster.ts';
import { draftOf } from '../../server/fromConfig.ts';
import { startsAt } from '../../server/planning/localTime.ts';
import { classifications, type PlanDraft } from '../../server/protocol/plan.ts';

/** The sample briefing's plan: 71 points, seven items, nine reports, nineteen tasks. */
export const samplePlan = (): PlanDraft =>
  draftOf(loadBriefing('2019-06'), loadConfig({ env: {} }).floor);

const letters = fc.constantFrom(
  ...'aăâbcdđeêghiklmnoôơpqrstuưvxyÀẢÃÁẠỲ ỷ09.,;:"\'<&>=(-)/\n'.split(''),
);
const words = (most: number) =>
  fc
    .string({ unit: letters, minLength: 1, maxLength: most })
    .map((text) => text.normalize('NFC').trim())
    .filter((text) => text !== '');
const local: fc.Arbitrary<LocalText> = fc.record({ vi: words(60), en: words(60) });
const id = fc
  .stringMatching(/^[a-z][a-z0-9]{2,9}(-[a-z0-9]{1,8}){0,2}$/)
  .filter((text) => text !== 'all' && text !== 'none');
const optional = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });
const speech: fc.Arbitrary<SpeechRule> = fc.record({
  allottedMs: optional(fc.integer({ min: 10_000, max: 14_400_000 })),
  warningsMs: fc
    .uniqueArray(fc.integer({ min: 1_000, max: 3_600_000 }), { maxLength: 4 })
    .map((list) => list.sort((a, b) => b - a)),
  atEnd: fc.constantFrom('warn', 'close'),
});
const mode = fc.constantFrom('moderated' as const, 'firstComeFirstServed' as const);
const interrupt = fc.constantFrom('none' as const, 'lower' as const, 'sameOrLower' as const);
const users = fc.integer({ min: 1, max: 16 });
const start = fc.record({
  day: fc.integer({ min: 0, max: 20_000 }),
  minute: fc.integer({ min: 0, max: 1_439 }),
  timeZone: fc.constantFrom('Asia/Ho_Chi_Minh', 'Europe/Berlin', 'America/St_Johns', 'UTC'),
});

/** Any plan that does not contradict itself. */
export const anyPlan: fc.Arbitrary<PlanDraft> = fc
  .uniqueArray(id, { minLength: 2, maxLength: 8 })
  .chain((ids) => {
    const seat = fc.constantFrom(...ids);
    const seats = fc.uniqueArray(seat, { minLength: 1, maxLength: ids.length });
    const item: fc.Arbitrary<AgendaItem> = fc.record({
      id,
      kind: fc.constantFrom(...agendaKinds),
      title: local,
      owner: optional(seat),
      minutes: fc.integer({ min: 1, max: 480 }),
      rules: fc.record({
        requests: fc.oneof(fc.constantFrom('all' as const, 'none' as const), seats),
        once: fc.boolean(),
        queueLimit: optional(fc.integer({ min: 1, max: 1_000 })),
        replies: fc.boolean(),
        speakers: fc.oneof(fc.constant([]), seats),
        floor: fc.record({
          mode: optional(mode),
          maxFloorUsers: optional(users),
          interrupt: optional(interrupt),
          speech: optional(speech),
        }),
      }),
    });
    return fc
      .record({
        title: local,
        sector: local,
        at: start,
        classification: fc.constantFrom(...classifications),
        named: fc.array(fc.record({ name: local, shortName: local, region: words(20) }), {
          minLength: ids.length,
          maxLength: ids.length,
        }),
        kind: fc.constantFrom('province', 'city', 'partyCommittee', 'centralBody'),
        agenda: fc.uniqueArray(item, { maxLength: 5, selector: (i) => i.id }),
        reports: fc.uniqueArray(fc.record({ id, title: local, content: words(100), owner: seat }), {
          maxLength: 3,
          selector: (r) => r.id,
        }),
        directives: fc.array(
          fc.record({
            title: local,
            content: words(100),
            leadPoint: seat,
            supportingPoints: fc.oneof(fc.constant('all' as const), fc.constant([]), seats),
            deadline: optional(fc.integer({ min: 0, max: 20_000 }).map(dayOf)),
            product: optional(words(40)),
          }),
          { maxLength: 3 },
        ),
        floor: fc.record({
          mode,
          maxFloorUsers: users,
          interrupt,
          graceMs: fc.integer({ min: 0, max: 600_000 }),
          speech,
          replyMs: optional(fc.integer({ min: 10_000, max: 3_600_000 })),
        }),
        series: optional(id),
        quorum: optional(fc.integer({ min: 1, max: ids.length - 1 })),
      })
      .map(({ at, named, kind, directives, ...plan }): PlanDraft => {
        const time = `${String(Math.floor(at.minute / 60)).padStart(2, '0')}:${String(at.minute % 60).padStart(2, '0')}`;
        // Through the time zone twice: an hour that a change of clocks skips is none.
        const first = startsAt({ date: dayOf(at.day), time }, at.timeZone);
        return {
          ...plan,
          startsAt: first,
          timeZone: at.timeZone,
          chairPoint: ids[0] ?? '',
          points: named.map(
            (point, order): PlannedPoint => ({
              ...point,
              kind,
              order,
              id: ids[order] ?? '',
            }),
          ),
          directives: directives.map((d, i) => ({ ...d, number: i + 1 })),
        };
      });
  });

function dayOf(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}
