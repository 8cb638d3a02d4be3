import { describe, expect, it } from 'vitest';
import { agendaNow } from '../../client/kiosk/agendaNow.ts';
import { mayBind, optionKeys } from '../../client/kiosk/binding.ts';
import { cardOf, type PutAside, resultFor } from '../../client/kiosk/cards/cardOf.ts';
import { declarationOf, draftOf } from '../../client/kiosk/papers/declaration.ts';
import { ownCarriedOver, ownTasks, unconfirmed } from '../../client/kiosk/papers/tasks.ts';
import { repliesTo, standOf } from '../../client/kiosk/stand.ts';
import type { BriefingState } from '../../server/domain/briefing.ts';
import type { Command } from '../../server/domain/command.ts';
import { decide } from '../../server/domain/decide.ts';
import { nothing } from '../../server/domain/evolve.ts';
import type { Actor } from '../../server/domain/permits.ts';
import { visibleTo } from '../../server/gateway/audience.ts';
import { chair, point, seatId, secretary, system, testPlan } from '../support/plan.ts';
import { absent, agendaItem, directive, present } from '../support/planBusiness.ts';

const [own, other, third] = [seatId(1), seatId(2), seatId(3)];
const start = 1_000_000;

/** A session of three points, played by the domain's own rules and seen by the first of them. */
class Session {
  state: BriefingState = nothing;
  now = start;
  #nth = 0;

  constructor(agenda = [agendaItem('first'), agendaItem('second')]) {
    this.do(
      {
        type: 'briefing.plan',
        plan: {
          ...testPlan(3),
          agenda,
          carriedOver: [2, 3].map((number) => ({
            briefing: 'before',
            briefingTitle: { vi: 'Trước', en: 'Before' },
            directive: directive(number, {
              leadPoint: seatId(number),
              supportingPoints: number === 3 ? [own] : [],
            }),
          })),
        },
      },
      system,
    );
    this.do({ type: 'phase.step', step: 'open' });
    for (const seat of [seatId(0), own, other, third]) {
      this.do({ type: 'seat.join', seat, connection: `${seat}-1` }, system);
    }
    this.do({ type: 'phase.step', step: 'begin' });
  }

  do(command: Command, by: Actor = chair): void {
    this.#nth++;
    const decision = decide(this.state, command, { now: this.now, by, command: `c${this.#nth}` });
    if (!decision.ok) throw new Error(`${command.type}: ${decision.refusal}`);
    this.state = decision.state;
  }

  get seen(): BriefingState {
    return visibleTo(this.state, { role: 'point', seat: own });
  }

  card(aside: Partial<PutAside> = {}) {
    const put = { results: new Set<string>(), directives: new Set<number>(), ...aside };
    return cardOf(this.seen, { seat: own, aside: put, now: this.now });
  }

  vote(secret = false): string {
    this.do({ type: 'vote.open', question: 'Có đồng ý?', options: ['Có', 'Không'], secret });
    return this.state.votes.at(-1)?.id ?? '';
  }

  give(...numbers: number[]): void {
    for (const number of numbers) {
      this.do({ type: 'directive.write', directive: directive(number) }, secretary);
    }
    this.do({ type: 'directive.give', numbers }, secretary);
  }
}

describe('the card above the bar', () => {
  it('asks for a vote until this site has cast its own, then waits for the result', () => {
    const session = new Session();
    const vote = session.vote();
    expect(session.card()).toMatchObject({ is: 'vote', vote: { id: vote } });
    session.do({ type: 'vote.cast', vote, seat: other, option: 1 }, point(other));
    expect(session.card()?.is).toBe('vote');
    session.do({ type: 'vote.cast', vote, seat: own, option: 0 }, point(own));
    expect(session.card()?.is).toBe('voted');
    session.do({ type: 'vote.close', vote });
    expect(session.card()).toMatchObject({ is: 'result', vote: { counts: [1, 1] } });
  });

  it('shows a result for a while, or until somebody has seen it', () => {
    const session = new Session();
    const vote = session.vote();
    session.do({ type: 'vote.close', vote });
    expect(session.card()?.is).toBe('result');
    expect(session.card({ results: new Set([vote]) })).toBeNull();
    session.now += resultFor - 1;
    expect(session.card()?.is).toBe('result');
    session.now += 1;
    expect(session.card()).toBeNull();
  });

  it('lets the control room speak before anything else', () => {
    const session = new Session();
    session.vote();
    session.do({ type: 'message.send', to: 'all', text: 'Đề nghị biểu quyết' });
    expect(session.card()?.is).toBe('message');
    const message = session.state.messages[0]?.id ?? '';
    session.do({ type: 'message.acknowledge', message, seat: own }, point(own));
    expect(session.card()?.is).toBe('vote');
  });

  it('brings tasks one by one until each is received, or put aside', () => {
    const session = new Session();
    session.give(1, 2);
    expect(session.card()).toMatchObject({ is: 'directive', directives: [{ number: 1 }, {}] });
    session.do({ type: 'directive.receive', number: 1, seat: own }, point(own));
    expect(session.card()).toMatchObject({ is: 'directive', directives: [{ number: 2 }] });
    expect(session.card({ directives: new Set([2]) })).toBeNull();
    // A new one is news, whatever was put aside before.
    session.give(3);
    expect(session.card({ directives: new Set([2]) })).toMatchObject({
      directives: [{ number: 3 }],
    });
  });
});

describe('the tasks of a point', () => {
  it('are those that it leads or supports, as long as they are not withdrawn', () => {
    const session = new Session();
    session.give(1, 2, 3);
    const numbers = (seat: string) => ownTasks(session.state, seat).map((d) => d.number);
    expect(numbers(own)).toEqual([1, 2, 3]);
    expect(numbers(other)).toEqual([1, 2, 3]);
    expect(numbers(third)).toEqual([]);
    session.do({ type: 'directive.settle', number: 2, as: 'withdrawn' });
    session.do({ type: 'directive.settle', number: 3, as: 'done' });
    expect(numbers(own)).toEqual([1, 3]);
    expect(unconfirmed(session.state, own)).toBe(1);
    session.do({ type: 'directive.receive', number: 1, seat: own }, point(own));
    expect(unconfirmed(session.state, own)).toBe(0);
    expect(unconfirmed(session.state, other)).toBe(1);
  });

  it('include what is left of earlier briefings', () => {
    const session = new Session();
    const left = (seat: string) =>
      ownCarriedOver(session.seen, seat).map(({ directive: { number } }) => number);
    expect(left(own)).toEqual([3]);
    expect(left(other)).toEqual([2]);
  });
});

describe('the item under way', () => {
  it('has its place on the agenda, and none before the first or after the end', () => {
    const session = new Session();
    expect(agendaNow(session.seen)).toBeNull();
    session.do({ type: 'agenda.enter', item: 'second' });
    expect(agendaNow(session.seen)).toMatchObject({ item: { id: 'second' }, place: 2, of: 2 });
    session.do({ type: 'phase.step', step: 'close' });
    expect(agendaNow(session.seen)).toBeNull();
  });
});

describe('a reply', () => {
  const session = () => new Session([agendaItem('closed'), agendaItem('open', { replies: true })]);
  const grant = (s: Session, seat: string) =>
    s.do({ type: 'floor.grant', target: { seat }, replace: true });

  it('may be asked for while somebody speaks under an item that takes replies', () => {
    const s = session();
    s.do({ type: 'agenda.enter', item: 'closed' });
    grant(s, other);
    expect(repliesTo(s.seen, own)).toBeNull();
    s.do({ type: 'agenda.enter', item: 'open' });
    expect(repliesTo(s.seen, own)).toBe(other);
    expect(repliesTo(s.seen, other)).toBeNull();
    s.do({ type: 'floor.revoke', request: s.state.floor.holders[0] ?? '' });
    expect(repliesTo(s.seen, own)).toBeNull();
  });

  it('has its place in a list of its own, and is gone with the next speech', () => {
    const s = session();
    s.do({ type: 'agenda.enter', item: 'open' });
    grant(s, other);
    for (const beneficiary of [third, own]) {
      s.do({ type: 'floor.request', beneficiary, kind: 'reply' }, point(beneficiary));
    }
    expect(standOf(s.seen, own)).toMatchObject({ is: 'queued', kind: 'reply', place: 2 });
    expect(standOf(s.seen, third)).toMatchObject({ place: 1, next: false });
    expect(repliesTo(s.seen, own)).toBeNull();
    s.do({ type: 'floor.release', request: s.state.floor.holders[0] ?? '' });
    grant(s, other);
    expect(standOf(s.seen, own)).toEqual({ is: 'idle' });
    expect(repliesTo(s.seen, own)).toBe(other);
  });
});

describe('a declaration', () => {
  const declared = (draft: Partial<ReturnType<typeof draftOf>>) =>
    declarationOf({ ...draftOf(undefined), ...draft });

  it('begins as it was declared and says the same again', () => {
    for (const before of [present, absent('Bão')]) {
      expect(declarationOf(draftOf(before))).toEqual({ ok: true, declaration: before });
    }
  });

  it('needs a reason for an absence and a whole number of persons', () => {
    expect(declared({ attendance: 'absent', reason: '  ' })).toEqual({
      ok: false,
      fault: 'reason',
    });
    for (const headCount of ['-1', '1e3', '2.5', 'x', '10001']) {
      expect(declared({ headCount })).toEqual({ ok: false, fault: 'headCount' });
    }
    expect(declared({ headCount: ' 12 ' })).toMatchObject({ declaration: { headCount: 12 } });
    expect(declared({})).toMatchObject({ declaration: { headCount: null } });
  });

  it('says nothing that belongs to the other answer', () => {
    const both = { headCount: '7', substitute: 'Phó Trưởng ban', reason: 'Bão' };
    expect(declared(both)).toMatchObject({ declaration: { headCount: 7, reason: '' } });
    expect(declared({ ...both, attendance: 'absent' })).toMatchObject({
      declaration: { headCount: null, substitute: '', reason: 'Bão' },
    });
  });
});

it('the keys of votes and replies ask for nothing else', () => {
  for (const code of [...optionKeys.flat(), 'F3', 'F4']) expect(mayBind(code)).toBe(false);
});
