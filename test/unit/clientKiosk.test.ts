import { describe, expect, it } from 'vitest';
import { en } from '../../client/i18n/en.ts';
import { vi } from '../../client/i18n/vi.ts';
import { keyName, mayBind, parseBinding } from '../../client/kiosk/binding.ts';
import { type CheckedSite, checkSite, summary } from '../../client/kiosk/checkSite.ts';
import { type Condition, faultsOf } from '../../client/kiosk/faults.ts';
import { pressedSince } from '../../client/kiosk/inputs.ts';
import { unansweredBy } from '../../client/kiosk/messages.ts';
import { countdown } from '../../client/kiosk/untilStart.ts';
import { speechTime } from '../../client/ui/speechTime.ts';
import { nothing } from '../../server/domain/evolve.ts';
import type { FloorTime, SpeechRule } from '../../server/domain/floor.ts';
import type { Message } from '../../server/domain/message.ts';

describe('countdown', () => {
  const at = '2019-06-03T14:00:00+07:00';
  const opens = Date.UTC(2019, 5, 3, 7);

  it('counts down to the hour of the invitation, whatever zone it is written in', () => {
    expect(countdown(at, opens - 3_600_000)).toEqual({ is: 'time', left: 3_600_000 });
    expect(countdown('2019-06-03T07:00:00Z', opens - 500)).toEqual({ is: 'time', left: 1_000 });
  });

  it('says days while there are many, that it is time when it is, and then nothing', () => {
    expect(countdown(at, opens - 3.5 * 86_400_000)).toEqual({ is: 'days', days: 3 });
    expect(countdown(at, opens)).toEqual({ is: 'now' });
    expect(countdown(at, opens + 31 * 60_000)).toBeNull();
  });

  it('does not guess the zone of a time that names none', () => {
    expect(countdown('2019-06-03T14:00:00', opens)).toBeNull();
    expect(countdown('soon', opens)).toBeNull();
  });
});

describe('speechTime', () => {
  const rule: SpeechRule = { allottedMs: 60_000, warningsMs: [30_000, 10_000], atEnd: 'warn' };
  const own = { allottedMs: 60_000, addedMs: 0, creditedMs: 0, stoppedAt: null };
  const at = (ms: number, time: Partial<FloorTime> = {}) =>
    speechTime({ grantedAt: 100_000, time: { ...own, ...time } }, rule, 100_000 + ms);

  it('shows what is left, and nought only when the time is up', () => {
    expect(at(0)).toMatchObject({ stage: { is: 'running' }, shown: 60_000 });
    expect(at(59_001)).toMatchObject({ stage: { is: 'warning', nth: 2 }, shown: 1_000 });
    expect(at(60_000)).toMatchObject({ stage: { is: 'over' }, shown: 0 });
    expect(at(62_900)).toMatchObject({ stage: { is: 'over' }, shown: 2_000 });
  });

  it('shows the time used where nothing limits it', () => {
    expect(at(61_500, { allottedMs: null })).toMatchObject({
      stage: { is: 'free' },
      shown: 61_000,
    });
  });

  it('stands while the line is lost', () => {
    const stopped = { stoppedAt: 110_000 };
    expect(at(10_000, stopped)).toEqual(at(40_000, stopped));
    expect(at(40_000, stopped)).toMatchObject({ shown: 50_000, stands: true });
  });
});

describe('the key that asks for the floor', () => {
  it('is what was remembered, and F2 where that makes no sense', () => {
    const usual = { code: 'F2', name: 'F2', button: 0 };
    for (const bad of [null, '', 'null', '[]', '{"code":"Tab","name":"Tab"}', '{"button":-1}']) {
      expect(parseBinding(bad)).toEqual(usual);
    }
    const own = { code: 'KeyB', name: 'B', button: 5 };
    expect(parseBinding(JSON.stringify(own))).toEqual(own);
  });

  it('may not be one that has its meaning already', () => {
    for (const code of ['Tab', 'Escape', 'F4', 'Space', 'Enter', 'ShiftLeft', '']) {
      expect(mayBind(code)).toBe(false);
    }
    for (const code of ['KeyB', 'F2', 'F9', 'Numpad0', 'PageDown'])
      expect(mayBind(code)).toBe(true);
  });

  it('is called what stands on it', () => {
    expect(keyName('b', 'KeyB')).toBe('B');
    expect(keyName('PageDown', 'PageDown')).toBe('PageDown');
  });

  it('of a gamepad counts once for each time that it goes down', () => {
    expect(pressedSince([], [false, true])).toEqual([1]);
    expect(pressedSince([false, true], [false, true])).toEqual([]);
    expect(pressedSince([false, true], [true, false])).toEqual([0]);
  });
});

describe('messages', () => {
  const message = (id: string, over: Partial<Message>): Message => ({
    id,
    to: 'all',
    text: id,
    by: { role: 'secretary', seat: null },
    sentAt: 1,
    sentVersion: 1,
    acknowledged: {},
    ...over,
  });

  it('wait in the order of sending until this very point has acknowledged them', () => {
    const messages = [
      message('m1', { acknowledged: { a: 2 } }),
      message('m2', { acknowledged: { b: 2 } }),
      message('m3', { to: ['b'] }),
      message('m4', { to: ['a'] }),
    ];
    const ids = (seat: string) =>
      unansweredBy({ ...nothing, messages }, seat).map(({ message, again }) =>
        [message, ...again].map((m) => m.id).join('+'),
      );
    expect(ids('a')).toEqual(['m2', 'm4']);
    expect(ids('b')).toEqual(['m1', 'm3']);
  });

  it('are one with their reminders', () => {
    const messages = [
      message('m1', { text: 'Đề nghị bật đèn' }),
      message('m2', {}),
      message('m3', { text: 'Đề nghị bật đèn', to: ['a'] }),
    ];
    const answers = (seat: string) =>
      unansweredBy({ ...nothing, messages }, seat).map((u) => [
        u.message.id,
        ...u.again.map((m) => m.id),
      ]);
    expect(answers('a')).toEqual([['m1', 'm3'], ['m2']]);
    expect(answers('b')).toEqual([['m1'], ['m2']]);
  });
});

const well: Condition = {
  trouble: { camera: null, microphone: null },
  stalled: { camera: false, microphone: false },
  black: false,
  silent: false,
};

describe('faultsOf', () => {
  it('says nothing where nothing is wrong', () => {
    expect(faultsOf(well, vi)).toEqual([]);
  });

  it('says one thing for each device, the worst, the microphone first', () => {
    const faults = faultsOf(
      {
        trouble: { camera: 'busy', microphone: null },
        stalled: { camera: true, microphone: true },
        black: true,
        silent: true,
      },
      vi,
    );
    expect(faults.map(({ device, is }) => [device, is])).toEqual([
      ['microphone', 'stalled'],
      ['camera', 'busy'],
    ]);
    expect(faults.map((f) => f.retried)).toEqual([false, true]);
  });

  it('has words of its own for each, in both languages', () => {
    const conditions: Partial<Condition>[] = [
      { silent: true },
      { black: true },
      { stalled: { camera: true, microphone: false } },
      { stalled: { camera: false, microphone: true } },
      ...(['missing', 'busy', 'denied', 'insecure'] as const).flatMap((why) => [
        { trouble: { camera: why, microphone: null } },
        { trouble: { camera: null, microphone: why } },
      ]),
    ];
    for (const text of [vi, en]) {
      const said = conditions.map((c) => faultsOf({ ...well, ...c }, text)[0]?.words);
      expect(said).not.toContain(undefined);
      expect(new Set(said).size).toBe(conditions.length);
    }
  });
});

describe('line check', () => {
  const reading = { roundTripMs: 40, lossUp: 0, lossDown: 0.001, bitrateUp: 0, bitrateDown: 2e6 };
  const site: CheckedSite = {
    there: { camera: true, microphone: true },
    faults: [],
    heard: true,
    loudspeaker: { is: 'there', name: 'HDMI' },
    connected: true,
    open: true,
    reading,
  };
  const how = (over: Partial<CheckedSite>) =>
    checkSite({ ...site, ...over }, vi)
      .map((r) => `${r.check} ${r.is}`)
      .join(', ');
  const words = (over: Partial<CheckedSite>) => summary(checkSite({ ...site, ...over }, vi), vi);

  it('is passed when everything is there and was heard and measured', () => {
    expect(how({})).toBe('camera good, microphone good, loudspeaker good, line good');
    expect(words({})).toBe(vi.kiosk.check.ready);
  });

  it('waits for a word into the microphone and for the first measurement', () => {
    expect(how({ heard: false, reading: null })).toBe(
      'camera good, microphone going, loudspeaker good, line going',
    );
    expect(words({ heard: false })).toBe(vi.kiosk.check.going);
  });

  it('names what somebody should see to', () => {
    const faults = faultsOf({ ...well, trouble: { camera: 'missing', microphone: null } }, vi);
    const over = { faults, loudspeaker: { is: 'none', name: '' } } as const;
    expect(how(over)).toBe('camera wanting, microphone good, loudspeaker wanting, line good');
    expect(words(over)).toBe('Cần kiểm tra: Camera và Loa');
  });

  it('finds a line poor by its round trip or by its loss either way', () => {
    for (const bad of [{ roundTripMs: 900 }, { lossUp: 0.2 }, { lossDown: 0.2 }]) {
      expect(how({ reading: { ...reading, ...bad } })).toContain('line wanting');
    }
    expect(how({ connected: false })).toContain('line going');
    expect(how({ open: false })).toContain('line going');
  });
});
