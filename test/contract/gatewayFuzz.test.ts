import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { refusalCodes } from '../../server/domain/refusal.ts';
import { asks } from '../../server/protocol/wire.ts';
import { ClusterClient } from '../support/clusterClient.ts';
import { deedsOf } from '../support/clusterJournal.ts';
import { expectUnharmed, pidsOf, useCluster } from '../support/clusterTest.ts';

/** Whatever is asked, by whomever: an answer by name, or a closed socket; and no deed but accepted ones. */
const running = useCluster({ config: { limits: { commandsPerSecond: 5_000 } } });
let pids: readonly (number | undefined)[] = [];
beforeAll(() => {
  pids = pidsOf(running.cluster);
});

const commandTypes = [
  'phase.step',
  'seat.mute',
  'seat.unmute',
  'seat.join',
  'seat.lose',
  'floor.request',
  'floor.release',
  'floor.accept',
  'floor.move',
  'floor.deny',
  'floor.grant',
  'floor.revoke',
  'floor.setRules',
  'floor.expireGrace',
  'presentation.start',
  'presentation.stop',
  'briefing.plan',
];

/** Values of the kinds that the wire knows, right and nearly right, and any others. */
function bodies(seats: readonly string[]) {
  const value = fc.oneof(
    fc.constantFrom(...seats, 'r1', 'r80', 'begin', 'recess', 'camera', 'microphone', 'send'),
    fc.integer({ min: -2, max: 5 }),
    fc.boolean(),
    fc.constantFrom(null, Number.MAX_VALUE, '', ' ', '\u0000', '__proto__', 'x'.repeat(300)),
    fc.jsonValue({ maxDepth: 3 }),
  );
  const fields = {
    seat: value,
    beneficiary: value,
    request: value,
    position: value,
    priority: value,
    step: value,
    target: fc.oneof(value, fc.record({ seat: value }), fc.record({ request: value })),
    replace: value,
    mode: value,
    maxFloorUsers: value,
  };
  const command = fc
    .tuple(fc.constantFrom(...commandTypes), fc.record(fields, { requiredKeys: [] }))
    .map(([type, rest]) => ({ type, ...rest }));
  const about = (seat: string) =>
    fc.constantFrom(
      { type: 'floor.request', beneficiary: seat },
      { type: 'floor.grant', target: { seat }, replace: true },
      { type: 'seat.mute', seat },
      { type: 'presentation.start', seat },
    );
  const envelope = fc.record({
    id: fc.oneof({ weight: 5, arbitrary: fc.uuid() }, value),
    command: fc.oneof(command, fc.constantFrom(...seats).chain(about), value),
  });
  const media = fc.record(
    {
      direction: value,
      source: value,
      kind: value,
      dtlsParameters: value,
      rtpParameters: value,
      consumers: fc.oneof(value, fc.array(value)),
    },
    { requiredKeys: [] },
  );
  return fc.oneof(envelope, envelope, media, fc.jsonValue(), fc.constant({}));
}

test('random asks from a chair, a point and a wall', async () => {
  const { cluster } = running;
  const [own = '', other = ''] = cluster.seats;
  const before = await deedsOf(cluster);
  const accepted = new Set<string>();
  const pages = new Map<string, ClusterClient>();
  const page = async (role: 'chair' | 'point' | 'wall') => {
    const open = pages.get(role);
    if (open?.socket.connected) return open;
    const seat = role === 'point' ? own : null;
    const fresh = running.keep(await ClusterClient.connect({ cluster, role, seat }));
    pages.set(role, fresh);
    return fresh;
  };
  const names = [...Object.keys(asks), 'command', 'command', 'command', 'unknown'];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('chair', 'point', 'wall'),
      fc.constantFrom(...names),
      bodies([own, other, cluster.chairSeat]),
      async (role, name, body) => {
        // Nobody closes the briefing, or every later command would be refused alike.
        fc.pre(!JSON.stringify(body ?? null).includes('"close"'));
        const client = await page(role);
        const answer = await client.ask(name, body);
        if (answer.ok) {
          expect(role === 'wall' && name === 'command', 'a wall commands nothing').toBe(false);
          if (name === 'command') accepted.add((body as { id: string }).id);
          if (name === 'leave') client.close();
        } else {
          expect(refusalCodes).toContain(answer.refusal);
        }
      },
    ),
    { numRuns: 1_500, endOnFailure: true },
  );
  const deeds = (await deedsOf(cluster)).slice(before.length);
  // A grant in the floor's turn belongs to the command that made room for it, and to no other.
  expect(deeds.filter((d) => d.by.role !== 'system' && !accepted.has(d.command))).toEqual([]);
  const done = new Set(deeds.map((d) => d.command));
  expect([...accepted].filter((id) => !done.has(id))).toEqual([]);
  await expectUnharmed(cluster, pids);
});
