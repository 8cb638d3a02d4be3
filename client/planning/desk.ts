import { signal } from '@preact/signals';
import type { PlanDraft } from '../../server/protocol/plan.ts';
import type { OfficeApi, PageLink, Problem, Summary } from './api.ts';

/** What the page is busy with: nothing yet, a briefing that is there, or one to be made. */
export type Subject =
  | { readonly is: 'none' }
  | { readonly is: 'briefing'; readonly id: string }
  | { readonly is: 'new'; readonly request: string };

/** How often the list is read again, in milliseconds: briefings open and close by themselves. */
const readEvery = 10_000;

/** All that the planning page knows, and what can be done from it. */
export class Desk {
  readonly api: OfficeApi;
  readonly briefings = signal<readonly Summary[] | null>(null);
  readonly subject = signal<Subject>({ is: 'none' });
  /** As it stands in the form; null while it is fetched. */
  readonly draft = signal<PlanDraft | null>(null);
  /** As the server has it, so that a change shows; null for a new one. */
  readonly saved = signal<PlanDraft | null>(null);
  readonly links = signal<readonly PageLink[] | null>(null);
  /** Why the last thing was not done. */
  readonly problem = signal<Problem | null>(null);

  constructor(api: OfficeApi) {
    this.api = api;
  }

  start(): void {
    void this.refresh();
    setInterval(() => void this.refresh(), readEvery);
    addEventListener('beforeunload', (event) => {
      if (this.changed) event.preventDefault();
    });
  }

  /** Whether the form holds something that the server does not have. */
  get changed(): boolean {
    const draft = this.draft.value;
    return draft !== null && JSON.stringify(draft) !== JSON.stringify(this.saved.value);
  }

  /** The briefing that the form is about, as the list has it. */
  get summary(): Summary | undefined {
    const subject = this.subject.value;
    if (subject.is !== 'briefing') return undefined;
    return this.briefings.value?.find(({ id }) => id === subject.id);
  }

  /** The last one of the same series before that: what does not change can be taken from there. */
  get formerOne(): Summary | undefined {
    const { summary } = this;
    if (!summary || summary.series === null) return undefined;
    const start = (s: Summary) => Date.parse(s.startsAt);
    return (this.briefings.value ?? [])
      .filter((s) => s.series === summary.series && start(s) < start(summary))
      .sort((a, b) => start(b) - start(a))[0];
  }

  async refresh(): Promise<void> {
    const answer = await this.api.briefings();
    if (answer.ok) this.briefings.value = answer.value.briefings;
    else if (this.briefings.value === null) this.problem.value = answer.problem;
  }

  async open(id: string): Promise<void> {
    this.#begin({ is: 'briefing', id }, null);
    const [plan, links] = await Promise.all([this.api.plan(id), this.api.links(id)]);
    if (this.#isOn(id) && links.ok) this.links.value = links.value.links;
    if (!this.#isOn(id)) return;
    if (!plan.ok) {
      this.problem.value = plan.problem;
      return;
    }
    this.draft.value = plan.value.plan;
    this.saved.value = plan.value.plan;
  }

  /** Puts a plan into the form: as a new briefing, or in the place of the one that is open. */
  put(plan: PlanDraft, as: 'new' | 'change'): void {
    if (as === 'new') this.#begin({ is: 'new', request: crypto.randomUUID() }, plan);
    else this.draft.value = plan;
    this.problem.value = null;
  }

  edit(change: Partial<PlanDraft>): void {
    const draft = this.draft.value;
    if (draft) this.draft.value = { ...draft, ...change };
  }

  undo(): void {
    this.draft.value = this.saved.value;
    this.problem.value = null;
    if (this.subject.value.is === 'new') this.subject.value = { is: 'none' };
  }

  /** @returns whether it was taken; why not stands in `problem`. */
  async save(): Promise<boolean> {
    const plan = this.draft.value;
    const subject = this.subject.value;
    if (!plan || subject.is === 'none') return false;
    const answer =
      subject.is === 'new'
        ? await this.api.create(subject.request, plan)
        : await this.api.change(subject.id, { request: crypto.randomUUID(), plan });
    this.problem.value = answer.ok ? null : answer.problem;
    if (!answer.ok) return false;
    await this.refresh();
    if (subject.is === 'new') await this.open((answer.value as { readonly id: string }).id);
    else this.saved.value = plan;
    return true;
  }

  #begin(subject: Subject, draft: PlanDraft | null): void {
    this.subject.value = subject;
    this.draft.value = draft;
    this.saved.value = null;
    this.links.value = null;
    this.problem.value = null;
  }

  #isOn(id: string): boolean {
    const subject = this.subject.value;
    return subject.is === 'briefing' && subject.id === id;
  }
}
