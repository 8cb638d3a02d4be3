import { expect, test } from 'vitest';
import { isSettled, resultOf } from '../../client/media/lineCheck/result.ts';
import type { Snapshot } from '../../client/media/measure.ts';
import { judge } from '../../server/domain/lineCheck.ts';

interface Line {
  /** Of the camera's higher layer, in the three seconds. */
  readonly bytesOut?: number;
  readonly bytesBack?: number;
  readonly heightBack?: number;
  readonly framesBack?: number;
  readonly lostUp?: number;
  readonly resentUp?: number;
  readonly availableUp?: number;
  readonly limitedBy?: string;
  readonly roundTrip?: number;
}

const steady: Required<Line> = {
  bytesOut: 180_000,
  bytesBack: 180_000,
  heightBack: 360,
  framesBack: 75,
  lostUp: 0,
  resentUp: 0,
  availableUp: 900_000,
  limitedBy: 'none',
  roundTrip: 0.03,
};

/** What a browser says at the beginning and three seconds later. */
function moment(late: boolean, line: Required<Line>, of = 'n1'): Snapshot {
  const n = (amount: number) => 1_000 + (late ? amount : 0);
  const out = { type: 'outbound-rtp', kind: 'video', mediaSourceId: 'cam' };
  const pair = { type: 'candidate-pair', nominated: true, state: 'succeeded' };
  return {
    at: late ? 3_000 : 0,
    of,
    send: [
      { id: 'cam', type: 'media-source', kind: 'video', trackIdentifier: 'camera' },
      { ...out, id: 'low', frameHeight: 180, bytesSent: n(40_000), packetsSent: n(100) },
      {
        ...out,
        id: 'mid',
        frameHeight: 360,
        bytesSent: n(line.bytesOut),
        packetsSent: n(300),
        retransmittedPacketsSent: n(line.resentUp),
        framesEncoded: n(75),
        qualityLimitationReason: line.limitedBy,
      },
      { id: 'heard', type: 'remote-inbound-rtp', packetsLost: n(line.lostUp) },
      {
        ...pair,
        id: 'up',
        currentRoundTripTime: line.roundTrip,
        availableOutgoingBitrate: line.availableUp,
      },
    ],
    receive: [
      {
        id: 'in',
        type: 'inbound-rtp',
        kind: 'video',
        trackIdentifier: 'loop',
        frameHeight: line.heightBack,
        frameWidth: (line.heightBack * 16) / 9,
        framesDecoded: n(line.framesBack),
        bytesReceived: n(line.bytesBack),
        packetsReceived: n(300),
      },
    ],
  };
}

function checked(line: Line, loop: string | null = 'loop', after = 'n1') {
  const whole = { ...steady, ...line };
  return resultOf({
    before: moment(false, whole),
    after: moment(true, whole, after),
    camera: 'camera',
    loop,
    sound: { levelDb: -20 },
  });
}

test('a sound line: its figures, and no bound where everything went through', () => {
  const result = checked({});
  expect(result).toMatchObject({
    picture: { framesDecoded: 75, frameRate: 25, width: 640, height: 360 },
    rttMs: 30,
    lossUp: 0,
    lossDown: 0,
    upBps: 900_000,
    downBps: null,
  });
  expect(judge(result)).toEqual({ verdict: 'good', faults: [] });
});

test.each<[string, Line, string[]]>([
  ['packets lost upwards', { lostUp: 20 }, ['lossUp']],
  ['packets sent once more', { resentUp: 20 }, ['lossUp']],
  ['few pictures', { framesBack: 30 }, ['slowPicture']],
  ['a long way', { roundTrip: 0.6 }, ['longRoundTrip']],
  ['a narrow line up', { availableUp: 200_000, limitedBy: 'bandwidth' }, ['narrowUp']],
  ['an estimate that nothing pushed up', { availableUp: 200_000 }, []],
  ['only a part comes back', { bytesBack: 90_000 }, ['narrowDown']],
  ['only the smaller layer comes back', { heightBack: 180, bytesBack: 40_000 }, ['narrowDown']],
])('%s', (_, line, faults) => {
  expect(judge(checked(line))).toEqual({ verdict: faults.length > 0 ? 'poor' : 'good', faults });
});

test('a layer that the node has only just changed to is no narrow line', () => {
  const late = { ...steady, bytesBack: 90_000 };
  const before = moment(false, { ...late, heightBack: 180 });
  const result = resultOf({
    before,
    after: moment(true, late),
    camera: 'camera',
    loop: 'loop',
    sound: { levelDb: -20 },
  });
  expect(judge(result).faults).toEqual([]);
});

test('a camera that does not come back, and one that comes back and stands still', () => {
  expect(judge(checked({}, null)).faults).toEqual(['noPicture']);
  expect(judge(checked({ framesBack: 0 })).faults).toContain('noPicture');
});

test('it is measured from when the largest wanted layer has come back', () => {
  const { send, ...rest } = moment(true, steady);
  const now = (flows: number): Snapshot => ({
    ...rest,
    send: send.map((s) =>
      s.type === 'outbound-rtp'
        ? { ...s, active: true, framesPerSecond: s.id === 'mid' ? flows : 20 }
        : s,
    ),
  });
  const first = moment(false, steady);
  expect(isSettled(first, now(20), 'loop')).toBe(true);
  // A former check's picture, which stands.
  expect(isSettled(now(20), now(20), 'loop')).toBe(false);
  expect(isSettled(first, now(0), 'loop')).toBe(false);
  expect(isSettled(first, now(20), 'another')).toBe(false);
  const small = { ...moment(true, { ...steady, heightBack: 180 }), send: now(20).send };
  expect(isSettled(first, small, 'loop')).toBe(false);
});

test('two legs cannot be compared: nothing is said but what was heard', () => {
  expect(checked({}, 'loop', 'n2')).toMatchObject({
    picture: null,
    sound: { levelDb: -20 },
    lossUp: null,
  });
});
