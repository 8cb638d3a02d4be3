import type { types } from 'mediasoup-client';
import { it } from 'vitest';
import { Sender } from '../../client/media/sender.ts';
import type { Demand } from '../../server/protocol/wire.ts';
import { until } from '../support/until.ts';

/** A sender whose browser is played: what it is told to encode can be read. */
async function camera(cap: Demand | null) {
  let encodings = [0, 1, 2].map(() => ({ active: true }));
  const rtpSender = {
    getParameters: () => ({ encodings: encodings.map((e) => ({ ...e })) }),
    setParameters: async (p: { encodings: { active: boolean }[] }) => {
      encodings = p.encodings;
    },
  };
  const producer = { closed: false, rtpSender, observer: { once: () => undefined } };
  const sender = new Sender({
    transport: { produce: async () => producer } as unknown as types.Transport,
    profile: {
      camera: { width: 1280, height: 720, frameRate: 25, layers: [] },
      presentation: { width: 1920, height: 1080, frameRate: 15, layers: [] },
      audioBitrate: 32_000,
    },
    uplink: undefined,
    cap,
    unpublish: async () => undefined,
    onTrouble: (_, why) => {
      throw why;
    },
  });
  const track = { readyState: 'live', getSettings: () => ({ height: 720 }) };
  sender.set('camera', track as unknown as MediaStreamTrack);
  const sends = (wanted: readonly boolean[]) =>
    until(() => encodings.map((e) => e.active).join() === wanted.join(), {
      what: `layers ${wanted}`,
      seen: () => encodings,
    });
  return { sender, sends };
}

it('a limit takes layers off what is wanted at once, and gives them back when it is lifted', async () => {
  const { sender, sends } = await camera(null);
  sender.want('camera', 'high');
  await sends([true, true, true]);
  sender.cap('low');
  await sends([true, false, false]);
  sender.cap('medium');
  await sends([true, true, false]);
  sender.cap(null);
  await sends([true, true, true]);
});

it('a limit that was there before holds from the first picture on, and never asks for more', async () => {
  const { sender, sends } = await camera('medium');
  sender.want('camera', 'high');
  await sends([true, true, false]);
  sender.want('camera', 'low');
  await sends([true, false, false]);
  sender.want('camera', 'off');
  await sends([false, false, false]);
});
