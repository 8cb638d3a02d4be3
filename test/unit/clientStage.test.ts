import { describe, expect, it } from 'vitest';
import { arrange, nothingShown } from '../../client/ui/stage/arrange.ts';
import { type Held, heldNothing, hold, longestHold } from '../../client/ui/stage/held.ts';
import { type Placement, place } from '../../client/ui/stage/place.ts';
import { takesOver } from '../../client/ui/stage/takeOver.ts';
import { layouts } from '../../server/domain/briefing.ts';
import type { Programme } from '../../server/domain/routing.ts';

const quiet: Programme = {
  live: true,
  layout: 'presentation',
  chair: 'chair',
  speakers: [],
  presenter: null,
  cue: null,
  prepared: [],
};

describe('arrange', () => {
  it('shows the chair large while nobody else speaks', () => {
    expect(arrange(quiet, 'a')).toEqual({ ...nothingShown, main: ['chair'] });
  });

  it('shows the speaker large, the chair small, and keeps the next one ready', () => {
    expect(arrange({ ...quiet, speakers: ['a'], cue: 'b' }, 'z')).toEqual({
      main: ['a'],
      inset: 'chair',
      presenter: null,
      standby: 'b',
    });
  });

  it('never shows a kiosk its own picture large: on air, it watches the chair', () => {
    expect(arrange({ ...quiet, speakers: ['a'], presenter: 'a', cue: 'a' }, 'a')).toEqual({
      ...nothingShown,
      main: ['chair'],
    });
  });

  it('shows nothing while nothing goes out', () => {
    expect(arrange({ ...quiet, live: false, speakers: ['a'] }, null)).toEqual(nothingShown);
  });
});

describe('arrange by the chosen layout', () => {
  const busy: Programme = { ...quiet, speakers: ['a'], presenter: 'a', cue: 'b' };
  const cued = { inset: null, presenter: null, standby: 'b' };

  it.each([
    ['presentation', { main: ['a'], inset: 'chair', presenter: 'a', standby: 'b' }],
    ['speaker', { ...cued, main: ['a'], inset: 'chair' }],
    ['sideBySide', { ...cued, main: ['chair', 'a'] }],
    ['chair', { ...cued, main: ['chair'] }],
  ] as const)('%s', (layout, expected) => {
    expect(arrange({ ...busy, layout }, 'z')).toEqual(expected);
  });

  it.each(layouts)('%s: whoever is on air watches the chair, never itself', (layout) => {
    expect(arrange({ ...busy, layout }, 'a')).toEqual({ ...cued, main: ['chair'] });
  });

  it.each(layouts)('%s: with nobody on the floor there is the chair', (layout) => {
    expect(arrange({ ...quiet, layout }, 'z')).toEqual({ ...nothingShown, main: ['chair'] });
  });
});

describe('place', () => {
  const overlap = (a: Placement, b: Placement) =>
    a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

  it('gives a single picture the whole stage, the chair a corner of it', () => {
    const [main, inset] = place({ ...nothingShown, main: ['a'], inset: 'chair' });
    expect(main).toMatchObject({ x: 0, y: 0, width: 100, height: 100, shown: 'main' });
    expect(inset).toMatchObject({ seat: 'chair', shown: 'inset' });
    expect((inset?.x ?? 0) + (inset?.width ?? 0)).toBeLessThan(100);
  });

  it('stands two faces side by side, of one size and no taller than 4:3', () => {
    const [left, right] = place({ ...nothingShown, main: ['chair', 'a'] }, 10.5);
    expect([left?.seat, right?.seat]).toEqual(['chair', 'a']);
    expect(left).toMatchObject({ width: right?.width, height: right?.height, y: right?.y });
    expect((left?.x ?? 0) + (left?.width ?? 0)).toBeLessThanOrEqual(right?.x ?? 0);
    expect((left?.height ?? 0) / (left?.width ?? 1)).toBeLessThanOrEqual(1.34);
    // In the middle of what no bar covers.
    expect((left?.y ?? 0) + (left?.height ?? 0) / 2).toBeCloseTo((100 - 10.5) / 2, 0);
  });

  it.each([2, 3, 4, 5, 9, 16])('lets %i speakers share the stage without overlap', (count) => {
    const main = Array.from({ length: count }, (_, i) => `s${i}`);
    for (const presenter of [null, 's0']) {
      const placed = place({ ...nothingShown, main, inset: 'chair', presenter }, 10);
      expect(placed).toHaveLength(count + 1 + (presenter ? 1 : 0));
      for (const [i, a] of placed.entries()) {
        expect(a.x).toBeGreaterThanOrEqual(0);
        expect(a.x + a.width).toBeLessThanOrEqual(100);
        expect(a.y).toBeGreaterThanOrEqual(0);
        expect(a.y + a.height).toBeLessThanOrEqual(90);
        for (const b of placed.slice(i + 1)) expect(overlap(a, b)).toBe(false);
      }
    }
  });
});

describe('hold', () => {
  const chair = { ...nothingShown, main: ['chair'] };
  const speaker = { ...nothingShown, main: ['a'], inset: 'chair' };
  const before: Held = { shown: chair, since: null };
  const nobody = () => false;

  it('keeps the former picture until the new one has arrived', () => {
    const waiting = hold({ held: before, target: speaker, ready: nobody, now: 100 });
    expect(waiting).toEqual({ shown: chair, since: 100 });
    const arrived = hold({ held: waiting, target: speaker, ready: () => true, now: 150 });
    expect(arrived).toEqual({ shown: speaker, since: null });
  });

  it('does not wait for longer than it may, even when the target changes meanwhile', () => {
    const waiting = hold({ held: before, target: speaker, ready: nobody, now: 100 });
    const other = { ...nothingShown, main: ['b'], inset: 'chair' };
    const still = hold({ held: waiting, target: other, ready: nobody, now: 99 + longestHold });
    expect(still.shown).toBe(chair);
    const over = hold({ held: still, target: other, ready: nobody, now: 100 + longestHold });
    expect(over).toEqual({ shown: other, since: null });
  });

  it('waits for nothing when the large picture stays, or when there was none', () => {
    const cued = { ...chair, standby: 'b' };
    expect(hold({ held: before, target: cued, ready: nobody, now: 5 }).shown).toBe(cued);
    expect(hold({ held: heldNothing, target: speaker, ready: nobody, now: 5 }).shown).toBe(speaker);
  });

  it('waits for slides as well', () => {
    const slides = { ...chair, presenter: 'chair' };
    const ready = (_: string, source: string) => source === 'camera';
    expect(hold({ held: before, target: slides, ready, now: 5 }).since).toBe(5);
  });
});

describe('takesOver', () => {
  it('waits for a first picture, however long the former one has stood still', () => {
    expect(takesOver({ decoded: 0, stillFor: 60_000 })).toBe(false);
    expect(takesOver({ decoded: 0, stillFor: Number.POSITIVE_INFINITY })).toBe(false);
  });

  it('comes with the first picture where the former one has stopped', () => {
    expect(takesOver({ decoded: 1, stillFor: 450 })).toBe(true);
    expect(takesOver({ decoded: 1, stillFor: Number.POSITIVE_INFINITY })).toBe(true);
  });

  it('waits for a steady picture where the former one still moves', () => {
    expect(takesOver({ decoded: 1, stillFor: 40 })).toBe(false);
    expect(takesOver({ decoded: 20, stillFor: 40 })).toBe(true);
  });
});
