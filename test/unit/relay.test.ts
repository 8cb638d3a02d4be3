import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { UdpRelay } from '../support/relay.ts';
import { type LineShape, ShapedLine, seeded } from '../support/relayLine.ts';
import { until } from '../support/until.ts';

/** A byte takes a millisecond. */
const slow: LineShape = { loss: 0, delayMs: 50, bitsPerSecond: 8_000, queueBytes: 400 };
const header = 28;

describe('a shaped line', () => {
  it('carries a packet in the time of its bytes, then its own delay', () => {
    expect(new ShapedLine(slow, 1).send(72, 1_000)).toEqual({ at: 1_000 + 72 + header + 50 });
  });

  it('lets packets leave one after another', () => {
    const line = new ShapedLine(slow, 1);
    expect([0, 10, 500].map((now) => line.send(72, now))).toEqual([
      { at: 150 },
      { at: 250 },
      { at: 650 },
    ]);
  });

  it('drops what its queue has no room for, and takes more when some has left', () => {
    const line = new ShapedLine(slow, 1);
    const fates = [0, 0, 0, 0, 0].map((now) => line.send(72, now));
    expect(fates.at(-1)).toBe('full');
    expect(fates.slice(0, -1)).not.toContain('full');
    expect(line.send(72, 99)).toBe('full');
    expect(line.send(72, 100)).toEqual({ at: 550 });
  });

  it('loses the share that it is told to, the same packets for the same seed', () => {
    const shape = { ...slow, loss: 0.05, queueBytes: 1e9 };
    const lost = (seed: number) => {
      const line = new ShapedLine(shape, seed);
      return Array.from({ length: 20_000 }, (_, i) => line.send(1, i) === 'lost');
    };
    const first = lost(7);
    expect(first.filter(Boolean).length / first.length).toBeCloseTo(0.05, 2);
    expect(lost(7)).toEqual(first);
    expect(lost(8)).not.toEqual(first);
  });

  it('never overtakes, and never carries more than its speed', () => {
    const packets = fc.array(
      fc.record({ gap: fc.nat(200), bytes: fc.integer({ min: 1, max: 300 }) }),
    );
    fc.assert(
      fc.property(packets, fc.integer(), (sent, seed) => {
        const line = new ShapedLine({ ...slow, loss: 0.2 }, seed);
        let [now, last] = [0, 0];
        for (const { gap, bytes } of sent) {
          now += gap;
          const fate = line.send(bytes, now);
          if (typeof fate === 'string') continue;
          expect(fate.at).toBeGreaterThanOrEqual(last + bytes + header);
          expect(fate.at).toBeGreaterThanOrEqual(now + bytes + header + slow.delayMs);
          last = fate.at;
        }
      }),
    );
  });
});

it('gives numbers from the whole of [0, 1)', () => {
  const next = seeded(3);
  const numbers = Array.from({ length: 10_000 }, next);
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...numbers)).toBeLessThan(1);
  expect(numbers.reduce((sum, x) => sum + x) / numbers.length).toBeCloseTo(0.5, 1);
});

describe('a relay', () => {
  const closers: (() => void)[] = [];
  afterEach(() => {
    for (const close of closers.splice(0)) close();
  });

  const bound = async () => {
    const socket = createSocket('udp4').bind(0, '127.0.0.1');
    await once(socket, 'listening');
    closers.push(() => socket.close());
    return socket;
  };
  const relayTo = async (targets: readonly number[], shape: LineShape) => {
    const relay = await UdpRelay.create({ targets, up: shape, down: shape, seed: 1 });
    closers.push(() => relay.close());
    return relay;
  };
  const open = { loss: 0, delayMs: 0, bitsPerSecond: 1e9, queueBytes: 1e6 };

  it('carries to the target of its port and back to each that sent', async () => {
    const [one, other, a, b] = [await bound(), await bound(), await bound(), await bound()];
    for (const [name, target] of [
      ['one', one],
      ['other', other],
    ] as const) {
      target.on('message', (m, from) => target.send(`${name} ${m}`, from.port, from.address));
    }
    const ports = [one.address().port, other.address().port];
    const relay = await relayTo(ports, open);
    const heard: string[] = [];
    a.on('message', (m) => heard.push(`a: ${m}`));
    b.on('message', (m) => heard.push(`b: ${m}`));
    for (const port of ports) a.send('from a', relay.ports[port]);
    b.send('from b', relay.ports[ports[0] ?? 0]);
    await until(() => heard.length === 3, { what: 'three answers', seen: () => heard });
    expect(heard.toSorted()).toEqual(['a: one from a', 'a: other from a', 'b: one from b']);
    expect([relay.up, relay.down]).toEqual([
      { delivered: 3, lost: 0, full: 0 },
      { delivered: 3, lost: 0, full: 0 },
    ]);
  });

  it('counts what it lost and what it had no room for', async () => {
    const [target, a] = [await bound(), await bound()];
    const { port } = target.address();
    const lossy = await relayTo([port], { ...open, loss: 1 });
    const full = await relayTo([port], { ...open, queueBytes: 0 });
    for (const relay of [lossy, full]) a.send('x', relay.ports[port]);
    await until(() => lossy.up.lost === 1 && full.up.full === 1, { what: 'both to count' });
    expect(lossy.up.delivered + full.up.delivered).toBe(0);
  });
});
