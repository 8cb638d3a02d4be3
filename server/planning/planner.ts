import type { BriefingPlan, BriefingState } from '../domain/briefing.ts';
import type { Command } from '../domain/command.ts';
import type { BriefingId, Instant, Version } from '../domain/ids.ts';
import type { Actor } from '../domain/permits.ts';
import { type PlanConflict, planConflicts, planOf, samePlan } from '../domain/plan.ts';
import type { RefusalCode } from '../domain/refusal.ts';
import type { PlanDraft } from '../protocol/plan.ts';
import type { PlanFault } from '../protocol/planFaults.ts';
import { localStart } from './localTime.ts';
import { carriedOver } from './series.ts';

type Answer =
  | { readonly ok: true; readonly version: Version }
  | { readonly ok: false; readonly refusal: RefusalCode };

/** A briefing as the planner needs it. */
interface PlannedBriefing {
  readonly state: BriefingState;
  submit(command: Command, by: Actor, id: string): Promise<Answer>;
}

export interface PlannerOptions {
  readonly briefings: {
    open(id: BriefingId): Promise<PlannedBriefing | undefined>;
    /** Writes the plan by `begin`, and lets every server know of the briefing. */
    make(id: BriefingId, begin: (b: PlannedBriefing) => Promise<Answer>): Promise<Answer>;
    summaries(): Promise<readonly Pick<BriefingState, 'id' | 'series'>[]>;
  };
  /** By name; the name is no id of a briefing. */
  readonly templates: ReadonlyMap<string, PlanDraft>;
  readonly now: () => Instant;
}

export type Planned =
  | { readonly ok: true; readonly version: Version }
  | {
      readonly ok: false;
      readonly refusal: RefusalCode;
      readonly conflicts?: readonly PlanConflict[];
    };

const system: Actor = { role: 'system', seat: null };

/** Makes briefings and changes their plans until they open. */
export class Planner {
  readonly #o: PlannerOptions;

  constructor(o: PlannerOptions) {
    this.#o = o;
  }

  get templates(): ReadonlyMap<string, PlanDraft> {
    return this.#o.templates;
  }

  /** The id is the caller's: a repetition under the same id makes nothing new. */
  async create(id: BriefingId, draft: PlanDraft): Promise<Planned> {
    const plan = await this.#complete(id, draft);
    const conflicts = planConflicts(plan);
    if (conflicts.length > 0) return { ok: false, refusal: 'malformed', conflicts };
    return this.#o.briefings.make(id, (briefing) =>
      briefing.state.version > 0
        ? Promise.resolve({ ok: true, version: 1 })
        : briefing.submit({ type: 'briefing.plan', plan }, system, `plan-${id}`),
    );
  }

  async replan(
    id: BriefingId,
    draft: PlanDraft,
    given: { readonly by: Actor; readonly command: string },
  ): Promise<Planned> {
    const briefing = await this.#o.briefings.open(id);
    if (!briefing) return { ok: false, refusal: 'unknownBriefing' };
    const plan = await this.#complete(id, draft);
    const conflicts = planConflicts(plan);
    if (conflicts.length > 0) return { ok: false, refusal: 'malformed', conflicts };
    return briefing.submit({ type: 'briefing.replan', plan }, given.by, given.command);
  }

  /**
   * Brings up to date what a briefing that is about to open takes over from its series: former ones
   * may have closed, and tasks may have been done, since it was planned.
   */
  async refresh(id: BriefingId): Promise<void> {
    const briefing = await this.#o.briefings.open(id);
    if (briefing?.state.phase !== 'scheduled' || briefing.state.version === 0) return;
    const { version } = briefing.state;
    const now = planOf(briefing.state);
    const plan = await this.#complete(id, now);
    if (samePlan(plan, now)) return;
    await briefing.submit({ type: 'briefing.replan', plan }, system, `carry-${id}-${version}`);
  }

  /** A plan as a workbook that people fill in and hand in again (.xlsx). */
  async workbook(draft: PlanDraft): Promise<Uint8Array> {
    // What reads and writes spreadsheets takes a while to load, and most servers never need it.
    const { writeWorkbook } = await import('./workbook/write.ts');
    return writeWorkbook(draft);
  }

  async readWorkbook(
    file: Uint8Array,
  ): Promise<
    | { readonly ok: true; readonly draft: PlanDraft }
    | { readonly ok: false; readonly faults: readonly PlanFault[] }
  > {
    const { readWorkbook } = await import('./workbook/read.ts');
    return readWorkbook(file);
  }

  async #complete(id: BriefingId, draft: PlanDraft): Promise<BriefingPlan> {
    const { series, startsAt, timeZone } = draft;
    const today = localStart(this.#o.now(), timeZone).date;
    const former = series === null ? [] : await this.#ofSeries(series);
    return { ...draft, id, carriedOver: carriedOver(former, { id, series, startsAt, today }) };
  }

  async #ofSeries(series: string): Promise<readonly BriefingState[]> {
    const { briefings } = this.#o;
    const same = (await briefings.summaries()).filter((b) => b.series === series);
    const opened = await Promise.all(same.map(({ id }) => briefings.open(id)));
    return opened.flatMap((briefing) => (briefing ? [briefing.state] : []));
  }
}
