import { randomUUID } from 'node:crypto';
import { Workbook } from 'exceljs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Recorded } from '../../server/domain/event.ts';
import { requestById } from '../../server/domain/floor.ts';
import type { SeatId } from '../../server/domain/ids.ts';
import type { LineResult } from '../../server/domain/lineCheck.ts';
import { verifyArchive } from '../../server/records/archiveVerify.ts';
import type { Minutes } from '../../server/records/minutes.ts';
import { unzipped } from '../../server/records/zip.ts';
import { api } from '../support/api.ts';
import { ClusterClient } from '../support/clusterClient.ts';
import { journalOf } from '../support/clusterJournal.ts';
import { printed } from '../support/documents.ts';
import { shown, shows } from '../support/pagesConsole.ts';
import type { SurfacePage } from '../support/pagesSurface.ts';
import { usePages } from '../support/pagesTest.ts';
import { until } from '../support/until.ts';

/**
 * The sample briefing of June 2019 from T−60 to its signed record, at its own hour: a chair, a
 * secretary and six sites in real Chromium, the other points as pages without a browser. Its clock
 * goes twenty times as fast, so that speeches of minutes take seconds.
 */
const minute = 60_000;
const speed = 20;
const running = usePages({
  config: {
    rehearsal: { at: '2019-06-03T12:59:00+07:00', since: new Date().toISOString(), speed },
    lineCheck: { atJoin: true },
    limits: { commandsPerSecond: 1_000 },
    // A page that is loaded anew takes seconds, which are minutes here.
    floor: { graceMs: 10 * minute },
  },
});
/** By their part in it. */
const cast = {
  speakers: ['ha-noi', 'nghe-an', 'can-tho'],
  asks: 'lao-cai',
  replies: 'dak-lak',
  late: 'dien-bien',
  absent: ['quang-tri', 'ca-mau'],
  byTelephone: 'ben-tre',
} as const;
const reasons = {
  'quang-tri': 'Tập trung phòng, chống thiên tai',
  'ca-mau': 'Trùng lịch họp Ban Thường vụ',
} as const;
const question = 'Thông qua chương trình công tác tháng 6/2019';

let chair: SurfacePage;
let desk: SurfacePage;
const kiosks = new Map<SeatId, SurfacePage>();
const others = new Map<SeatId, ClusterClient>();
/** What the office is told, for the test to go by. */
let office: ClusterClient;

const kiosk = (seat: SeatId): SurfacePage => {
  const found = kiosks.get(seat);
  if (!found) throw new Error(`no kiosk at ${seat}`);
  return found;
};
const item = (id: string) => `.agenda [data-item="${id}"]`;

async function confirm(page: SurfacePage): Promise<void> {
  await page.press('dialog.confirm');
  await until(async () => (await page.page.locator('dialog[open]').count()) === 0, {
    what: 'the question to go',
  });
}

async function openKiosk(seat: SeatId): Promise<void> {
  kiosks.set(seat, await running.pages.open({ role: 'point', seat }));
}

/** What sites without a browser say of their lines. */
const goodLine: LineResult = {
  picture: { framesDecoded: 50, frameRate: 25, width: 640, height: 360 },
  sound: { levelDb: -28 },
  rttMs: 34,
  lossUp: 0,
  lossDown: 0,
  upBps: null,
  downBps: null,
};

async function openOther(seat: SeatId): Promise<void> {
  const { cluster } = running;
  const pass = await cluster.pass('point', seat);
  const client = new ClusterClient(cluster.url(), { pass, page: randomUUID() });
  others.set(seat, client);
  // It may be asked as soon as it is in.
  client.socket.on('check', (_order, done) => done(goodLine));
  await client.welcomed();
}

declare global {
  interface Window {
    refreshes: number;
  }
}

/** Runs in the page, where it is sent as text: counts how often it makes its picture begin anew. */
function countRefreshes(): void {
  window.refreshes = 0;
  const sender = RTCRtpSender.prototype;
  const { setParameters } = sender;
  sender.setParameters = function (this: RTCRtpSender, ...args: unknown[]) {
    const options = args[1] as { encodingOptions?: { keyFrame?: boolean }[] } | undefined;
    if (options?.encodingOptions?.some(({ keyFrame }) => keyFrame)) window.refreshes += 1;
    return Reflect.apply(setParameters, this, args);
  } as typeof setParameters;
}

beforeAll(async () => {
  const { cluster, pages } = running;
  office = await ClusterClient.connect({ cluster, role: 'secretary' });
  chair = await pages.open({ role: 'chair', before: countRefreshes });
  desk = await pages.open({ role: 'secretary' });
  for (const { page } of [chair, desk]) await page.setViewportSize({ width: 1366, height: 768 });
  const early = [...cast.speakers, cast.asks, cast.replies];
  // Not all at once: a line that is measured while the others load says more of this machine.
  for (const pair of [early.slice(0, 2), early.slice(2, 4), early.slice(4)]) {
    await Promise.all(pair.map(openKiosk));
    await office.sees(`the lines of ${pair}`, ({ lineChecks }) => pair.every((s) => lineChecks[s]));
  }
  const away = new Set<SeatId>([...early, cast.late, ...cast.absent]);
  await Promise.all(cluster.seats.filter((seat) => !away.has(seat)).map(openOther));
}, 180_000);

afterAll(() => {
  for (const client of [office, ...others.values()]) client?.close();
});
afterEach(() => {
  for (const page of [chair, desk, ...kiosks.values()]) expect(page.faults, page.name).toEqual([]);
});

/** Waits until a site holds the floor, alone. */
const holds = (seat: SeatId) =>
  office.sees(`${seat} on the floor`, ({ floor }) => {
    const held = floor.holders.map((id) => requestById(floor, id)?.beneficiary);
    return held.length === 1 && held[0] === seat;
  });
const nobodySpeaks = () => office.sees('an empty floor', ({ floor }) => floor.holders.length === 0);
const enters = async (id: string) => {
  await chair.press('agenda.next');
  await office.sees(id, ({ agendaAt }) => agendaAt?.item === id);
};

describe('before the hour', () => {
  test('it opens by itself at T−60, and every site is measured without any person', async () => {
    const all = kiosks.size + others.size;
    const measured = () => {
      const { lineChecks } = office.state;
      return Object.keys(lineChecks).filter((seat) => lineChecks[seat]?.verdict !== 'failed');
    };
    // What failed is measured again by itself.
    await until(() => office.state.phase === 'gathering' && measured().length === all, {
      what: `${all} measured lines`,
      timeoutMs: 120_000,
      seen: () => office.state.lineChecks,
    });
    for (const seat of kiosks.keys()) {
      const { result } = office.state.lineChecks[seat] ?? {};
      expect(result?.picture?.framesDecoded, seat).toBeGreaterThan(0);
    }
  }, 150_000);

  test('the roll is called: by the sites, and by the secretary for those who are away', async () => {
    for (const [index, [seat, { page }]] of [...kiosks].entries()) {
      await kiosk(seat).press('rollCall.open', '.declared');
      await page.locator('[data-action="rollCall.head"]').fill(`Trưởng đoàn ${seat}`);
      await page.locator('[data-action="rollCall.headCount"]').fill(String(10 + index));
      await kiosk(seat).press('rollCall.declare');
      await office.sees(`the declaration of ${seat}`, ({ rollCall }) => rollCall[seat]);
    }
    await Promise.all(
      [...others].map(([seat, client]) =>
        client.done({
          type: 'rollCall.declare',
          seat,
          declaration: {
            attendance: 'present',
            head: `Trưởng đoàn ${seat}`,
            title: 'Phó Trưởng Ban Tổ chức',
            headCount: 5,
            substitute: '',
            reason: '',
          },
        }),
      ),
    );
    await desk.press('panel.rollCall');
    await desk.press('roll.filter.notCalled');
    for (const seat of cast.absent) {
      await desk.press('roll.declare', `.roll-table [data-seat="${seat}"]`);
      await desk.press('declare.attendance.absent');
      await desk.action('declare.reason').fill(reasons[seat]);
      await confirm(desk);
    }
    await shows(desk, '.roll-table', [cast.late]);
    await desk.press('roll.filter.absent');
    expect((await shown(desk, '.roll-table')).toSorted()).toEqual([...cast.absent].toSorted());
  });

  test('the secretary gives the items their speakers, their replies and their time', async () => {
    await desk.press('panel.agenda');
    await desk.press('agenda.edit');
    await desk.press('agenda.editItem', item('tham-luan'));
    for (const seat of cast.speakers) await desk.action('item.speakers.add').selectOption(seat);
    await confirm(desk);
    await desk.press('agenda.editItem', item('thao-luan'));
    await desk.action('item.speech').selectOption('180000');
    await desk.press('item.atEnd.close');
    await confirm(desk);
    await desk.press('agenda.edit');
    await office.sees('the rules', ({ agenda }) => {
      const rules = (id: string) => agenda.find((each) => each.id === id)?.rules;
      const speech = rules('thao-luan')?.floor.speech;
      return (
        rules('tham-luan')?.speakers.length === 3 &&
        rules('thao-luan')?.replies &&
        speech?.allottedMs === 3 * minute &&
        speech.atEnd === 'close'
      );
    });
  });
});

describe('in session', () => {
  test('the chair begins; who comes late is stamped', async () => {
    await chair.press('panel.agenda');
    await chair.press('phase.begin');
    if (await chair.page.locator('dialog[open]').isVisible()) await confirm(chair);
    await office.sees('it under way', ({ phase }) => phase === 'inSession');
    await enters('khai-mac');
    await openKiosk(cast.late);
    await office.sees('the late one', ({ seats }) => seats[cast.late]?.status === 'connected');
    await desk.press('panel.rollCall');
    await until(
      async () =>
        (await desk.page.locator('[data-count="presentLate"] b').textContent())?.trim() === '1',
      { what: 'one who is late' },
    );
    await enters('bao-cao');
  });

  test('three speak as prepared, heard and seen by all; one loses its line and is given the time', async () => {
    await enters('tham-luan');
    await shows(chair, '.queue', cast.speakers);
    const [first, second, third] = cast.speakers;
    await chair.press('floor.grantNext');
    await holds(first);
    await kiosk(second).sees({ main: [kiosk(first).site ?? 0], inset: [0] });
    await kiosk(second).hears(0, kiosk(first).site ?? 0);
    await kiosk(first).press('floor.finish');
    await nobodySpeaks();

    await chair.press('floor.grantNext');
    const granted = await holds(second);
    await kiosk(second).page.reload();
    await office.sees('the credit', ({ floor }) => {
      const held = requestById(floor, granted.floor.holders[0] ?? '');
      return (held?.time?.creditedMs ?? 0) > 0 && held?.time?.stoppedAt === null;
    });
    await kiosk(second).shows('[data-action="floor.finish"]');
    await kiosk(second).press('floor.finish');
    await nobodySpeaks();

    await chair.press('floor.grantNext');
    await holds(third);
    await chair.press('floor.revoke');
    await nobodySpeaks();
  });

  test('a queue is reordered, a site replies, and a speech ends when its time is over', async () => {
    await enters('thao-luan');
    await kiosk(cast.asks).press('floor.request');
    await chair.press('floor.accept');
    await shows(chair, '.queue', [cast.asks]);
    // Somebody telephones, and goes first.
    const row = `.roster [data-seat="${cast.byTelephone}"]`;
    await desk.press('seat.menu', row);
    await desk.press('menu.floor.request');
    await shows(chair, '.queue', [cast.asks, cast.byTelephone]);
    await chair.press('floor.up', `.queue [data-seat="${cast.byTelephone}"]`);
    await shows(chair, '.queue', [cast.byTelephone, cast.asks]);
    await chair.press('floor.grantNext');
    await holds(cast.byTelephone);

    await kiosk(cast.replies).press('floor.reply');
    await shows(chair, '.replies', [cast.replies]);
    await chair.press('reply.grant', `.replies [data-seat="${cast.replies}"]`);
    await holds(cast.replies);
    await kiosk(cast.replies).press('floor.finish');
    await nobodySpeaks();

    await chair.press('floor.grantNext');
    await holds(cast.asks);
    // Nobody does anything: three minutes of the briefing's clock.
    await nobodySpeaks();
    await kiosk(cast.asks).shows('[data-banner="turnEnd"][data-is="timeOver"]');
    const ended = office.events.findLast(({ event }) => event.type === 'floor.revoked')?.event;
    expect(ended).toMatchObject({ type: 'floor.revoked', reason: 'timeOver' });
  });

  test('the points vote, each once', async () => {
    await desk.press('panel.votes');
    await desk.action('vote.question').fill(question);
    await desk.press('vote.open');
    const { votes } = await office.sees('the vote', (s) => s.votes.length === 1);
    const vote = votes[0]?.id ?? '';
    await Promise.all(
      [...kiosks].map(async ([seat, page]) => {
        await page.press(seat === cast.late ? 'vote.choose.2' : 'vote.choose.1');
        await page.press('vote.confirm');
      }),
    );
    const cast60 = [...others].slice(0, 60);
    await Promise.all(
      cast60.map(([seat, client]) => client.done({ type: 'vote.cast', vote, seat, option: 0 })),
    );
    await office.sees(
      'all of them',
      (s) => Object.keys(s.votes[0]?.cast ?? {}).length === 60 + kiosks.size,
    );
    await desk.press('vote.close');
    await confirm(desk);
    await desk.shows(`.history [data-vote="${vote}"] [data-option="0"][data-votes="65"]`);
    await desk.shows(`.history [data-vote="${vote}"] [data-option="1"][data-votes="1"]`);
    await kiosk(cast.asks).shows(`[data-result="${vote}"]`);
    await Promise.all([...kiosks.values()].map((page) => page.press('vote.dismiss')));
  });

  test('the conclusion gives tasks, and the points confirm that they have them', async () => {
    await chair.press('agenda.enter', item('ket-luan'));
    await office.sees('the conclusion', ({ agendaAt }) => agendaAt?.item === 'ket-luan');
    await desk.press('panel.directives');
    await desk.press('directive.giveAll');
    await confirm(desk);
    await office.sees('all given', ({ directives }) =>
      directives.every(({ status }) => status === 'given'),
    );
    await Promise.all(
      [...kiosks.values()].map(async (page) => {
        await page.shows('.slip.directive[data-directive="1"]');
        await page.press('directive.receiveAll');
      }),
    );
    await Promise.all(
      [...others].map(([seat, client]) =>
        client.done({ type: 'directive.receive', number: 1, seat }),
      ),
    );
    const received = (number: number) => {
      const directive = office.state.directives.find((d) => d.number === number);
      return Object.keys(directive?.received ?? {}).length;
    };
    await until(() => received(1) === kiosks.size + others.size, {
      what: 'every receipt of the first task',
      seen: () => received(1),
    });
    await until(() => received(19) === kiosks.size, { what: 'receipts of the last task' });
  });

  test('it is closed', async () => {
    // All the while a picture that had once gone wrong would have come right again.
    expect(await chair.page.evaluate(() => window.refreshes)).toBeGreaterThan(0);
    await chair.press('agenda.enter', item('be-mac'));
    await office.sees('the end', ({ agendaAt }) => agendaAt?.item === 'be-mac');
    await chair.press('phase.close');
    await confirm(chair);
    await office.sees('it closed', ({ phase }) => phase === 'closed');
    for (const page of kiosks.values()) await page.shows('[data-holding]');
  });
});

describe('the record', () => {
  let journal: readonly Recorded[];
  let minutes: Minutes;
  const record = async (name: string) => {
    const { cluster } = running;
    const path = `/api/briefings/${cluster.briefing}/${name}`;
    const answer = await api({ cluster, pass: await cluster.pass('secretary'), path });
    expect(answer.status, name).toBe(200);
    return answer;
  };
  const times = (from: number, to: number | null) => (to ?? 0) - from;

  beforeAll(async () => {
    journal = await journalOf(running.cluster);
    minutes = (await record('records.json')).json;
  });

  test('has every speech of the journal and no other, each with its time', () => {
    const ends = new Map<string, number>();
    const grants = new Map<string, { seat: SeatId; at: number }>();
    const credits = new Map<string, number>();
    for (const { at, event } of journal) {
      if (event.type === 'floor.granted') {
        grants.set(event.request, { seat: event.beneficiary, at });
      }
      if (event.type === 'floor.released' || event.type === 'floor.revoked') {
        ends.set(event.request, at);
      }
      if (event.type === 'floor.credited') {
        credits.set(event.request, (credits.get(event.request) ?? 0) + event.byMs);
      }
    }
    expect([...grants.values()].map(({ seat }) => seat)).toEqual([
      ...cast.speakers,
      cast.byTelephone,
      cast.replies,
      cast.asks,
    ]);
    const { speeches } = minutes.opinions;
    expect(speeches.map(({ request }) => request)).toEqual([...grants.keys()]);
    for (const speech of speeches) {
      const { at = 0, seat } = grants.get(speech.request) ?? {};
      expect(speech.seat).toBe(seat);
      const lasted = times(at, ends.get(speech.request) ?? null);
      expect(speech.usedMs + speech.creditedMs + speech.stoodMs).toBe(lasted);
    }
    const expired = speeches.at(-1);
    expect(expired).toMatchObject({ seat: cast.asks, allottedMs: 3 * minute });
    // A timer goes off a little late: by seconds, which a fast clock makes more of.
    expect(expired?.usedMs).toBeGreaterThanOrEqual(3 * minute);
    const sum = speeches.reduce((all, { usedMs }) => all + usedMs, 0);
    expect(minutes.opinions.usedMs).toBe(sum);
  });

  test('is a document as offices write it, saying what happened', async () => {
    const { bytes } = await record('minutes.docx');
    const { pages, pictures } = await printed(bytes);
    expect(pictures.length).toBe(pages.length);
    expect(pages.length).toBeGreaterThan(5);
    // A page without anything on it is a tenth of this.
    for (const picture of pictures) expect(picture.length).toBeGreaterThan(5_000);
    // A printer's justified lines have room where no space was written.
    const text = pages.join('').replace(/\s+/g, '');
    const says = (words: string) => expect(text).toContain(words.replace(/\s+/g, ''));
    says('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM');
    says('Độc lập - Tự do - Hạnh phúc');
    says('ngày 03 tháng 6 năm 2019');
    says('LƯU HÀNH NỘI BỘ');
    says('Số điểm cầu được mời: 71; có mặt: 69 (trong đó đến muộn: 1); vắng mặt: 2');
    for (const reason of Object.values(reasons)) says(reason);
    minutes.opinions.speeches.forEach(({ seat }, index) => {
      says(`${index + 1}. Điểm cầu ${office.state.seats[seat]?.name.vi}`);
    });
    says('trao đổi lại');
    says('hết thời gian');
    says('do sự cố đường truyền');
    says(`1. ${question}. Hình thức: biểu quyết công khai.`);
    says('Tán thành: 65/66 điểm cầu đã biểu quyết');
    says('Không biểu quyết: 5 điểm cầu');
    for (const { content } of office.state.directives) says(content);
    says(`đã xác nhận: ${kiosks.size + others.size}/71 điểm cầu`);
  }, 180_000);

  test('is a workbook with the attendance and the time used', async () => {
    const { bytes } = await record('records.xlsx');
    const book = new Workbook();
    await book.xlsx.load(bytes as never);
    const cells = book.worksheets.map((sheet) => ({
      name: sheet.name,
      rows: sheet.getSheetValues().flatMap((row) => (Array.isArray(row) ? [row.join('|')] : [])),
    }));
    const attendance = cells[0]?.rows ?? [];
    for (const seat of [...cast.absent, cast.late, ...cast.speakers]) {
      const name = office.state.seats[seat]?.name.vi ?? '';
      expect(attendance.filter((row) => row.includes(`|${name}|`)).length, name).toBe(1);
    }
    const total = minutes.opinions.speeches.length;
    const speeches = cells.find(({ rows }) => rows.filter((r) => /giao|sử dụng/i.test(r)).length);
    expect(speeches?.rows.length).toBeGreaterThanOrEqual(Math.min(total, 6));
  });

  test('is an archive in which nothing can be changed unseen, kept by the closing itself', async () => {
    const { bytes } = await record('archive.zip');
    const files = unzipped(bytes);
    expect(verifyArchive(files)).toEqual([]);
    const again = unzipped((await record('archive.zip')).bytes);
    expect([...again.keys()]).toEqual([...files.keys()]);
    const changed = new Map(files);
    const [path] = [...files.keys()].filter((name) => name.endsWith('.json'));
    const text = new TextDecoder().decode(files.get(path ?? ''));
    changed.set(path ?? '', new TextEncoder().encode(text.replace('2019', '2018')));
    expect(verifyArchive(changed)).not.toEqual([]);
  });
});
