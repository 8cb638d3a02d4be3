import type { types } from 'mediasoup';
import { expect, test } from 'vitest';
import type { Stream } from '../../sfu/media/stream.ts';
import { Subscription } from '../../sfu/media/subscription.ts';

test('a consumer that comes after its transport has gone is closed, whatever then fails', async () => {
  let closed = 0;
  const gone = new Error('no such transport');
  const consumer = {
    kind: 'video',
    type: 'simple',
    enableTraceEvent: () => Promise.reject(gone),
    close: () => {
      closed += 1;
    },
  };
  const subscription = new Subscription({
    transport: { consume: async () => consumer } as unknown as types.WebRtcTransport,
    rtpCapabilities: {},
    stream: {
      producer: { id: 'p', type: 'simple', rtpParameters: { encodings: [{}] } },
    } as unknown as Stream,
    need: { layer: 'high', hold: false },
    clock: { now: () => 0, after: () => () => {} },
    prompt: true,
    onMade: () => expect.unreachable(),
    onGone: () => expect.unreachable(),
    onRefused: () => expect.unreachable(),
  });
  subscription.close();
  // All that it waits for resolves by itself.
  await new Promise((resolve) => setImmediate(resolve));
  expect(closed).toBe(1);
});
