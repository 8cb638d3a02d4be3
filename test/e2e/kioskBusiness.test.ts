import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ItemRules } from '../../server/domain/agenda.ts';
import { requestOf } from '../../server/domain/floor.ts';
import type { BrowserCommand } from '../../server/protocol/commands.ts';
import { ClusterClient } from '../support/clusterClient.ts';
import type { SurfacePage } from '../support/pagesSurface.ts';
import { farApart, usePages } from '../support/pagesTest.ts';
import { absent } from '../support/planBusiness.ts';
import { violationsInBothThemes } from '../support/screens.ts';
import { until } from '../support/until.ts';

/**
 * What a site does in the briefing's own business, at a real kiosk: the office and the other sites
 * give their orders over the bare wire.
 */
const running = usePages({ config: { limits: { commandsPerSecond: 1_000 } } });
let kiosk: SurfacePage;
let seat = '';
/** Two sites without a page of the product. */
let others: readonly [ClusterClient, ClusterClient];
let theirSeats: readonly [string, string];
let secretary: ClusterClient;

const office = () => secretary.state;
const declared = () => office().rollCall[seat];
const gone = (selector: string) =>
  until(async () => (await kiosk.page.locator(selector).count()) === 0, {
    what: `no ${selector} any more`,
  });

beforeAll(async () => {
  const { cluster, pages } = running;
  const [a = '', b = '', c = ''] = farApart(cluster.seats);
  seat = a;
  theirSeats = [b, c];
  secretary = await ClusterClient.connect({ cluster, role: 'secretary' });
  others = [
    await ClusterClient.connect({ cluster, role: 'point', seat: b }),
    await ClusterClient.connect({ cluster, role: 'point', seat: c }),
  ];
  kiosk = await pages.open({ role: 'point', seat });
  await kiosk.page.setViewportSize({ width: 1366, height: 768 });
  await secretary.sees('everybody', (s) =>
    [a, b, c].every((x) => s.seats[x]?.status === 'connected'),
  );
  return () => {
    for (const client of [secretary, ...others]) client.close();
  };
});

afterEach(() => expect(kiosk.faults).toEqual([]));

describe('the declaration', () => {
  const fill = (field: string, words: string) => kiosk.action(`rollCall.${field}`).fill(words);

  test('is asked for while the sites gather, and told to the office', async () => {
    await kiosk.shows('.holding .declared[data-declared="none"]');
    await kiosk.press('rollCall.open', '.holding');
    await fill('head', 'Trưởng đoàn của điểm cầu');
    await fill('title', 'Phó Bí thư Thường trực');
    await fill('headCount', '14');
    // Letters of a form ask for no floor, whatever they are.
    await kiosk.page.keyboard.press('F2');
    await fill('substitute', 'Người dự thay');
    await kiosk.press('rollCall.declare');
    await kiosk.shows('.holding .declared[data-declared="present"]');
    await until(() => declared()?.attendance === 'present', { what: 'a declaration' });
    expect(declared()).toMatchObject({
      head: 'Trưởng đoàn của điểm cầu',
      title: 'Phó Bí thư Thường trực',
      headCount: 14,
      substitute: 'Người dự thay',
      reason: '',
      by: { role: 'point', seat },
    });
    expect(requestOf(office().floor, seat)).toBeUndefined();
  });

  test('can be corrected, also after the office has spoken for the site, and needs a reason', async () => {
    await secretary.done({
      type: 'rollCall.declare',
      seat,
      declaration: absent('Mất điện toàn tỉnh'),
    });
    await kiosk.shows('.holding .declared[data-declared="absent"]');
    await kiosk.press('rollCall.open', '.holding');
    const reason = kiosk.action('rollCall.reason');
    expect(await reason.inputValue()).toBe('Mất điện toàn tỉnh');
    await reason.fill(' ');
    await kiosk.shows('[data-action="rollCall.declare"][aria-disabled="true"]');
    expect(await violationsInBothThemes(kiosk)).toEqual([]);
    await kiosk.press('rollCall.attendance.present');
    await fill('headCount', '9');
    await kiosk.action('rollCall.headCount').press('Enter');
    await until(() => declared()?.headCount === 9, { what: 'the correction', seen: declared });
    expect(declared()).toMatchObject({ attendance: 'present', reason: '' });
    await gone('dialog[open]');
  });

  test('is kept while somebody writes it, though the session begins meanwhile', async () => {
    await kiosk.press('rollCall.open', '.holding');
    await fill('head', 'Đang viết dở');
    await secretary.done({ type: 'phase.step', step: 'begin' });
    await kiosk.shows('.bar [data-phase="inSession"]');
    expect(await kiosk.action('rollCall.head').inputValue()).toBe('Đang viết dở');
    await kiosk.press('rollCall.cancel');
    // From now on it is among the point's papers.
    await kiosk.press('papers.open');
    await kiosk.press('rollCall.open', '.papers');
    await fill('headCount', '11');
    await kiosk.press('rollCall.declare');
    await until(() => declared()?.headCount === 11, { what: 'the correction', seen: declared });
  });
});

describe('the floor by the item under way', () => {
  const enter = async (rules: Partial<ItemRules>) => {
    const [first, second] = office().agenda;
    if (!first || !second) throw new Error('an agenda of two items at least');
    const item = office().agendaAt?.item === first.id ? second : first;
    const agenda = office().agenda.map((i) =>
      i.id === item.id
        ? { ...i, rules: { ...i.rules, requests: 'all' as const, queueLimit: null, ...rules } }
        : i,
    );
    await secretary.command({ type: 'agenda.change', agenda } as BrowserCommand);
    await secretary.done({ type: 'agenda.enter', item: item.id });
    await kiosk.shows(`.bar .about[data-item="${item.id}"]`);
    return item;
  };
  const words = (selector: string) => kiosk.page.locator(selector).textContent();
  const speaks = async (index: 0 | 1) => {
    await secretary.done({
      type: 'floor.grant',
      target: { seat: theirSeats[index] },
      replace: true,
    });
  };

  beforeEach(async () => {
    for (const { id, status } of office().floor.requests) {
      await secretary.done({
        type: status === 'granted' ? 'floor.revoke' : 'floor.deny',
        request: id,
      });
    }
    await secretary.sees('an empty floor', (s) => s.floor.requests.length === 0);
  });

  test('says which item it is, and in words why nobody may ask', async () => {
    const item = await enter({ requests: 'none' });
    expect(await words('.bar .about .item')).toBe(item.title.vi);
    const refused = '[data-action="floor.request"][aria-disabled="true"]';
    await kiosk.shows(refused);
    expect(await words(refused)).toContain('không nhận đăng ký');
    // Nor does it open again what was opened by hand before.
    await kiosk.page.keyboard.press('Space');
    expect(await kiosk.page.locator('dialog[open]').count()).toBe(0);

    await enter({ requests: 'all', queueLimit: 1 });
    await kiosk.shows('[data-action="floor.request"]:not([aria-disabled])');
    // The key before had no effect that came late.
    expect(requestOf(office().floor, seat)).toBeUndefined();
    await secretary.done({ type: 'floor.request', beneficiary: theirSeats[0] });
    await kiosk.shows(refused);
    expect(await words(refused)).toContain('đã đủ');

    await enter({ once: true });
    await secretary.done({ type: 'floor.grant', target: { seat }, replace: true });
    await kiosk.press('floor.finish');
    await kiosk.shows(refused);
    expect(await words(refused)).toContain('đã phát biểu');
  });

  test('what only the server knows to be full, it says when it is asked', async () => {
    await enter({ queueLimit: 1 });
    // Merely asked for, which other sites are not told.
    await others[0].done({ type: 'floor.request', beneficiary: theirSeats[0] });
    await kiosk.press('floor.request');
    await until(async () => (await kiosk.page.locator('.toast').allTextContents()).join(), {
      what: 'a word of it',
    });
    expect(await words('.toasts')).toContain('đã đủ');
  });

  test('a reply is asked for by key, has its place, and is gone with the next speech', async () => {
    await enter({ replies: false });
    await speaks(0);
    await enter({ replies: true });
    await kiosk.shows(`.reply[data-to="${theirSeats[0]}"]`);
    await others[1].done({ type: 'floor.request', beneficiary: theirSeats[1], kind: 'reply' });
    await kiosk.page.keyboard.press('F3');
    await secretary.sees('two replies', (s) => s.floor.replies.length === 2);
    expect(requestOf(office().floor, seat)).toMatchObject({ kind: 'reply', status: 'accepted' });
    await kiosk.shows('.request[data-stand="queued"]');
    expect(await words('.request')).toContain('Thứ 2 trong danh sách trao đổi lại');
    await gone('.reply');
    // The next speech: whoever wanted to reply to the last one may reply to this one.
    await secretary.done({
      type: 'floor.deny',
      request: requestOf(office().floor, theirSeats[1])?.id ?? '',
    });
    await speaks(1);
    await kiosk.shows(`.reply[data-to="${theirSeats[1]}"]`);
    expect(requestOf(office().floor, seat)).toBeUndefined();
    await secretary.done({ type: 'floor.revoke', request: office().floor.holders[0] ?? '' });
    await gone('.reply');
  });
});

describe('a vote', () => {
  const options = ['Tán thành', 'Không tán thành', 'Ý kiến khác'];
  const openVote = async (secret: boolean) => {
    await secretary.done({ type: 'vote.open', question: 'Có tán thành?', options, secret });
    const id = office().votes.at(-1)?.id ?? '';
    await kiosk.shows(`.vote[data-vote="${id}"]`);
    return id;
  };

  test('is cast by key, confirmed, and its result shown', async () => {
    const vote = await openVote(false);
    await kiosk.shows('[data-action="vote.confirm"][aria-disabled="true"]');
    expect(await violationsInBothThemes(kiosk)).toEqual([]);
    await kiosk.page.keyboard.press('1');
    await kiosk.shows('[data-option="1"] [aria-pressed="true"]');
    // Nothing is cast before it is confirmed; another choice takes its place.
    await kiosk.page.keyboard.press('2');
    await kiosk.shows('[data-option="2"] [aria-pressed="true"]');
    expect(office().votes.at(-1)?.cast).toEqual({});
    await kiosk.page.keyboard.press('Enter');
    await secretary.sees('its vote', (s) => s.votes.at(-1)?.cast[seat] === 1);
    await kiosk.shows(`.voted[data-voted="${vote}"]`);
    expect(await kiosk.page.locator('.voted').textContent()).toContain('Không tán thành');
    // What confirmed the vote asked for nothing else.
    expect(requestOf(office().floor, seat)).toBeUndefined();

    await others[0].done({ type: 'vote.cast', vote, seat: theirSeats[0], option: 0 });
    await others[1].done({ type: 'vote.cast', vote, seat: theirSeats[1], option: 1 });
    await secretary.done({ type: 'vote.close', vote });
    await kiosk.shows(`[data-result="${vote}"]`);
    const counts = await kiosk.page
      .locator('.slip .result li')
      .evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset.count));
    expect(counts).toEqual(['1', '2', '0']);
    await kiosk.press('vote.dismiss');
    await gone('.slip');
  });

  test('in secret is not shown to the room afterwards; a message comes first', async () => {
    const vote = await openVote(true);
    await secretary.done({ type: 'message.send', to: [seat], text: 'Đề nghị biểu quyết' });
    await kiosk.shows('.message');
    await gone('.slip');
    await kiosk.page.keyboard.press('F4');
    await kiosk.shows('.slip.vote');
    await kiosk.press('vote.choose.3');
    await kiosk.press('vote.confirm');
    await kiosk.shows('.voted');
    expect(await kiosk.page.locator('.voted').textContent()).not.toContain('Ý kiến khác');
    await secretary.done({ type: 'vote.close', vote });
    await kiosk.shows('.slip .result [data-option="3"][data-count="1"]');
    expect(await kiosk.page.locator('.own-choice').count()).toBe(0);
    await kiosk.page.keyboard.press('F4');
    await gone('.slip');
  });
});

test('tasks are received one by one, by key, by hand, or later from the papers', async () => {
  const first = Math.max(0, ...office().directives.map((d) => d.number)) + 1;
  const numbers = [first, first + 1, first + 2, first + 3];
  for (const [index, number] of numbers.entries()) {
    await secretary.done({
      type: 'directive.write',
      directive: {
        number,
        title: { vi: `Nhiệm vụ ${number}`, en: `Task ${number}` },
        content: 'Rà soát và báo cáo.',
        leadPoint: index === 0 ? seat : theirSeats[0],
        // The second is no business of this point.
        supportingPoints: index === 1 ? [] : [seat],
        deadline: '2019-06-30',
        product: 'Báo cáo',
      },
    });
  }
  await secretary.done({ type: 'directive.give', numbers });
  const received = (number: number) =>
    office().directives.find((d) => d.number === number)?.received ?? {};

  await kiosk.shows(`.directive[data-directive="${first}"]`);
  expect(await violationsInBothThemes(kiosk)).toEqual([]);
  const card = await kiosk.page.locator('.directive').textContent();
  for (const part of ['Rà soát và báo cáo.', 'Chủ trì', '30/06/2019', 'Báo cáo']) {
    expect(card).toContain(part);
  }
  await kiosk.page.keyboard.press('F4');
  await secretary.sees('a receipt', () => seat in received(first));
  await kiosk.shows(`.directive[data-directive="${first + 2}"]`);
  await kiosk.press('directive.receive', '.directive');
  await secretary.sees('a receipt', () => seat in received(first + 2));
  await kiosk.shows(`.directive[data-directive="${first + 3}"]`);
  await kiosk.press('directive.later');
  await gone('.slip');
  expect(received(first + 3)).toEqual({});

  await kiosk.press('papers.open');
  await kiosk.shows(`.papers [data-task="${first + 3}"][data-received="no"]`);
  expect(await kiosk.page.locator(`[data-task="${first + 1}"]`).count()).toBe(0);
  expect(await violationsInBothThemes(kiosk)).toEqual([]);
  await kiosk.press('directive.receive', `[data-task="${first + 3}"]`);
  await secretary.sees('a receipt', () => seat in received(first + 3));
  await kiosk.shows(`.papers [data-task="${first + 3}"][data-received="yes"]`);
  await kiosk.press('papers.close');
});
