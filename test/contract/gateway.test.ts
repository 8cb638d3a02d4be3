import { SignJWT } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { signPass } from '../../server/gateway/identity.ts';
import { ClusterClient } from '../support/clusterClient.ts';
import { deedsOf } from '../support/clusterJournal.ts';
import { expectUnharmed, pidsOf, useCluster } from '../support/clusterTest.ts';
import { until } from '../support/until.ts';

/**
 * What the server's wire to browsers does with what no honest browser sends: a named refusal or a
 * closed socket, the process unharmed, the journal as it was.
 */
const running = useCluster({ config: { limits: { commandsPerSecond: 5_000 } } });
let pids: readonly (number | undefined)[] = [];
beforeAll(() => {
  pids = pidsOf(running.cluster);
});

/** Does something bad, and proves that nothing came of it. */
async function harmless(bad: () => Promise<void>): Promise<void> {
  const before = await deedsOf(running.cluster);
  await bad();
  expect(await deedsOf(running.cluster)).toEqual(before);
  await expectUnharmed(running.cluster, pids);
}

const page = 'a-page-of-this-test';

describe('a pass that is not ours', () => {
  const refusedWith = (auth: unknown) => {
    const client = running.keep(new ClusterClient(running.cluster.url(), auth));
    return client.welcomed().then(
      () => 'let in',
      (error: Error) => error.message,
    );
  };
  const alter = (pass: string, change: (claims: Record<string, unknown>) => void) => {
    const [head, body = '', signature] = pass.split('.');
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString());
    change(claims);
    return [head, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
  };

  test('signed by somebody else, altered, unsigned or no pass at all: refused', () =>
    harmless(async () => {
      const { cluster } = running;
      const seat = cluster.seats[0] ?? '';
      const good = await cluster.pass('point', seat);
      const foreign = await signPass({
        secret: new Uint8Array(32).fill(7),
        briefing: cluster.briefing,
        role: 'chair',
        seat: cluster.chairSeat,
      });
      const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${good.split('.')[1]}.`;
      const bad = [
        foreign,
        alter(good, (c) => Object.assign(c, { role: 'chair', seat: cluster.chairSeat })),
        alter(good, (c) => Object.assign(c, { seat: cluster.seats[1] })),
        unsigned,
        good.slice(0, -2),
        `${good}x`,
        'x'.repeat(40),
        'x'.repeat(10_000),
        '',
        7,
        { toString: 'chair' },
        null,
        [good],
      ];
      for (const pass of bad) expect(await refusedWith({ pass, page })).toBe('notPermitted');
      for (const auth of [
        {},
        { pass: good },
        { pass: good, page: 'x' },
        { pass: good, page, a: 1 },
      ]) {
        expect(await refusedWith(auth)).toBe('notPermitted');
      }
    }));

  test('signed by us, but claiming what no page is given: refused', () =>
    harmless(async () => {
      const { cluster } = running;
      const sign = (claims: Record<string, unknown>, briefing = cluster.briefing) =>
        new SignJWT(claims)
          .setProtectedHeader({ alg: 'HS256' })
          .setSubject(briefing)
          .sign(cluster.secret);
      const bad = [
        await sign({ role: 'system' }),
        await sign({ role: 'point' }),
        await sign({ role: 'wall', seat: cluster.chairSeat }),
        await sign({ role: 'chair', seat: cluster.chairSeat }, 'another-briefing'),
        await sign({}),
      ];
      for (const pass of bad) {
        expect(await refusedWith({ pass, page })).toMatch(/^(notPermitted|unknownBriefing)$/);
      }
      // A seat that the briefing does not have is found out by its rules, after the handshake.
      const nowhere = await sign({ role: 'point', seat: 'nowhere' });
      expect(await refusedWith({ pass: nowhere, page })).toMatch(/^closed/);
    }));

  test('an identity does not reach further than its own role', () =>
    harmless(async () => {
      const { cluster } = running;
      const [own = '', other = ''] = cluster.seats;
      const point = await running.connect({ role: 'point', seat: own });
      const wall = await running.connect({ role: 'wall' });
      const technician = await running.connect({ role: 'technician' });
      const refusal = async (
        client: ClusterClient,
        command: Parameters<typeof point.command>[0],
      ) => {
        const answer = await client.command(command);
        return answer.ok ? 'accepted' : answer.refusal;
      };
      expect(await refusal(point, { type: 'floor.request', beneficiary: other })).toBe(
        'foreignSeat',
      );
      expect(await refusal(point, { type: 'presentation.start', seat: other })).toBe('foreignSeat');
      expect(await refusal(point, { type: 'presentation.stop', seat: cluster.chairSeat })).toBe(
        'foreignSeat',
      );
      for (const client of [point, wall, technician]) {
        expect(
          await refusal(client, { type: 'floor.grant', target: { seat: own }, replace: true }),
        ).toBe('notPermitted');
        expect(await refusal(client, { type: 'seat.mute', seat: other })).toBe('notPermitted');
        expect(await refusal(client, { type: 'phase.step', step: 'close' })).toBe('notPermitted');
      }
      const answer = await fetch(`${cluster.url()}/api/links`, {
        headers: { authorization: `Bearer ${await cluster.pass('point', own)}` },
      });
      expect(answer.status).toBe(403);
    }));
});

describe('a command in the wrong state', () => {
  test('is refused by name', () =>
    harmless(async () => {
      const { cluster } = running;
      const [own = ''] = cluster.seats;
      const chair = await running.connect({ role: 'chair' });
      const point = await running.connect({ role: 'point', seat: own });
      const expected = [
        [chair, { type: 'phase.step', step: 'open' }, 'wrongPhase'],
        [chair, { type: 'phase.step', step: 'resume' }, 'wrongPhase'],
        [chair, { type: 'floor.revoke', request: 'r999999' }, 'unknownRequest'],
        [chair, { type: 'floor.move', request: 'r1', position: 1 }, 'unknownRequest'],
        [
          chair,
          { type: 'floor.grant', target: { seat: 'nowhere' }, replace: false },
          'unknownSeat',
        ],
        [
          chair,
          { type: 'floor.grant', target: { seat: cluster.seats[5] ?? '' }, replace: false },
          'seatNotConnected',
        ],
        [chair, { type: 'floor.request', beneficiary: cluster.chairSeat }, 'chairNeedsNoFloor'],
        [chair, { type: 'seat.unmute', seat: own }, 'notMuted'],
        [chair, { type: 'floor.setRules' }, 'nothingToChange'],
        [point, { type: 'floor.request', beneficiary: own, priority: 4 }, 'priorityNotAllowed'],
        [point, { type: 'presentation.start', seat: own }, 'notHolder'],
        [point, { type: 'presentation.stop', seat: own }, 'notPresenting'],
        [point, { type: 'floor.release', request: 'r1' }, 'unknownRequest'],
      ] as const;
      for (const [client, command, refusal] of expected) {
        expect(await client.command(command), command.type).toEqual({ ok: false, refusal });
      }
    }));
});

describe('malformed asks', () => {
  const malformed = { ok: false, refusal: 'malformed' };
  const id = 'c0ffee00-1111';

  test('unknown names, and names that objects are born with', () =>
    harmless(async () => {
      const point = await running.connect({ role: 'point', seat: running.cluster.seats[0] ?? '' });
      const names = [
        'nonsense',
        '',
        '__proto__',
        'constructor',
        'toString',
        'hasOwnProperty',
        'media.',
        'seat.join',
        'welcome',
        'x'.repeat(10_000),
      ];
      for (const name of names) expect(await point.ask(name, {})).toMatchObject(malformed);
    }));

  test('wrong types, missing and surplus keys, for every ask', () =>
    harmless(async () => {
      const chair = await running.connect({ role: 'chair' });
      const wrong: [string, unknown[]][] = [
        ['command', [undefined, null, 7, '', [], {}, { id }, { id, command: null }]],
        ['command', [{ id, command: { type: 'seat.join', seat: 'x', connection: 'y' } }]],
        ['command', [{ id, command: { type: 'floor.expireGrace', seat: 'x', lostAtVersion: 1 } }]],
        ['command', [{ id, command: { type: 'briefing.plan', plan: {} } }]],
        ['command', [{ id, command: { type: 'phase.step', step: 'destroy' } }]],
        ['command', [{ id, command: { type: 'floor.setRules', maxFloorUsers: 0 } }]],
        ['command', [{ id, command: { type: 'floor.setRules', maxFloorUsers: 1e9 } }]],
        ['command', [{ id, command: { type: 'floor.move', request: 'r1', position: 1.5 } }]],
        ['command', [{ id, command: { type: 'floor.move', request: 'r1', position: '1' } }]],
        ['command', [{ id, command: { type: 'seat.mute', seat: ['a'] } }]],
        ['command', [{ id, command: { type: 'seat.mute', seat: 'a b' } }]],
        ['command', [{ id, command: { type: 'seat.mute', seat: 'a', extra: 1 } }]],
        ['command', [{ id: 'short', command: { type: 'phase.step', step: 'begin' } }]],
        ['command', [{ id: { $gt: '' }, command: { type: 'phase.step', step: 'begin' } }]],
        ['command', [{ id, command: { type: 'phase.step', step: 'begin' }, by: 'system' }]],
        ['command', [Buffer.from('{}'), { id, command: Buffer.from('{}') }]],
        ['snapshot', [null, 7, { all: true }]],
        ['leave', [null, 'now', { seat: 'x' }]],
        ['media.open', [null, {}, { standby: 1 }, { standby: false, node: 'sfu-1' }]],
        ['media.promote', [{}, { leg: 'c' }]],
        ['media.restartIce', [{}, { leg: 'a', direction: 'both' }]],
        ['media.connect', [{}, { leg: 'a', direction: 'both', dtlsParameters: {} }]],
        ['media.publish', [{}, { leg: 'a', source: 'screen', kind: 'video', rtpParameters: {} }]],
        ['media.unpublish', [{}, { leg: 'a', source: 'everything' }]],
        [
          'media.ready',
          [{}, { leg: 'a', consumers: [] }, { leg: 'a', consumers: [7] }, { consumers: ['x'] }],
        ],
      ];
      for (const [name, bodies] of wrong) {
        for (const body of bodies) {
          expect(await chair.ask(name, body), `${name} ${JSON.stringify(body)}`).toMatchObject(
            malformed,
          );
        }
      }
      expect(await chair.ask('command'), 'nothing but the acknowledgement').toMatchObject(
        malformed,
      );
      expect(await chair.ask('command', {}, {}, {})).toMatchObject(malformed);
    }));

  test('keys that would poison prototypes', () =>
    harmless(async () => {
      const chair = await running.connect({ role: 'chair' });
      const poisons = [
        '{"__proto__":{"ok":true},"id":"c0ffee00-1111","command":{"type":"seat.mute","seat":"x"}}',
        '{"id":"c0ffee00-1111","command":{"type":"seat.mute","seat":"x","__proto__":{"a":1}}}',
        '{"id":"c0ffee00-1111","command":{"constructor":{"prototype":{"a":1}},"type":"seat.mute"}}',
      ];
      for (const text of poisons) {
        expect(await chair.ask('command', JSON.parse(text))).toMatchObject(malformed);
      }
      for (const seat of ['__proto__', 'constructor', 'toString', 'valueOf']) {
        const answer = await chair.command({ type: 'seat.mute', seat });
        expect(answer, seat).toMatchObject({ ok: false });
        const granted = await chair.command({
          type: 'floor.grant',
          target: { seat },
          replace: true,
        });
        expect(granted, seat).toMatchObject({ ok: false });
        const denied = await chair.command({ type: 'floor.deny', request: seat });
        expect(denied, seat).toMatchObject({ ok: false });
        const asked = await chair.command({ type: 'floor.request', beneficiary: seat });
        expect(asked, seat).toMatchObject({ ok: false });
      }
    }));

  test('no acknowledgement asked for: nothing breaks, and the next ask is answered', () =>
    harmless(async () => {
      const chair = await running.connect({ role: 'chair' });
      const socket = chair.socket as unknown as { emit(...packet: unknown[]): void };
      socket.emit('command');
      socket.emit('command', null);
      socket.emit('command', { id, command: { type: 'floor.deny', request: 'r999999' } });
      socket.emit('media.open', { standby: false });
      socket.emit('nonsense', 'and', 'more');
      expect(await chair.ask('snapshot', {})).toMatchObject({ ok: true });
    }));
});

describe('what is too large or no packet at all', () => {
  test('a string of 1 MB and a payload of 10 MB close the socket', () =>
    harmless(async () => {
      const seat = running.cluster.seats[0] ?? '';
      for (const size of [1_000_000, 10_000_000]) {
        const point = await running.connect({ role: 'point', seat });
        await expect(point.ask('command', { id: 'x'.repeat(size) })).rejects.toThrow('closed');
        await point.closed();
      }
      // Within the limit of a message it is only one more malformed ask.
      const point = await running.connect({ role: 'point', seat });
      expect(await point.ask('command', { id: 'x'.repeat(50_000) })).toMatchObject({
        refusal: 'malformed',
      });
    }));

  test('frames that are not socket.io', () =>
    harmless(async () => {
      const frames = [
        '4',
        '49',
        '42',
        '42{}',
        '42[]',
        '42[null]',
        '42["disconnect"]',
        '42["connect",{}]',
        '42["error"]',
        `42["command",${'['.repeat(20_000)}${']'.repeat(20_000)}]`,
        `42["command",${'{"a":'.repeat(8_000)}1${'}'.repeat(8_000)}]`,
        '421["command",',
        '451-["command",{"_placeholder":true,"num":0}]',
        '451-["command",{"_placeholder":true,"num":99}]',
        '4599999-["command",{}]',
        '43[]',
        '4399999["x"]',
        '40{"pass":"again"}',
        '42/other,["command",{}]',
        '2probe',
        '6',
        '9',
        Buffer.from([0, 1, 2, 3]),
      ];
      const pass = await running.cluster.pass('wall');
      for (const frame of frames) {
        const socket = new WebSocket(
          `${running.cluster.url().replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`,
        );
        running.keep(socket);
        const seen: string[] = [];
        socket.addEventListener('message', ({ data }) => seen.push(String(data)));
        await until(() => seen.length > 0, { what: 'the engine to open' });
        socket.send(`40${JSON.stringify({ pass, page })}`);
        await until(() => seen.some((s) => s.startsWith('42["welcome"')), { what: 'a welcome' });
        socket.send(frame);
        // Either the socket is closed on it, or the frame is passed over and the next is answered.
        socket.send('427["snapshot",{}]');
        await until(
          () => socket.readyState === WebSocket.CLOSED || seen.some((s) => s.startsWith('437[')),
          { what: `an end to ${String(frame)}` },
        );
        socket.close();
      }
    }));
});
