import { loadBriefing } from '../../config/briefing.ts';
import { configSchema } from '../../config/schema.ts';
import type { Classification } from '../../server/domain/briefing.ts';
import type { Command } from '../../server/domain/command.ts';
import { decide } from '../../server/domain/decide.ts';
import type { Recorded } from '../../server/domain/event.ts';
import { nothing } from '../../server/domain/evolve.ts';
import { requestOf } from '../../server/domain/floor.ts';
import type { SeatId } from '../../server/domain/ids.ts';
import type { LineResult } from '../../server/domain/lineCheck.ts';
import type { Actor } from '../../server/domain/permits.ts';
import { briefingPlan } from '../../server/fromConfig.ts';
import { point, secretary, system } from './plan.ts';

const chairSeat = 'ban-to-chuc-trung-uong';
const chair: Actor = { role: 'chair', seat: chairSeat };
const minute = 60_000;

const goodLine: LineResult = {
  picture: { framesDecoded: 50, frameRate: 25, width: 1280, height: 720 },
  sound: { levelDb: -28 },
  rttMs: 34,
  lossUp: 0,
  lossDown: 0.001,
  upBps: 1_900_000,
  downBps: 4_200_000,
};

/** A briefing played by the rules alone at the hours that a test says. */
export class Stage {
  state = nothing;
  readonly journal: Recorded[] = [];
  #now: number;
  #nth = 0;

  constructor(startsAt: string) {
    this.#now = Date.parse(startsAt);
  }

  /** The clock goes on by so many milliseconds. */
  wait(ms: number): this {
    this.#now += ms;
    return this;
  }

  /** @throws Error when the command is refused. */
  do(command: Command, by: Actor = chair): void {
    this.#nth++;
    const decision = decide(this.state, command, { now: this.#now, by, command: `c${this.#nth}` });
    if (!decision.ok) throw new Error(`${command.type}: ${decision.refusal}`);
    this.state = decision.state;
    this.journal.push(...decision.events);
  }

  join(seat: SeatId, connection = `${seat}-1`): void {
    this.do({ type: 'seat.join', seat, connection }, system);
  }

  lose(seat: SeatId): void {
    const connection = this.state.seats[seat]?.connection ?? '';
    this.do({ type: 'seat.lose', seat, connection }, system);
  }

  request(seat: SeatId): string {
    return requestOf(this.state.floor, seat)?.id ?? '';
  }

  grant(seat: SeatId, replace = false): string {
    this.do({ type: 'floor.grant', target: { seat }, replace });
    return this.request(seat);
  }

  release(seat: SeatId): void {
    this.do({ type: 'floor.release', request: this.request(seat) }, point(seat));
  }
}

/**
 * The sample briefing of June 2019 with all that records tell of: two absent, one late, prepared
 * speeches, a queue reordered, a lost line, an expiry, a reply, votes, a recess, directives.
 */
export function sampleBriefing(
  o: { readonly classification?: Classification } = {},
): readonly Recorded[] {
  const config = configSchema.parse({});
  const plan = briefingPlan(loadBriefing('2019-06'), config.floor);
  const points = plan.points.map(({ id }) => id).filter((id) => id !== chairSeat);
  const [absent, alsoAbsent, late] = ['quang-tri', 'ca-mau', 'dien-bien'];
  const speakers = ['ha-noi', 'nghe-an', 'can-tho'];
  const stage = new Stage('2019-06-03T12:55:00+07:00');
  stage.do(
    {
      type: 'briefing.plan',
      plan: {
        ...plan,
        classification: o.classification ?? plan.classification,
        agenda: plan.agenda.map((item) =>
          item.kind === 'preparedSpeech' ? { ...item, rules: { ...item.rules, speakers } } : item,
        ),
        carriedOver: plan.directives.slice(0, 1).map((directive) => ({
          briefing: '2019-05',
          briefingTitle: {
            vi: 'Hội nghị giao ban trực tuyến tháng 5/2019',
            en: 'Online briefing of May 2019',
          },
          directive: { ...directive, deadline: '2019-05-31' },
        })),
      },
    },
    system,
  );
  stage.wait(5 * minute).do({ type: 'phase.step', step: 'open' }, system);
  stage.join(chairSeat);
  const early = points.filter((id) => ![absent, alsoAbsent, late].includes(id));
  for (const seat of early) {
    stage.wait(1_700);
    stage.join(seat);
  }
  lineCheck(stage, early);
  stage.wait(15 * minute);
  early.forEach((seat, i) => {
    const declaration = {
      attendance: 'present',
      head: `Đại biểu ${i + 1}`,
      title: i % 2 === 0 ? 'Trưởng Ban Tổ chức' : 'Phó Trưởng Ban Tổ chức',
      headCount: 5 + (i % 7),
      substitute: i === 4 ? 'Đại biểu dự thay' : '',
      reason: '',
    } as const;
    stage.wait(900).do({ type: 'rollCall.declare', seat, declaration }, point(seat));
  });
  for (const seat of [absent, alsoAbsent]) {
    const declaration = {
      attendance: 'absent',
      head: '',
      title: '',
      headCount: null,
      substitute: '',
      reason: seat === absent ? 'tập trung phòng, chống thiên tai' : 'trùng lịch họp Ban Thường vụ',
    } as const;
    stage
      .wait(2_000)
      .do({ type: 'rollCall.declare', seat: seat as SeatId, declaration }, secretary);
  }
  stage.wait(41 * minute + 22_000).do({ type: 'phase.step', step: 'begin' });
  stage.do({ type: 'agenda.enter', item: 'khai-mac' });
  stage.wait(8 * minute);
  stage.join(late as SeatId);
  stage.do({ type: 'agenda.enter', item: 'bao-cao' });
  stage.wait(14 * minute).do({ type: 'agenda.enter', item: 'tham-luan' });
  preparedSpeeches(stage, speakers);
  stage.wait(30_000).do({ type: 'phase.step', step: 'recess' });
  stage.wait(15 * minute).do({ type: 'phase.step', step: 'resume' });
  discussion(stage);
  ballots(stage, early);
  stage.wait(5_000).do({ type: 'agenda.enter', item: 'ket-luan' });
  stage.wait(12 * minute);
  const numbers = stage.state.directives.map(({ number }) => number);
  stage.do({ type: 'directive.give', numbers }, secretary);
  for (const seat of early) {
    stage.wait(600).do({ type: 'directive.receive', number: 1, seat }, point(seat));
  }
  stage.wait(minute).do({ type: 'agenda.enter', item: 'be-mac' });
  stage.wait(3 * minute).do({ type: 'phase.step', step: 'close' });
  for (const seat of early.slice(0, 5)) {
    const connection = stage.state.seats[seat]?.connection ?? '';
    stage.wait(1_000).do({ type: 'seat.leave', seat, connection }, system);
  }
  stage.wait(minute).do({ type: 'directive.receive', number: 2, seat: 'ha-noi' }, point('ha-noi'));
  return stage.journal;
}

function lineCheck(stage: Stage, seats: readonly SeatId[]): void {
  stage.wait(10_000).do({ type: 'lineCheck.start', seats: 'all' }, system);
  const run = stage.state.lineCheckRun?.run ?? '';
  for (const seat of seats) {
    const result = seat === 'son-la' ? { ...goodLine, sound: null } : goodLine;
    stage.wait(150).do({ type: 'lineCheck.record', run, seat, result }, system);
  }
}

/** Three reports in the order prepared; the second loses its line for twelve seconds. */
function preparedSpeeches(stage: Stage, speakers: readonly SeatId[]): void {
  for (const [i, seat] of speakers.entries()) {
    const request = stage.wait(20_000).grant(seat);
    if (i === 1) {
      stage.wait(2 * minute).lose(seat);
      stage.wait(12_000).join(seat, `${seat}-2`);
      stage.do({ type: 'floor.credit', request, byMs: 850 }, system);
    }
    if (i === 2) stage.wait(minute).do({ type: 'floor.extend', request, byMs: 2 * minute });
    stage.wait(5 * minute + i * 17_000);
    stage.release(seat);
  }
}

/** A queue reordered, a reply, a registration by telephone, an expiry that closes the floor. */
function discussion(stage: Stage): void {
  stage.wait(4_000).do({ type: 'agenda.enter', item: 'thao-luan' });
  for (const seat of ['lao-cai', 'dak-lak']) {
    stage.wait(7_000).do({ type: 'floor.request', beneficiary: seat }, point(seat));
    stage.do({ type: 'floor.accept', request: stage.request(seat) });
  }
  stage.do({ type: 'floor.request', beneficiary: 'ben-tre' }, secretary);
  stage.do({ type: 'floor.move', request: stage.request('ben-tre'), position: 1 });
  stage.wait(5_000).grant('ben-tre');
  stage
    .wait(minute)
    .do({ type: 'floor.request', beneficiary: 'long-an', kind: 'reply' }, point('long-an'));
  stage.wait(2 * minute).grant('long-an', true);
  stage.wait(80_000);
  stage.release('long-an');
  stage.do({
    type: 'floor.setRules',
    speech: { allottedMs: 3 * minute, warningsMs: [minute, 15_000], atEnd: 'close' },
  });
  const request = stage.wait(3_000).grant('lao-cai');
  const grantVersion =
    stage.state.floor.requests.find(({ id }) => id === request)?.grantVersion ?? 0;
  stage.wait(3 * minute).do({ type: 'floor.expire', request, grantVersion }, system);
  stage.wait(2_000).lose('lang-son');
  stage.wait(95_000).join('lang-son', 'lang-son-2');
  stage.grant('dak-lak');
  stage.wait(100_000).lose('dak-lak');
  const lostAtVersion = stage.state.seats['dak-lak']?.lostAtVersion ?? 0;
  stage.wait(10_000).do({ type: 'floor.expireGrace', seat: 'dak-lak', lostAtVersion }, system);
}

/** An open vote and a secret one. */
function ballots(stage: Stage, seats: readonly SeatId[]): void {
  for (const secret of [false, true]) {
    stage.wait(5_000).do({
      type: 'vote.open',
      question: secret
        ? 'Giới thiệu đơn vị đăng cai hội nghị kỳ sau'
        : 'Thông qua chương trình công tác tháng 6/2019',
      options: ['Tán thành', 'Không tán thành', 'Ý kiến khác'],
      secret,
    });
    const vote = stage.state.votes.at(-1)?.id ?? '';
    seats.slice(0, 66).forEach((seat, i) => {
      const option = i % 23 === 5 ? 1 : i % 31 === 7 ? 2 : 0;
      stage.wait(300).do({ type: 'vote.cast', vote, seat, option }, point(seat));
    });
    stage.wait(2_000).do({ type: 'vote.close', vote });
  }
}
