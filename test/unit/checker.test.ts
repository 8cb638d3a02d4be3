import { expect, test } from 'vitest';
import type { BriefingEvent, Recorded } from '../../server/domain/event.ts';
import { violations } from '../support/checker.ts';
import { chair, seatId } from '../support/plan.ts';
import { Play } from '../support/play.ts';

/** A briefing in which all happened that can: everything below breaks it in one place. */
function lived(): Recorded[] {
  const play = Play.gathering(5, { maxFloorUsers: 2 });
  const [a, b, c] = [1, 2, 3].map(seatId) as [string, string, string];
  play.request(a, 'granted');
  play.request(b, 'accepted');
  play.request(c, 'pending');
  play.done({ type: 'floor.accept', request: play.requestIdOf(c) });
  play.done({ type: 'floor.move', request: play.requestIdOf(c), position: 1 });
  play.done({ type: 'seat.mute', seat: a });
  play.done({ type: 'floor.grant', target: { request: play.requestIdOf(c) }, replace: false });
  play.done({ type: 'floor.grant', target: { request: play.requestIdOf(b) }, replace: true });
  play.lose(c);
  play.join(c, 'again');
  play.done({ type: 'floor.release', request: play.requestIdOf(c) });
  play.done({ type: 'seat.unmute', seat: a });
  return play.events;
}

const at = (journal: readonly Recorded[], type: BriefingEvent['type'], nth = 0): number =>
  journal.map((e, i) => (e.event.type === type ? i : -1)).filter((i) => i >= 0)[nth] ?? -1;

const changed = (journal: readonly Recorded[], i: number, change: object): Recorded[] =>
  journal.with(i, {
    ...(journal[i] as Recorded),
    event: { ...journal[i]?.event, ...change } as BriefingEvent,
  });

/** Numbers and command ids made whole again, so that only the event's own fault remains. */
const renumbered = (journal: readonly Recorded[]): Recorded[] =>
  journal.map((e, i) => ({ ...e, version: i + 1, command: `c${i}` }));

const without = (journal: readonly Recorded[], i: number) => renumbered(journal.toSpliced(i, 1));

const faultsOf = (journal: readonly Recorded[]) => violations({ journal });

test('a true journal has no violations', () => {
  const journal = lived();
  const accepted = journal
    .filter((e, i) => e.command !== journal[i - 1]?.command)
    .map(({ command, version }) => ({ command, version }));
  const tokens = [3, 3, 7, journal.length].map((token) => ({ where: 'sfu-1', token }));
  expect(violations({ journal, accepted, tokens })).toEqual([]);
});

test('versions: a gap, a repetition', () => {
  const journal = lived();
  expect(faultsOf(journal.toSpliced(2, 1))).toContain('version 4: follows 2');
  expect(faultsOf(journal.toSpliced(2, 0, journal[2] as Recorded))).toContain(
    'version 3: follows 3',
  );
});

test('commands: lost, elsewhere, twice', () => {
  const journal = lived();
  const [first, second] = [journal[8], journal[9]] as [Recorded, Recorded];
  const accepted = (command: string, version: number) =>
    violations({ journal, accepted: [{ command, version }] });
  expect(accepted(first.command, first.version)).toEqual([]);
  expect(accepted('gone', 3)).toEqual(['command gone was accepted but is not in the journal']);
  expect(accepted(first.command, second.version)).toEqual([
    `command ${first.command} was accepted at version ${second.version} but is at ${first.version}`,
  ]);
  const last = journal.length - 1;
  const again = journal.with(last, { ...(journal[last] as Recorded), command: 'x', by: chair });
  const twice = again.with(3, { ...(again[3] as Recorded), command: 'x', by: chair });
  expect(faultsOf(twice)).toEqual([
    `command x of chair p00 is in the journal at 4 and ${last + 1}`,
  ]);
});

test('an answer names the first event of its command', () => {
  const journal = lived();
  const replaced = journal[at(journal, 'floor.revoked')] as Recorded;
  const { command, version } = replaced;
  expect(violations({ journal, accepted: [{ command, version }] })).toEqual([]);
  expect(violations({ journal, accepted: [{ command, version: version + 1 }] })).toHaveLength(1);
});

test('too many holders', () => {
  const journal = lived();
  // Without the revocation there are three where two may be.
  const faults = faultsOf(without(journal, at(journal, 'floor.revoked')));
  expect(faults.some((f) => f.endsWith('3 hold the floor, where 2 may'))).toBe(true);
});

test("a request's life: what the table does not have", () => {
  const journal = lived();
  const last = journal.at(-1) as Recorded;
  const released = journal[at(journal, 'floor.released')] as Recorded;
  const after = (event: BriefingEvent) =>
    faultsOf([...journal, { ...last, version: last.version + 1, command: 'more', event }]);
  const { request, beneficiary } = released.event as { request: string; beneficiary: string };
  const of = { request, beneficiary };
  const said = (what: string) => [`version ${last.version + 1}: ${what}`];
  expect(after({ type: 'floor.released', ...of })).toEqual(
    said(`floor.released of ${request}, which was released`),
  );
  expect(after({ type: 'floor.cancelled', ...of, was: 'accepted' })).toContain(
    said(`floor.cancelled of ${request}, which was released`)[0],
  );
  expect(after({ type: 'floor.moved', ...of, position: 1 })).toContain(
    said(`floor.moved of ${request}, which was released`)[0],
  );
  expect(after({ type: 'floor.revoked', request: 'r999', beneficiary, reason: 'chair' })).toEqual(
    said('floor.revoked of r999, which was never made'),
  );
  // A holder is revoked, never denied (RFC 8855 §11.1).
  const granted = journal[at(journal, 'floor.granted', 2)]?.event as typeof of;
  expect(
    after({
      type: 'floor.denied',
      request: granted.request,
      beneficiary: granted.beneficiary,
      was: 'accepted',
    }),
  ).toContain(said(`floor.denied of ${granted.request}, which was granted`)[0]);
});

test('a request that is another seat, that moves out of the queue, or has another name', () => {
  const journal = lived();
  const moved = at(journal, 'floor.moved');
  expect(faultsOf(changed(journal, moved, { position: 9 }))[0]).toMatch(/to place 9 of 2$/);
  expect(faultsOf(changed(journal, moved, { beneficiary: seatId(4) }))[0]).toMatch(/it is p03's$/);
  const requested = at(journal, 'floor.requested');
  expect(faultsOf(changed(journal, requested, { request: 'r1' }))[0]).toMatch(
    /the new request r1 has another's name$/,
  );
});

test('one seat with two requests', () => {
  const journal = lived();
  const second = at(journal, 'floor.requested', 1);
  const faults = faultsOf(changed(journal, second, { beneficiary: seatId(1) }));
  expect(faults.some((f) => f.endsWith('p01 has two requests'))).toBe(true);
});

test('presence: joined twice, lost by a stranger, left by nobody', () => {
  const journal = lived();
  const joined = at(journal, 'seat.joined', 1);
  const more = (event: BriefingEvent, i = joined + 1) =>
    faultsOf(
      renumbered(journal.toSpliced(i, journal.length, { ...(journal[i] as Recorded), event })),
    );
  const { seat, connection } = (journal[joined] as Recorded).event as {
    seat: string;
    connection: string;
  };
  expect(more({ type: 'seat.joined', seat, connection: 'other', how: 'evicted' })).toEqual([]);
  expect(more({ type: 'seat.joined', seat, connection: 'other', how: 'first' })).toHaveLength(1);
  expect(more({ type: 'seat.joined', seat, connection, how: 'evicted' })[0]).toMatch(
    /joined twice/,
  );
  expect(more({ type: 'seat.lost', seat, connection: 'other' })[0]).toMatch(/did not have$/);
  expect(more({ type: 'seat.left', seat: seatId(5) })[0]).toMatch(/which was expected$/);
  expect(more({ type: 'seat.left', seat: 'p99' })[0]).toMatch(/unknown seat p99$/);
});

test('fencing tokens: going back, and beyond the journal', () => {
  const journal = lived();
  const token = (where: string, n: number) => ({ where, token: n });
  const seen = [token('sfu-1', 9), token('sfu-2', 4), token('sfu-1', 8), token('sfu-2', 99)];
  expect(violations({ journal, tokens: seen })).toEqual([
    'at sfu-1 the token went back from 9 to 8',
    `sfu-2 has token 99, but the journal ends at ${journal.length}`,
  ]);
});

test('a grant that does not come after the one before', () => {
  const journal = lived();
  const [first, second] = [at(journal, 'floor.granted'), at(journal, 'floor.granted', 1)];
  const backwards = journal.with(second, {
    ...(journal[second] as Recorded),
    version: journal[first]?.version ?? 0,
  });
  const faults = faultsOf(backwards);
  expect(faults.some((f) => /does not come after/.test(f))).toBe(true);
  expect(faults.some((f) => /fencing tokens do not rise/.test(f))).toBe(true);
});
