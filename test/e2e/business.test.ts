import { readFile } from 'node:fs/promises';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { vi } from '../../client/i18n/vi.ts';
import { requestById } from '../../server/domain/floor.ts';
import { makeBriefing, pageOf } from '../support/api.ts';
import { ClusterClient } from '../support/clusterClient.ts';
import { shown, shows } from '../support/pagesConsole.ts';
import type { SurfacePage } from '../support/pagesSurface.ts';
import { usePages } from '../support/pagesTest.ts';
import { directive } from '../support/planBusiness.ts';
import { violationsInBothThemes } from '../support/screens.ts';
import { until } from '../support/until.ts';

/**
 * The business of a briefing at the secretary's console, in a real browser: agenda, roll call, votes,
 * tasks, minutes. Its points are pages without a browser.
 */
const running = usePages();
const t = vi.chair;
let desk: SurfacePage;
let chair: ClusterClient;
let points: readonly ClusterClient[] = [];
let seats: readonly string[] = [];

const seat = (index: number): string => seats[index] ?? '';
const point = (index: number): ClusterClient => points[index] as ClusterClient;
const field = (action: string) => desk.action(action);
const item = (id: string) => `.agenda [data-item="${id}"]`;
const fill = (action: string, words: string) => field(action).fill(words);
const says = (selector: string, words: string) => {
  let last: string | null = null;
  return until(
    async () => {
      last = await desk.page.locator(selector).first().textContent();
      return last?.includes(words);
    },
    { what: `${selector} to say ${words}`, seen: () => last },
  );
};
const gone = (selector: string) =>
  until(async () => (await desk.page.locator(selector).count()) === 0, {
    what: `${selector} to go`,
  });
/** Confirms what is asked, and waits until the question has gone. */
async function confirm(): Promise<void> {
  await desk.press('dialog.confirm');
  await gone('dialog[open]');
}

beforeAll(async () => {
  const { cluster, pages } = running;
  seats = cluster.seats;
  chair = await ClusterClient.connect({ cluster, role: 'chair' });
  points = await Promise.all(
    seats.slice(0, 8).map((s) => ClusterClient.connect({ cluster, role: 'point', seat: s })),
  );
  desk = await pages.open({ role: 'secretary' });
  await desk.page.setViewportSize({ width: 1366, height: 768 });
  await desk.shows('.tabs');
  return () => {
    for (const client of [...points, chair]) client.close();
  };
});
afterEach(() => expect(desk.faults).toEqual([]));

describe('the roll call', () => {
  const row = (index: number) => `.roll-table [data-seat="${seat(index)}"]`;

  test('puts what contradicts itself first, and is declared for a point', async () => {
    await desk.press('panel.rollCall');
    // Eight are here and have said nothing; the others were neither heard nor seen.
    await until(async () => (await shown(desk, '.roll-table')).length === 71, { what: 'all rows' });
    expect((await shown(desk, '.roll-table')).slice(0, 8)).toEqual(seats.slice(0, 8));
    await says(row(0), t.roll.differs.connectedNotDeclared);

    await desk.press('roll.declare', row(0));
    await fill('declare.head', 'Trưởng đoàn');
    await fill('declare.headCount', '12');
    await confirm();
    await chair.sees('the declaration', (s) => s.rollCall[seat(0)]?.headCount === 12);
    await says(row(0), t.roll.persons(12));
    await says('[data-count="present"] b', '8');
  });

  test('takes an absence only with its reason, and Enter saves it', async () => {
    await desk.press('roll.filter.notCalled');
    await until(async () => (await shown(desk, '.roll-table')).length === 63, { what: 'the rest' });
    await desk.press('roll.declare', row(70));
    await desk.press('declare.attendance.absent');
    expect(await field('dialog.confirm').getAttribute('aria-disabled')).toBe('true');
    await field('declare.reason').press('Enter');
    await desk.shows('dialog[open]');
    await fill('declare.reason', 'Phòng, chống thiên tai');
    await field('declare.reason').press('Enter');
    await gone('dialog[open]');
    await chair.sees('the absence', (s) => s.seats[seat(70)]?.status === 'excused');
    await desk.press('roll.filter.absent');
    await shows(desk, '.roll-table', [seat(70)]);
    await says(row(70), 'Phòng, chống thiên tai');
    await desk.press('roll.filter.all');
  });

  test('stamps a late comer', async () => {
    await chair.done({ type: 'phase.step', step: 'begin' });
    const late = await running.connect({ role: 'point', seat: seat(9) });
    await says(row(9), t.roll.lateAt('').trim());
    await says('[data-count="presentLate"] b', '1');
    late.close();
  });
});

describe('the agenda', () => {
  test('is edited while it runs: an item added, renamed, moved, and removed', async () => {
    await desk.press('panel.agenda');
    await desk.press('agenda.edit');
    await desk.press('agenda.add');
    await fill('item.title', 'Phát biểu của khách mời');
    await fill('item.minutes', '7');
    await confirm();
    const added = (await chair.sees('the item', (s) => s.agenda.length === 8)).agenda.at(-1);
    expect(added).toMatchObject({ minutes: 7, title: { en: 'Phát biểu của khách mời' } });
    const id = added?.id ?? '';

    await desk.press('agenda.up', item(id));
    await chair.sees('it moved', (s) => s.agenda[6]?.id === id);
    await desk.press('agenda.editItem', item(id));
    await fill('item.title', 'Khách mời phát biểu');
    await confirm();
    await says(`${item(id)} .what`, 'Khách mời phát biểu');
    await desk.press('agenda.remove', item(id));
    await confirm();
    await chair.sees('it gone', (s) => s.agenda.length === 7);
  });

  test('gives an item prepared speakers, replies and a time, and loads them when it begins', async () => {
    await desk.press('agenda.editItem', item('tham-luan'));
    for (const index of [2, 3]) await field('item.speakers.add').selectOption(seat(index));
    await desk.press('item.speakers.up', `[data-picker="item.speakers"] [data-seat="${seat(3)}"]`);
    if ((await field('item.replies').getAttribute('aria-pressed')) === 'false') {
      await desk.press('item.replies');
    }
    await field('item.speech').selectOption('300000');
    await confirm();
    await chair.sees('the rules', ({ agenda }) => {
      const rules = agenda.find((each) => each.id === 'tham-luan')?.rules;
      return rules?.replies && rules.floor.speech?.allottedMs === 300_000;
    });
    await says(item('tham-luan'), t.agenda.rules.speakers(2));
    await desk.press('agenda.edit');

    // Nobody speaks, so nothing is asked.
    await desk.press('agenda.next');
    await desk.shows(`${item('khai-mac')}[data-now]`);
    await desk.press('agenda.enter', item('tham-luan'));
    await desk.shows(`${item('tham-luan')}[data-now]`);
    await shows(desk, '.queue', [seat(3), seat(2)]);
    await desk.shows(`${item('khai-mac')} [data-used]`);
  });

  test('takes a reply to the present speaker, and asks before the next item only while one speaks', async () => {
    await desk.press('floor.grantNext');
    await shows(desk, '.holders', [seat(3)]);
    await point(5).done({ type: 'floor.request', beneficiary: seat(5), kind: 'reply' });
    await point(6).done({ type: 'floor.request', beneficiary: seat(6), kind: 'reply' });
    await shows(desk, '.replies', [seat(5), seat(6)]);
    await desk.press('reply.deny', `.replies [data-seat="${seat(6)}"]`);
    await desk.press('reply.grant', `.replies [data-seat="${seat(5)}"]`);
    const replying = await chair.sees('the reply on the floor', ({ floor }) => {
      const held = requestById(floor, floor.holders[0] ?? '');
      return held?.kind === 'reply' && held.beneficiary === seat(5);
    });
    expect(replying.floor.replies).toEqual([]);

    await desk.press('agenda.next');
    await desk.shows('dialog[open]');
    const name = chair.state.seats[seat(5)]?.name.vi ?? '';
    await says('dialog[open]', t.agenda.confirmEnter.speaking(name));
    await desk.press('dialog.cancel');
    expect(chair.state.agendaAt?.item).toBe('tham-luan');
    await desk.press('agenda.next');
    await confirm();
    await chair.sees('the discussion', (s) => s.agendaAt?.item === 'thao-luan');
    await desk.press('floor.revoke');
    await shows(desk, '.holders', []);
  });

  test('an open discussion has as many microphones as are set, and an urgent one goes first', async () => {
    const menu = `.roster [data-seat="${seat(1)}"]`;
    await desk.press('seat.menu', menu);
    await desk.press('menu.floor.request.highest');
    await shows(desk, '.queue', [seat(1), seat(2)]);
    await desk.press('panel.rules');
    await desk.press('floor.more');
    await chair.sees('two microphones', (s) => s.floor.rules.maxFloorUsers === 2);
    await desk.press('floor.mode.firstComeFirstServed');
    await shows(desk, '.holders', [seat(1), seat(2)]);
    await desk.press('floor.interrupt.lower');
    await chair.sees('the interrupt rule', (s) => s.floor.rules.interrupt === 'lower');
    await desk.press('floor.mode.moderated');
    await chair.sees('the chair to decide', (s) => s.floor.rules.mode === 'moderated');
    for (const id of chair.state.floor.holders)
      await chair.done({ type: 'floor.revoke', request: id });
    await desk.press('floor.fewer');
  });
});

describe('votes', () => {
  test('an open vote: asked, counted, closed after a question, and read by point', async () => {
    await desk.press('panel.votes');
    expect(await field('vote.open').getAttribute('title')).toBe(t.vote.noQuestion);
    await fill('vote.question', 'Thông qua chương trình công tác tháng 6/2019');
    await desk.press('vote.open');
    const { votes } = await chair.sees('the vote', (s) => s.votes.length === 1);
    const vote = votes[0]?.id ?? '';
    for (const index of [0, 1, 2]) {
      const option = index === 2 ? 1 : 0;
      await point(index).done({ type: 'vote.cast', vote, seat: seat(index), option });
    }
    await says('[data-progress]', t.vote.progress(3, 71));
    await desk.press('vote.missing');
    expect(await shown(desk, '.vote .absent')).toEqual(seats.slice(3));
    await desk.press('vote.close');
    await says('dialog[open]', t.vote.closeDetail(68));
    await confirm();
    await desk.shows(`.history [data-vote="${vote}"] [data-option="0"][data-votes="2"]`);
    await desk.shows(`.history [data-vote="${vote}"] [data-option="1"][data-votes="1"]`);
    await desk.press('vote.bySite');
    const name = (index: number) => chair.state.seats[seat(index)]?.shortName.vi ?? '';
    await says('.by-site', name(2));
  });

  test('a secret vote tells counts alone', async () => {
    await fill('vote.question', 'Giới thiệu đơn vị đăng cai');
    await desk.press('vote.kind.secret');
    await desk.press('vote.open');
    const { votes } = await chair.sees('the vote', (s) => s.votes.length === 2);
    const vote = votes[1]?.id ?? '';
    expect(votes[1]?.secret).toBe(true);
    await point(0).done({ type: 'vote.cast', vote, seat: seat(0), option: 2 });
    await says('[data-progress]', t.vote.progress(1, 71));
    await desk.press('vote.close');
    await confirm();
    await desk.shows(`.history [data-vote="${vote}"] [data-option="2"][data-votes="1"]`);
    await says(`.history [data-vote="${vote}"]`, t.vote.secretKept);
    expect(await desk.action('vote.bySite', `[data-vote="${vote}"]`).count()).toBe(0);
  });
});

describe('tasks', () => {
  test('one is written, given, confirmed by its points, and done', async () => {
    await desk.press('panel.directives');
    const before = chair.state.directives.length;
    const number = before + 1;
    await desk.press('directive.add');
    await fill('directive.title', 'Báo cáo nhanh');
    await fill('directive.content', 'Gửi báo cáo nhanh kết quả hội nghị.');
    await field('directive.lead').selectOption(seat(0));
    await field('directive.points.add').selectOption(seat(1));
    await fill('directive.deadline', '2019-06-14');
    await field('directive.product').fill('Báo cáo');
    await field('directive.product').press('Enter');
    await gone('dialog[open]');
    const row = `[data-directive="${number}"]`;
    await says(`[data-group="draft"] ${row}`, t.directive.dueOn('14/06/2019'));

    await desk.press('directive.give', row);
    await says('dialog[open]', t.directive.giveDetail(2));
    await confirm();
    await point(1).sees('the task', (s) => s.directives.some((d) => d.number === number));
    await says(row, t.directive.receipts(0, 2));
    await point(1).done({ type: 'directive.receive', number, seat: seat(1) });
    await says(row, t.directive.receipts(1, 2));
    await desk.press('directive.missing', row);
    expect(await shown(desk, `${row} .absent`)).toEqual([seat(0)]);
    // Its last day was in 2019.
    await says(row, t.directive.overdue);
    await desk.press('directive.done', row);
    await confirm();
    await desk.shows(`[data-group="done"] ${row}`);
  });

  test('all drafts are given at once, and one is withdrawn', async () => {
    const drafts = chair.state.directives.filter((d) => d.status === 'draft');
    await desk.press('directive.giveAll');
    await says('dialog[open]', t.directive.giveTitle(drafts.length));
    await confirm();
    await gone('[data-group="draft"]');
    const [first] = drafts;
    await desk.press('directive.withdraw', `[data-directive="${first?.number}"]`);
    await confirm();
    await desk.shows(`[data-group="withdrawn"] [data-directive="${first?.number}"]`);
  });
});

test('what a former briefing left over is settled where it was carried to', async () => {
  const { cluster, pages } = running;
  const number = chair.state.directives.length + 1;
  const left = { ...directive(number, { leadPoint: seat(0) }), supportingPoints: [] };
  await chair.done({ type: 'directive.write', directive: left });
  await chair.done({ type: 'directive.give', numbers: [number] });
  const carried = chair.state.directives.filter((d) => d.status === 'given').length;
  const briefing = await makeBriefing(cluster, {
    changes: { startsAt: '2019-07-03T14:00:00+07:00' },
  });
  const next = await pages.open({ role: 'secretary', briefing });
  await next.page.setViewportSize({ width: 1366, height: 768 });
  const office = running.keep(await pageOf(cluster, { briefing, role: 'secretary' }));
  await office.sees('it open', (s) => s.phase === 'gathering');
  expect(office.state.carriedOver).toHaveLength(carried);

  await next.press('panel.directives');
  const row = `[data-group="carried"] [data-carried="${number}"]`;
  await next.shows(row);
  await next.press('directive.done', row);
  await next.press('dialog.confirm');
  await next.shows(`${row}[data-status="done"]`);
  expect(await next.page.locator(`${row} button`).count()).toBe(0);
  await office.sees('it done', (s) => s.carriedOver.some((c) => c.settled === 'done'));
  expect(next.faults).toEqual([]);
  await next.close();

  // The one after that has one less to carry.
  const later = { startsAt: '2019-08-03T14:00:00+07:00' };
  const third = await makeBriefing(cluster, { changes: later });
  const after = running.keep(await pageOf(cluster, { briefing: third, role: 'secretary' }));
  const numbers = after.state.carriedOver.map((c) => `${c.briefing} ${c.directive.number}`);
  expect(numbers).not.toContain(`${cluster.briefing} ${number}`);
});

describe('the minutes', () => {
  test('are edited, saved as a version, and taken away', async () => {
    await desk.press('panel.minutes');
    await desk.shows('[data-minutes-version="0"]');
    await field('minutes.section').selectOption('sequence');
    const built = await field('minutes.text').inputValue();
    expect(built).not.toBe('');
    await fill('minutes.text', 'Hội nghị diễn ra theo chương trình.');
    await field('minutes.section').selectOption('place');
    await fill('minutes.text', 'Hà Nội');
    // What is not saved survives a reload.
    await desk.page.reload();
    await desk.shows('[data-minutes-version="0"]');
    expect(await field('minutes.text').inputValue()).toBe('Hà Nội');
    await desk.press('minutes.save');
    await desk.shows('[data-minutes-version="1"]');
    await field('minutes.section').selectOption('sequence');
    expect(await field('minutes.text').inputValue()).toBe('Hội nghị diễn ra theo chương trình.');

    await desk.press('minutes.asBuilt');
    expect(await field('minutes.text').inputValue()).toBe(built);
    await desk.press('minutes.save');
    await desk.shows('[data-minutes-version="2"]');
    await desk.press('minutes.useVersion', '[data-version="1"]');
    expect(await field('minutes.text').inputValue()).toBe('Hội nghị diễn ra theo chương trình.');
    await desk.press('minutes.discard');
    expect(await field('minutes.text').inputValue()).toBe(built);

    for (const [file, magic] of Object.entries({ docx: 'PK', xlsx: 'PK', json: '{' })) {
      const saved = desk.page.waitForEvent('download');
      await desk.press('download');
      await desk.press(`download.${file}`);
      const path = await (await saved).path();
      expect((await readFile(path)).toString('latin1').slice(0, magic.length)).toBe(magic);
    }
  });

  test('are read, not written, by the chair', async () => {
    const page = await running.pages.open({ role: 'chair' });
    await page.page.setViewportSize({ width: 1366, height: 768 });
    await page.press('panel.minutes');
    await page.shows('[data-minutes-version="2"]');
    expect(await page.action('minutes.text').count()).toBe(0);
    expect(await page.action('minutes.save').count()).toBe(0);
    expect(page.faults).toEqual([]);
    await page.close();
  });
});

test('every panel is fit for everybody, and the desk stays as large as it was made', async () => {
  const found: string[] = [];
  await desk.press('panel.enlarge');
  for (const panel of ['agenda', 'rollCall', 'votes', 'directives', 'minutes', 'rules']) {
    await desk.press(`panel.${panel}`);
    await desk.shows(`[data-action="panel.${panel}"][aria-pressed="true"]`);
    found.push(...(await violationsInBothThemes(desk)).map((line) => `${panel}: ${line}`));
  }
  expect(found).toEqual([]);
  await desk.page.reload();
  await desk.shows('.centre[data-desk="large"]');
  await desk.shows('[data-action="panel.rules"][aria-pressed="true"]');
  await desk.press('panel.enlarge');
});

test('once it is closed, the conclusion notice is counted down to, and recorded', async () => {
  const office = await running.connect({ role: 'secretary' });
  await office.done({ type: 'phase.step', step: 'close' });
  await desk.press('panel.minutes');
  await desk.shows('[data-notice="5"]');
  expect(await violationsInBothThemes(desk)).toEqual([]);
  await desk.press('notice.issue');
  expect(await field('dialog.confirm').getAttribute('aria-disabled')).toBe('true');
  await fill('notice.reference', '128-TB/VPTW');
  await field('notice.reference').press('Enter');
  await desk.shows('[data-notice="issued"]');
  await says('[data-notice="issued"]', '128-TB/VPTW');
  await office.sees('it', (s) => s.issuedNotice?.reference === '128-TB/VPTW');
  // A slip of the pen is mended, and points are told nothing of it.
  await desk.press('notice.issue');
  await fill('notice.reference', '129-TB/VPTW');
  await confirm();
  await says('[data-notice="issued"]', '129-TB/VPTW');
  expect(point(0).state.issuedNotice).toBeNull();
});
