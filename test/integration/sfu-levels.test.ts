import { afterEach, beforeEach, expect, it } from 'vitest';
import type { RunningNode } from '../../sfu/createNode.ts';
import { from, plan, startTwoNodes, type TestLink } from '../support/sfuNodes.ts';
import { ToneStream } from '../support/sfuTone.ts';
import { until } from '../support/until.ts';

/** What real workers say of how loud microphones are. */
let nodes: { n1: RunningNode; n2: RunningNode; a: TestLink; b: TestLink };
let tones: ToneStream[] = [];

beforeEach(async () => {
  nodes = await startTwoNodes();
});

afterEach(async () => {
  for (const tone of tones) tone.stop();
  tones = [];
  nodes.a.close();
  nodes.b.close();
  await Promise.all([nodes.n1.close(), nodes.n2.close()]);
});

async function microphone(node: RunningNode, endpoint: string): Promise<ToneStream> {
  const tone = await ToneStream.create(node, endpoint);
  tones.push(tone);
  return tone;
}

const last = (link: TestLink) => link.told.levels.at(-1)?.levels;
const levelOf = (link: TestLink, endpoint: string) =>
  last(link)?.find((l) => l.endpoint === endpoint)?.level;

it('a tone in an open microphone is told as loud as it is, and its silence once', async () => {
  const { n1, a } = nodes;
  await a.open('speaker');
  const tone = await microphone(n1, 'speaker');
  await a.apply(plan('speaker', 2, { open: ['microphone'] }));
  tone.sound(-23);
  await until(() => levelOf(a, 'speaker') === -23, { what: 'the tone', seen: () => last(a) });
  tone.sound(-41);
  await until(() => levelOf(a, 'speaker') === -41, { what: 'a softer one', seen: () => last(a) });
  tone.stop();
  await until(() => last(a)?.length === 0, { what: 'silence' });
  // The very same stream is heard again.
  tone.sound(-30);
  await until(() => levelOf(a, 'speaker') === -30, { what: 'the tone again' });
});

it('a microphone that no plan opens, or that a plan has shut, is not heard', async () => {
  const { n1, a } = nodes;
  await a.open('speaker');
  await a.open('other');
  const speaker = await microphone(n1, 'speaker');
  const other = await microphone(n1, 'other');
  await a.apply(plan('speaker', 2, { open: ['microphone'] }), plan('other', 2));
  speaker.sound(-20);
  other.sound(-10);
  await until(() => levelOf(a, 'speaker') === -20, { what: 'the open one' });
  await a.apply(plan('speaker', 3), plan('other', 3, { open: ['microphone'] }));
  await until(() => levelOf(a, 'other') === -10 && levelOf(a, 'speaker') === undefined, {
    what: 'the other one alone',
    seen: () => last(a),
  });
  const before = a.told.levels.findIndex((t) => t.levels.some((l) => l.endpoint === 'other'));
  expect(
    a.told.levels.slice(0, before).flatMap((t) => t.levels.map((l) => l.endpoint)),
  ).not.toContain('other');
});

it('a stream that is piped to another node is counted at its home alone', async () => {
  const { n1, n2, a, b } = nodes;
  await a.open('speaker');
  await b.open('listener');
  await b.open('local');
  const speaker = await microphone(n1, 'speaker');
  const local = await microphone(n2, 'local');
  await a.apply(plan('speaker', 2, { open: ['microphone'] }));
  await b.apply(
    plan('listener', 2, { receive: [from('speaker', 'microphone', 'n1')] }),
    plan('local', 2, { open: ['microphone'] }),
  );
  await until(() => b.consumersOf('listener').length === 1, { what: 'the piped sound' });
  speaker.sound(-15);
  local.sound(-25);
  await until(() => levelOf(a, 'speaker') === -15 && levelOf(b, 'local') === -25, {
    what: 'each at its own home',
  });
  expect(b.told.levels.flatMap((t) => t.levels.map((l) => l.endpoint))).not.toContain('speaker');
});
