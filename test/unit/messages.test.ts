import { describe, expect, test } from 'vitest';
import type { BriefingState } from '../../server/domain/briefing.ts';
import { evolve } from '../../server/domain/evolve.ts';
import { recipients } from '../../server/domain/message.ts';
import { forPoints, shownToPoints, visibleTo } from '../../server/gateway/audience.ts';
import { chair, point } from '../support/plan.ts';
import { Play } from '../support/play.ts';

/** One word to all and one to p01 and p02; p01 has acknowledged both, p02 the first. */
function worded(): Play {
  const play = Play.gathering(3);
  play.done({ type: 'message.send', to: 'all', text: '  Năm phút nữa khai mạc ' });
  play.done({ type: 'message.send', to: ['p01', 'p02', 'p01'], text: 'Đề nghị bật đèn' });
  const [all, some] = play.state.messages.map(({ id }) => id);
  const acknowledge = (message: string | undefined, seat: string) =>
    play.done({ type: 'message.acknowledge', message: message ?? '', seat }, point(seat));
  acknowledge(all, 'p01');
  acknowledge(some, 'p01');
  acknowledge(all, 'p02');
  return play;
}

const asSeenBy = (play: Play, seat: string) =>
  visibleTo(play.state, { role: 'point', seat }).messages.map(({ text, to, acknowledged }) => ({
    text,
    to,
    acknowledged: Object.keys(acknowledged),
  }));

describe('words from the control room', () => {
  test('the office sees who has acknowledged', () => {
    const { state } = worded();
    expect(state.messages.map((m) => [m.text, Object.keys(m.acknowledged), m.by])).toEqual([
      ['Năm phút nữa khai mạc', ['p01', 'p02'], chair],
      ['Đề nghị bật đèn', ['p01'], chair],
    ]);
    const seats = Object.keys(state.seats);
    expect(state.messages.map((m) => recipients(m, seats, state.chairPoint))).toEqual([
      ['p01', 'p02', 'p03'],
      ['p01', 'p02'],
    ]);
  });

  test('a point sees what is for it, and of receipts its own', () => {
    const play = worded();
    expect(asSeenBy(play, 'p02')).toEqual([
      { text: 'Năm phút nữa khai mạc', to: 'all', acknowledged: ['p02'] },
      { text: 'Đề nghị bật đèn', to: ['p02'], acknowledged: [] },
    ]);
    expect(asSeenBy(play, 'p03')).toEqual([
      { text: 'Năm phút nữa khai mạc', to: 'all', acknowledged: [] },
    ]);
  });

  test('a second receipt changes nothing', () => {
    const play = worded();
    const message = play.state.messages[0]?.id ?? '';
    const again = { type: 'message.acknowledge', message, seat: 'p01' } as const;
    expect(play.try(again, point('p01'))).toBe('nothingToChange');
  });

  test.each(['p01', 'p02', 'p03'])(
    'what %s folds from its events is what it is shown whole',
    (seat) => {
      const start = Play.gathering(3);
      const play = worded();
      play.done({ type: 'message.withdraw', message: play.state.messages[1]?.id ?? '' });
      const folded = play.events
        .filter(({ version }) => version > start.state.version)
        .filter((e) => {
          const shown = shownToPoints(e);
          return shown === 'all' || (shown !== 'none' && shown.includes(seat));
        })
        .map((e) => forPoints(e, seat))
        .reduce<BriefingState>(
          (state, e) => evolve(state, e),
          visibleTo(start.state, { role: 'point', seat }),
        );
      expect(folded.messages).toEqual(visibleTo(play.state, { role: 'point', seat }).messages);
    },
  );
});

test('all but the holders and the chair are muted at once, and opened again', () => {
  const play = Play.gathering(4);
  play.request('p01', 'granted');
  const muted = () => Object.values(play.state.seats).flatMap((s) => (s.muted ? [s.id] : []));
  play.done({ type: 'seat.muteOthers' });
  expect(muted()).toEqual(['p02', 'p03', 'p04']);
  play.done({ type: 'seat.unmuteAll' });
  expect(muted()).toEqual([]);
});
