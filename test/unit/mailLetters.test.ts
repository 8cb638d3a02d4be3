import { describe, expect, test } from 'vitest';
import type { BriefingState } from '../../server/domain/briefing.ts';
import { draft } from '../../server/domain/evolveBusiness.ts';
import { type NoticeKind, noticeKinds } from '../../server/domain/notices.ts';
import { letter } from '../../server/notify/letters.ts';
import { system, testPlan } from '../support/plan.ts';
import { directive } from '../support/planBusiness.ts';
import { Play } from '../support/play.ts';

function state(over: Partial<BriefingState> = {}): BriefingState {
  const play = new Play();
  const title = { vi: 'Giao ban tháng 6', en: 'Briefing of June' };
  const plan = { ...testPlan(2), title, startsAt: '2019-06-28T14:00:00+07:00' };
  play.done({ type: 'briefing.plan', plan }, system);
  return { ...play.state, directives: [draft(directive(1))], ...over };
}

const written = (
  kind: NoticeKind,
  o: { over?: Partial<BriefingState>; invitedFor?: number; seat?: string } = {},
) =>
  letter({
    state: state(o.over),
    seat: o.seat ?? 'p01',
    invitedFor: o.invitedFor,
    notice: {
      id: 'n',
      kind,
      at: 0,
      until: 1,
      seats: ['p01'],
      directive: /directive|receipt/.test(kind) ? 1 : null,
      date: '2019-07-05',
    },
  });

describe('letters', () => {
  test.each(noticeKinds)('%s: to whom, from whom, in both languages, nothing left open', (kind) => {
    const { subject, text } = written(kind);
    expect(text).toMatch(/^Kính gửi: Điểm 1\n/);
    expect(text).toContain('To: Point 1');
    expect(text).toContain('Trân trọng.\nĐiểm 0');
    expect(text).toContain('Respectfully,\nPoint 0');
    expect(subject).toMatch(/\S: .+ \/ \S.*: /);
    expect(subject).not.toMatch(/[\r\n]/);
    expect(`${subject}${text}`).not.toMatch(/undefined|null|NaN|Invalid|\[object/);
  });

  test('times are those of the clocks in the briefing’s zone', () => {
    const { text } = written('invitation', { over: { timeZone: 'Asia/Ho_Chi_Minh' } });
    expect(text).toContain('14:00 Thứ Sáu, 28 tháng 6, 2019');
    expect(text).toContain('kết nối từ 13:00');
    expect(text).toContain('Friday, 28 June 2019 at 14:00');
    expect(written('invitation', { over: { timeZone: 'UTC' } }).text).toContain('at 07:00');
  });

  test('an invitation for another time says so, and which it was', () => {
    const invitedFor = Date.parse('2019-06-28T09:00:00+07:00');
    const { subject, text } = written('invitation', { invitedFor });
    expect(subject).toContain('Thay đổi thời gian họp');
    expect(text).toContain('09:00');
    const same = Date.parse('2019-06-28T14:00:00+07:00');
    expect(written('invitation', { invitedFor: same })).toEqual(written('invitation'));
  });

  test('a task: what, by when, and in which part', () => {
    const lead = written('directiveToday').text;
    expect(lead).toContain('Nhiệm vụ số 1: Nhiệm vụ 1\nNội dung: Chuẩn bị đại hội');
    expect(lead).toContain('Thời hạn: Thứ Sáu, 5 tháng 7, 2019');
    expect(lead).toContain('Vai trò: đơn vị chủ trì');
    expect(written('directiveToday', { seat: 'p02' }).text).toContain('Vai trò: đơn vị phối hợp');
  });

  test.each(['confidential', 'secret', 'topSecret'] as const)(
    'what is %s is not in any letter',
    (classification) => {
      for (const kind of noticeKinds) {
        const { subject, text } = written(kind, { over: { classification } });
        expect(`${subject}${text}`).not.toMatch(
          /Giao ban|Briefing of June|Nhiệm vụ 1|Task 1: Task 1|đại hội/,
        );
      }
    },
  );
});
