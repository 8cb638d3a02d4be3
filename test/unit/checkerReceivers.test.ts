import { expect, test } from 'vitest';
import type { HeardSpan, Observed } from '../../scripts/rehearse/gaps.ts';
import type { Recorded } from '../../server/domain/event.ts';
import { violations } from '../support/checker.ts';
import { seatId } from '../support/plan.ts';
import { Play } from '../support/play.ts';

const speaker = 1;
const other = 2;
const listener = seatId(3);

interface Story {
  readonly journal: readonly Recorded[];
  /** When the speaker was granted the floor, and when it was over, by the journal. */
  readonly granted: number;
  readonly over: number;
}

/** One speaks for a while; `during` happens in between. */
function speech(during: (play: Play) => void = () => {}): Story {
  const play = Play.gathering(4);
  const lastAt = () => play.events.at(-1)?.at ?? 0;
  play.done({ type: 'phase.step', step: 'begin' });
  play.request(seatId(speaker), 'granted');
  const granted = lastAt();
  during(play);
  play.done({ type: 'floor.release', request: play.requestIdOf(seatId(speaker)) });
  const over = lastAt();
  play.done({ type: 'seat.mute', seat: seatId(4) });
  return { journal: play.events, granted, over };
}

const heard = (...sounds: HeardSpan[]): Observed => ({ pictures: [], sounds });
const sound = (site: number, from: number, to: number): HeardSpan => ({ site, from, to });
const seen = (site: number, ...times: number[]): Observed => ({
  sounds: [],
  pictures: times.map((at) => ({ at, site })),
});

const faultsOf = ({ journal }: Story, observed: Observed, seat: string | null = listener) =>
  violations({ journal, receivers: [{ name: 'p03', seat, observed }] });

test('who holds the floor is heard, and for a moment after', () => {
  const story = speech();
  const { granted, over } = story;
  expect(faultsOf(story, heard(sound(speaker, granted + 100, over + 600)))).toEqual([]);
  // The observer tells a long sound in parts.
  const parts = heard(sound(speaker, granted, granted + 100), sound(speaker, granted + 100, over));
  expect(faultsOf(story, parts)).toEqual([]);
});

test('nobody is heard before the grant or long after the release', () => {
  const story = speech();
  const { granted, over } = story;
  expect(faultsOf(story, heard(sound(speaker, granted - 300, granted + 100)))).toEqual([
    `p03 heard p01 from ${granted - 300} to ${granted + 100}: it did not hold the floor then (240 ms)`,
  ]);
  expect(faultsOf(story, heard(sound(speaker, granted, over + 900)))).toEqual([
    `p03 heard p01 from ${granted} to ${over + 900}: it did not hold the floor then (200 ms)`,
  ]);
});

test('the chair is heard whenever something goes out', () => {
  const story = speech();
  const { granted, over, journal } = story;
  expect(faultsOf(story, heard(sound(0, granted - 500, over + 500)))).toEqual([]);
  const planned = journal[0]?.at ?? 0;
  expect(faultsOf(story, heard(sound(0, planned + 100, planned + 250)))[0]).toMatch(
    /heard p00 .* nothing went out then/,
  );
});

test('a muted holder is not heard', () => {
  let muted = 0;
  const story = speech((play) => {
    play.done({ type: 'seat.mute', seat: seatId(speaker) });
    muted = play.events.at(-1)?.at ?? 0;
  });
  const { granted } = story;
  expect(faultsOf(story, heard(sound(speaker, granted, muted + 500)))).toEqual([]);
  expect(faultsOf(story, heard(sound(speaker, granted, muted + 800)))[0]).toMatch(/was muted then/);
});

test('others, strangers and oneself', () => {
  const story = speech();
  const { granted } = story;
  const faults = (site: number, ms: number) =>
    faultsOf(story, heard(sound(site, granted, granted + ms)));
  expect(faults(other, 20)).toEqual([]);
  expect(faults(other, 50)[0]).toMatch(/heard p02 .* did not hold the floor/);
  expect(faults(3, 50)[0]).toBe('p03 heard itself');
  // Nobody sat there: so short a sound was made up by a decoder.
  expect(faults(4, 50)).toEqual([]);
  expect(faults(4, 150)[0]).toMatch(/heard p04 .* did not hold the floor/);
  expect(faults(99, 50)).toEqual([]);
  expect(faults(99, 150)).toEqual(['p03 heard site 99, which nobody is']);
});

test('one voice takes over from another, but two are not heard together', () => {
  let switched = 0;
  const story = speech((play) => {
    play.done({ type: 'floor.setRules', maxFloorUsers: 2 });
    play.request(seatId(other), 'granted');
    play.done({ type: 'floor.setRules', maxFloorUsers: 1 });
    switched = play.events.at(-1)?.at ?? 0;
    for (const type of ['seat.mute', 'seat.unmute'] as const) play.done({ type, seat: seatId(4) });
  });
  const both = (until: number) =>
    violations({
      journal: story.journal,
      receivers: [
        {
          name: 'p03',
          seat: listener,
          observed: heard(
            sound(speaker, story.granted, story.over),
            sound(other, switched - 500, until),
          ),
        },
      ],
    }).filter((f) => f.includes('at once'));
  // Until then two might speak, then the former voice is forgiven, then its overlapping.
  expect(both(switched + 1_300)).toEqual([]);
  expect(both(switched + 1_500)).toEqual(['p03 heard more points than 1 at once for 799 ms']);
});

test('the large picture is the holder, else the chair', () => {
  const story = speech();
  const { granted, over } = story;
  expect(faultsOf(story, seen(0, granted - 100, granted + 1_000))).toEqual([]);
  expect(faultsOf(story, seen(speaker, granted + 100, over + 2_000))).toEqual([]);
  expect(faultsOf(story, seen(0, over + 100))).toEqual([]);
});

test('the large picture of somebody who does not speak', () => {
  // The speech is long, so that the chair's time on the screen is over.
  const story = speech((play) => {
    for (let i = 0; i < 5; i++) play.done({ type: 'floor.setRules', maxFloorUsers: 2 + i });
  });
  const { granted, over } = story;
  expect(faultsOf(story, seen(0, granted + 3_500))).toHaveLength(1);
  expect(faultsOf(story, seen(speaker, granted - 100))).toEqual([
    `p03 saw p01 large in 1 pictures from ${granted - 100} to ${granted - 100}, when it was not to be`,
  ]);
  expect(faultsOf(story, seen(speaker, over + 3_100))).toHaveLength(1);
  expect(faultsOf(story, seen(other, granted, granted + 50))[0]).toMatch(/p02 large in 2 pictures/);
  expect(faultsOf(story, seen(3, granted))).toEqual(['p03 saw itself large']);
});

test('whoever speaks watches the chair', () => {
  const story = speech((play) => {
    for (let i = 0; i < 5; i++) play.done({ type: 'floor.setRules', maxFloorUsers: 2 + i });
  });
  expect(faultsOf(story, seen(0, story.granted + 3_000), seatId(speaker))).toEqual([]);
});
