import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callSearch } from '../../client/chair/call/callSearch.ts';
import { agendaTimes } from '../../client/chair/centre/agendaTimes.ts';
import { dropPosition, gapAt } from '../../client/chair/floor/dropPosition.ts';
import { loudness } from '../../client/chair/floor/loudness.ts';
import { keyGroups } from '../../client/chair/keys.ts';
import { threadsOf } from '../../client/chair/messages/threads.ts';
import { news } from '../../client/chair/news.ts';
import { replacedBy } from '../../client/chair/words.ts';
import { vi } from '../../client/i18n/vi.ts';
import { loadBriefing } from '../../config/briefing.ts';
import type { Message } from '../../server/domain/message.ts';
import type { Seat } from '../../server/domain/roster.ts';
import { seatId } from '../support/plan.ts';
import { Play } from '../support/play.ts';

/** The 71 points of the sample briefing, all connected. */
const seats: Seat[] = loadBriefing('2019-06').points.points.map((p) => ({
  id: p.id,
  name: p.name,
  shortName: p.shortName ?? p.name,
  region: p.region,
  kind: p.kind,
  order: p.protocolOrder,
  status: 'connected',
  since: 0,
  connection: 'socket',
  lostAtVersion: null,
  firstJoinedAt: 0,
  muted: false,
}));

describe('quick call', () => {
  const first = (query: string) => callSearch(query, seats)[0]?.name.vi;

  it('finds any of the 71 points by what is typed of its name, with or without accents', () => {
    expect(seats).toHaveLength(71);
    expect(first('dak n')).toBe('Đắk Nông');
    expect(first('Đắk N')).toBe('Đắk Nông');
    expect(first('thua')).toBe('Thừa Thiên Huế');
    expect(first('hcm')).toBe('TP Hồ Chí Minh');
    expect(first('vung')).toBe('Bà Rịa - Vũng Tàu');
    expect(first('cong an')).toBe('Đảng ủy Công an Trung ương');
    // Whatever its place in protocol order, each whole name finds itself first.
    for (const { name } of seats) {
      const bare = name.vi.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd');
      expect(first(bare.replaceAll('Đ', 'D'))).toBe(name.vi);
    }
  });

  it('puts beginnings before later words, and equals in protocol order', () => {
    const found = callSearch('tha', seats).map((s) => s.name.vi);
    expect(found).toEqual(['Thái Bình', 'Thái Nguyên', 'Thanh Hóa', 'Đồng Tháp']);
  });

  it('offers nothing for nothing, and never more than can be read', () => {
    expect(callSearch('  ', seats)).toEqual([]);
    expect(callSearch('t', seats).length).toBeLessThanOrEqual(8);
  });
});

describe('drop', () => {
  const queue = ['a', 'b', 'c', 'd'];

  it('goes before the row under the mark', () => {
    const drop = (dragged: string, gap: number) =>
      dropPosition({ queue, rows: queue, dragged, gap });
    expect(drop('d', 0)).toBe(1);
    expect(drop('a', 4)).toBe(4);
    expect(drop('a', 2)).toBe(2);
    expect(drop('c', 1)).toBe(2);
    // Before itself and behind itself is where it is.
    expect(drop('b', 1)).toBeNull();
    expect(drop('b', 2)).toBeNull();
  });

  it('heeds what has left and what has come since the drag began', () => {
    const rows = ['a', 'gone', 'b', 'c'];
    const now = ['a', 'b', 'c', 'new'];
    expect(dropPosition({ queue: now, rows, dragged: 'c', gap: 1 })).toBe(2);
    expect(dropPosition({ queue: now, rows, dragged: 'a', gap: 4 })).toBe(4);
    expect(dropPosition({ queue: now, rows, dragged: 'gone', gap: 0 })).toBeNull();
  });

  it('puts the dragged row where the mark was, in every queue', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1 }),
        fc.nat(),
        fc.nat(),
        (ids, d, g) => {
          const dragged = ids[d % ids.length] ?? '';
          const gap = g % (ids.length + 1);
          const position = dropPosition({ queue: ids, rows: ids, dragged, gap });
          const without = ids.filter((id) => id !== dragged);
          const below = ids.slice(gap).find((id) => id !== dragged);
          const wanted = without.toSpliced(
            below === undefined ? without.length : without.indexOf(below),
            0,
            dragged,
          );
          expect(without.toSpliced((position ?? ids.indexOf(dragged) + 1) - 1, 0, dragged)).toEqual(
            wanted,
          );
        },
      ),
    );
  });

  it('is between two rows, before the first or behind the last', () => {
    const rows = [0, 50, 100].map((top) => ({ top, height: 50 }));
    expect([-10, 24, 26, 74, 76, 124, 126, 900].map((y) => gapAt(y, rows))).toEqual([
      0, 0, 1, 1, 2, 2, 3, 3,
    ]);
  });
});

describe('agenda', () => {
  it('is planned item after item from the invitation, whatever zone it names', () => {
    const item = (id: string, minutes: number) => ({
      id,
      kind: 'report',
      title: { vi: id, en: id },
      owner: null,
      minutes,
    });
    const items = [item('a', 10), item('b', 75), item('c', 5)];
    for (const startsAt of ['2019-06-03T14:00:00+07:00', '2019-06-03T14:00']) {
      const times = agendaTimes(startsAt, items as never);
      const hours = (at: number) => new Date(at).toISOString().slice(11, 16);
      expect(times.map(({ from, to }) => [hours(from), hours(to)])).toEqual([
        ['14:00', '14:10'],
        ['14:10', '15:25'],
        ['15:25', '15:30'],
      ]);
    }
    expect(agendaTimes('soon', items as never)).toEqual([]);
  });
});

describe('messages', () => {
  const all = ['p00', 'p01', 'p02', 'p03'];
  const message = (id: string, o: Partial<Message>): Message => ({
    id,
    to: 'all',
    text: 'Xin chào',
    by: { role: 'chair', seat: 'p00' },
    sentAt: Number(id.slice(1)) * 1_000,
    sentVersion: 1,
    acknowledged: {},
    ...o,
  });
  const threads = (...messages: Message[]) =>
    threadsOf({ messages, seats: all, chairPoint: 'p00' });

  it('count receipts of everybody but the chair', () => {
    const [thread] = threads(message('m1', { acknowledged: { p02: 5 } }));
    expect(thread).toMatchObject({ recipients: ['p01', 'p02', 'p03'], missing: ['p01', 'p03'] });
  });

  it('take a repetition for the same word: either receipt will do', () => {
    const [thread, ...more] = threads(
      message('m1', { acknowledged: { p02: 5 } }),
      message('m2', { to: ['p01', 'p03'], acknowledged: { p03: 9 } }),
      message('m3', { to: ['p01'] }),
    );
    expect(more).toEqual([]);
    expect(thread).toMatchObject({
      id: 'm1',
      messages: ['m1', 'm2', 'm3'],
      repeatedAt: 3_000,
      missing: ['p01'],
    });
  });

  it('keep other words, and the same words to others, apart; the newest first', () => {
    const found = threads(
      message('m1', { to: ['p01'] }),
      message('m2', { to: ['p02'] }),
      message('m3', { text: 'Khác', to: ['p01'] }),
      message('m4', {}),
    );
    expect(found.map((t) => t.id)).toEqual(['m4', 'm3', 'm2', 'm1']);
  });
});

describe('news', () => {
  it('is who got the floor, who lost it and who asks, once each', () => {
    const play = Play.gathering(5);
    const states = [play.state];
    const then = () => states.push(play.state);
    play.request(seatId(1), 'pending');
    then();
    play.done({ type: 'floor.grant', target: { seat: seatId(1) }, replace: false });
    then();
    play.done({ type: 'floor.grant', target: { seat: seatId(2) }, replace: true });
    then();
    play.lose(seatId(2));
    then();
    play.done({ type: 'seat.mute', seat: seatId(3) });
    then();
    const heard = states.slice(1).map((now, i) => news(states[i] ?? now, now));
    expect(heard).toEqual([
      [{ is: 'asked', seat: seatId(1) }],
      [{ is: 'granted', seat: seatId(1) }],
      [
        { is: 'granted', seat: seatId(2) },
        { is: 'ended', seat: seatId(1) },
      ],
      [{ is: 'lost', seat: seatId(2) }],
      [],
    ]);
  });

  it('names whose turn a grant would end, and nobody where there is room', () => {
    const play = Play.gathering(5, { maxFloorUsers: 2 });
    const at = (n: number) => play.state.seats[seatId(n)] as Seat;
    play.request(seatId(1), 'granted');
    expect(replacedBy(play.state, at(3))).toBeUndefined();
    play.request(seatId(2), 'granted');
    expect(replacedBy(play.state, at(3))?.id).toBe(seatId(1));
    expect(replacedBy(play.state, at(1))).toBeUndefined();
  });
});

describe('console', () => {
  it('hears speech between room noise and full scale', () => {
    expect([undefined, -127, -60, -15, 0].map(loudness)).toEqual([0, 0, 0, 1, 1]);
    expect(loudness(-37.5)).toBeCloseTo(0.5);
  });

  it('lists no key twice', () => {
    const keys = keyGroups(vi).flatMap((g) => g.keys.map((k) => k.keys.join('+')));
    expect(new Set(keys).size).toBe(keys.length);
  });
});
