import type { Page } from 'playwright-core';
import { requestOf } from '../../server/domain/floor.ts';
import { pause } from '../bench/figures.ts';
import type { Cast } from './cast.ts';
import type { Pictures, Shot } from './pictures.ts';

/** A part of the briefing, played and then photographed. */
export interface Act {
  readonly name: string;
  readonly play: (cast: Cast) => Promise<unknown>;
  readonly shots: (cast: Cast) => readonly Shot[];
}

const closeIt = (page: Page) => page.keyboard.press('Escape');
const press = (action: string) => (page: Page) =>
  page.locator(`[data-action="${action}"]`).first().click();
const key = (name: string) => async (page: Page) => {
  await page.locator('body').click({ position: { x: 1, y: 1 } });
  await page.keyboard.press(name);
};

const slidesCame = (page: Page) =>
  page.waitForFunction(() =>
    [...document.querySelectorAll<HTMLVideoElement>('video[data-shown="presentation"]')].some(
      (video) => video.getVideoPlaybackQuality().totalVideoFrames > 0,
    ),
  );

const minutes = 60_000;
/** Longer than two minutes of a speech, so that its last stage begins with it. */
const lateWarning = 100_000;

/** The request of this seat that is under way, as soon as the office knows of it. */
async function requestFrom({ office }: Cast, seat: string): Promise<string> {
  const until = performance.now() + 5_000;
  while (performance.now() < until) {
    const request = requestOf(office.state.floor, seat);
    if (request) return request.id;
    await pause(50);
  }
  throw new Error(`no request of ${seat}`);
}

/** The office registers them: they wait in the queue, in this order. */
async function queue({ office }: Cast, seats: readonly string[]): Promise<void> {
  for (const beneficiary of seats) await office.must({ type: 'floor.request', beneficiary });
}

const grant = ({ office }: Cast, seat: string) =>
  office.must({ type: 'floor.grant', target: { seat }, replace: true });

const speech = ({ office }: Cast, warningsMs: number[], allottedMs: number) =>
  office.must({ type: 'floor.setRules', speech: { allottedMs, warningsMs, atEnd: 'warn' } });

/** A site that is there, those with pictures first: on a busy machine a line breaks now and then. */
const seatOf = ({ live, extras, own, office }: Cast, place: number): string =>
  [...live, ...extras.keys()].filter((id) => office.state.seats[id]?.status === 'connected')[
    place
  ] ?? own;

export const acts: readonly Act[] = [
  {
    name: 'before the chair is there',
    play: async ({ office }) => {
      // Late in the day of a briefing it has been opened by the clock.
      if (office.state.phase === 'scheduled') {
        await office.must({ type: 'phase.step', step: 'open' });
      }
    },
    shots: (c) => [
      { page: c.kiosk, name: 'kiosk-holding', in: ['room', 'desk', 'paper'] },
      { page: c.technician, name: 'technician-gathering' },
    ],
  },
  {
    name: 'gathering',
    play: ({ seatTheChair }) => seatTheChair(),
    shots: (c) => [
      { page: c.kiosk, name: 'kiosk-gathering' },
      { page: c.chair, name: 'chair-gathering' },
      { page: c.wall, name: 'wall-gathering' },
    ],
  },
  {
    name: 'the chair speaks',
    play: ({ office }) => office.must({ type: 'phase.step', step: 'begin' }),
    shots: (c) => [
      { page: c.kiosk, name: 'kiosk-idle' },
      { page: c.chair, name: 'chair-inSession' },
      { page: c.technician, name: 'technician-board', in: ['room', 'desk', 'paper'] },
      { page: c.kiosk, name: 'kiosk-settings', before: press('settings.open'), after: closeIt },
    ],
  },
  {
    name: 'points ask for the floor',
    play: async (c) => {
      await speech(c, [2 * minutes, minutes], 7 * minutes);
      await press('floor.request')(c.kiosk);
      await requestFrom(c, c.own);
      for (const extra of [...c.extras.values()].slice(10, 12)) await extra.ask();
    },
    shots: (c) => [
      { page: c.kiosk, name: 'kiosk-pending' },
      { page: c.chair, name: 'chair-pending' },
    ],
  },
  {
    name: 'a point speaks, others wait',
    play: async (c) => {
      await queue(c, [seatOf(c, 3)]);
      await c.office.must({ type: 'floor.accept', request: await requestFrom(c, c.own) });
      await queue(c, [seatOf(c, 12), seatOf(c, 7), seatOf(c, 15)]);
      await grant(c, seatOf(c, 1));
    },
    shots: (c) => [
      { page: c.kiosk, name: 'kiosk-queued' },
      { page: c.chair, name: 'chair-speaker', in: ['room', 'desk', 'paper'] },
      { page: c.wall, name: 'wall-speaker', in: ['room', 'desk', 'paper'] },
      { page: c.chair, name: 'chair-keys', before: key('?'), after: closeIt },
      { page: c.chair, name: 'chair-seatMenu', before: press('seat.menu'), after: closeIt },
      { page: c.chair, name: 'chair-call', before: press('call.open'), after: closeIt },
    ],
  },
  {
    name: 'layouts',
    play: async (c) => {
      await c.office.must({ type: 'floor.deny', request: await requestFrom(c, seatOf(c, 3)) });
      await c.office.must({ type: 'layout.set', layout: 'sideBySide' });
    },
    shots: (c) => [
      { page: c.kiosk, name: 'kiosk-next-sideBySide' },
      { page: c.chair, name: 'chair-sideBySide', in: ['room'] },
    ],
  },
  {
    name: 'the own site speaks',
    play: async (c) => {
      await c.office.must({ type: 'layout.set', layout: 'speaker' });
      await grant(c, c.own);
    },
    shots: (c) => [
      { page: c.kiosk, name: 'kiosk-onAir', in: ['room', 'desk', 'paper'] },
      { page: c.chair, name: 'chair-onAir' },
      { page: c.wall, name: 'wall-onAir' },
    ],
  },
  {
    name: 'time runs out',
    play: async (c) => {
      await c.office.must({ type: 'floor.revoke', request: await requestFrom(c, c.own) });
      await speech(c, [lateWarning], 2 * minutes);
      await grant(c, c.own);
    },
    shots: (c) => [{ page: c.kiosk, name: 'kiosk-onAir-lastMinutes' }],
  },
  {
    name: 'a presentation',
    play: async (c) => {
      await c.office.must({ type: 'layout.set', layout: 'presentation' });
      await press('presentation.start')(c.chair);
      await grant(c, seatOf(c, 1));
    },
    shots: (c) => [
      { page: c.kiosk, name: 'kiosk-presentation', before: slidesCame },
      { page: c.chair, name: 'chair-presentation', in: ['room'] },
    ],
  },
  {
    name: 'a word to the sites, and a muted one',
    play: async (c) => {
      await press('presentation.stop')(c.chair);
      await c.office.must({ type: 'seat.mute', seat: c.own });
      await c.office.must({
        type: 'message.send',
        to: 'all',
        text: 'Đề nghị các điểm cầu kiểm tra micrô trước khi phát biểu.',
      });
    },
    shots: (c) => [
      { page: c.kiosk, name: 'kiosk-message-muted' },
      { page: c.chair, name: 'chair-message' },
      {
        page: c.chair,
        name: 'chair-confirmClose',
        before: press('phase.close'),
        shows: 'dialog[open]',
        after: closeIt,
      },
    ],
  },
  {
    name: 'the roll is called, and a vote taken',
    play: async (c) => {
      await press('message.acknowledge')(c.kiosk);
      await c.office.must({ type: 'seat.unmute', seat: c.own });
      await c.office.must({ type: 'agenda.enter', item: 'thao-luan' });
      const present = { attendance: 'present', substitute: '', reason: '' } as const;
      for (const [index, seat] of [c.own, ...c.live].entries()) {
        const head = { head: 'Trưởng đoàn', title: 'Trưởng Ban Tổ chức', headCount: 8 + index };
        const declaration = { ...present, ...head };
        await c.office.must({ type: 'rollCall.declare', seat, declaration });
      }
      await c.office.must({
        type: 'vote.open',
        question: 'Thông qua chương trình công tác tháng 6/2019',
        options: ['Tán thành', 'Không tán thành', 'Ý kiến khác'],
        secret: false,
      });
    },
    shots: (c) => [
      { page: c.kiosk, name: 'kiosk-vote', shows: '.slip.vote' },
      { page: c.chair, name: 'chair-rollCall', before: press('panel.rollCall') },
      { page: c.chair, name: 'chair-vote', before: press('panel.votes') },
    ],
  },
  {
    name: 'tasks are given, and the minutes read',
    play: async (c) => {
      await c.office.must({ type: 'vote.close', vote: c.office.state.votes.at(-1)?.id ?? '' });
      await c.office.must({ type: 'agenda.enter', item: 'ket-luan' });
      const numbers = c.office.state.directives.map(({ number }) => number);
      await c.office.must({ type: 'directive.give', numbers });
      await press('vote.dismiss')(c.kiosk);
    },
    shots: (c) => [
      { page: c.kiosk, name: 'kiosk-task', shows: '.slip.directive' },
      { page: c.kiosk, name: 'kiosk-papers', before: press('papers.open'), after: closeIt },
      { page: c.chair, name: 'chair-directives', before: press('panel.directives') },
      { page: c.chair, name: 'chair-minutes', before: press('panel.minutes') },
      {
        page: c.chair,
        name: 'chair-agenda',
        before: press('panel.agenda'),
        in: ['room', 'desk', 'paper'],
      },
    ],
  },
  {
    name: 'lines break',
    play: async (c) => {
      for (const extra of [...c.extras.values()].filter((_, i) => i % 8 === 3)) extra.close();
      await pause(4_000);
    },
    shots: (c) => [
      { page: c.wall, name: 'wall-lost' },
      { page: c.chair, name: 'chair-lost', in: ['room'] },
      { page: c.technician, name: 'technician-lost' },
      {
        page: c.technician,
        name: 'technician-site',
        before: async (page) => {
          // A second press on the same name closes it.
          if ((await page.locator('[data-site]').count()) > 0) return;
          await page.locator('tbody [data-status="connected"] th').nth(1).click();
        },
        shows: '[data-site]',
      },
      {
        page: c.wall,
        name: 'wall-closer',
        before: press('wall.look'),
        after: closeIt,
      },
    ],
  },
  {
    name: 'the own line breaks',
    play: (c) => c.kiosk.context().setOffline(true),
    shots: (c) => [
      { page: c.kiosk, name: 'kiosk-reconnecting', shows: '.line-lost', in: ['room'] },
    ],
  },
  {
    name: 'recess',
    play: async (c) => {
      await c.kiosk.context().setOffline(false);
      await c.office.must({ type: 'phase.step', step: 'recess' });
      await c.kiosk.waitForFunction(() => window.diemcau?.state === 'live');
    },
    shots: (c) => [
      { page: c.kiosk, name: 'kiosk-recess' },
      { page: c.chair, name: 'chair-recess', in: ['room'] },
    ],
  },
  {
    name: 'closed',
    play: ({ office }) => office.must({ type: 'phase.step', step: 'close' }),
    shots: (c) => [
      { page: c.kiosk, name: 'kiosk-closed' },
      { page: c.wall, name: 'wall-closed', in: ['room'] },
    ],
  },
];

interface PlayOptions {
  readonly cast: Cast;
  readonly pictures: Pictures;
  readonly note: (line: string) => void;
}

/** Plays the briefing from its beginning to its end; an act that cannot be played is said and left. */
export async function playAll({ cast, pictures, note }: PlayOptions): Promise<void> {
  for (const { name, play, shots } of acts) {
    note(`— ${name}`);
    try {
      await play(cast);
    } catch (error) {
      pictures.missing.push(`${name}: ${error instanceof Error ? error.message : error}`);
      note(`could not be played: ${pictures.missing.at(-1)}`);
    }
    // Pages are independent of one another; the pictures of one page come one after the other.
    const byPage = Map.groupBy(shots(cast), ({ page }) => page);
    await Promise.all(
      [...byPage.values()].map(async (own) => {
        for (const shot of own) await pictures.take(shot);
      }),
    );
  }
}
