import type { BriefingState } from '../../server/domain/briefing.ts';
import type { PlanConflict } from '../../server/domain/plan.ts';
import type { PlanDraft } from '../../server/protocol/plan.ts';
import type { PlanFault } from '../../server/protocol/planFaults.ts';

/** A briefing as the list has it. */
export type Summary = Pick<
  BriefingState,
  'id' | 'title' | 'startsAt' | 'timeZone' | 'classification' | 'series' | 'phase'
>;

export interface PageLink {
  readonly role: 'chair' | 'secretary' | 'wall' | 'technician' | 'point';
  readonly seat: string | null;
  readonly url: string;
}

/** E-mail addresses by point. */
export type Contacts = Readonly<Record<string, readonly string[]>>;

/** Why the server did not do it (RFC 9457). `unreachable`: it gave no answer at all. */
export interface Problem {
  readonly refusal: string;
  /** Where something is malformed, as the server counts it. */
  readonly detail?: string;
  readonly faults?: readonly PlanFault[];
  readonly conflicts?: readonly PlanConflict[];
}

export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: Problem };

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The server's planning API, asked with the pass of this page. */
export class OfficeApi {
  readonly #pass: string;

  constructor(pass: string) {
    this.#pass = pass;
  }

  briefings(): Promise<Answer<{ readonly briefings: readonly Summary[] }>> {
    return this.#json('/api/briefings');
  }

  templates(): Promise<
    Answer<{ readonly templates: readonly { readonly name: string; readonly plan: PlanDraft }[] }>
  > {
    return this.#json('/api/templates');
  }

  plan(briefing: string): Promise<Answer<{ readonly plan: PlanDraft }>> {
    return this.#json(`/api/briefings/${briefing}/plan`);
  }

  links(briefing: string): Promise<Answer<{ readonly links: readonly PageLink[] }>> {
    return this.#json(`/api/briefings/${briefing}/links`);
  }

  contacts(briefing: string): Promise<Answer<{ readonly contacts: Contacts }>> {
    return this.#json(`/api/briefings/${briefing}/contacts`);
  }

  setContacts(briefing: string, contacts: Contacts): Promise<Answer<unknown>> {
    return this.#send('PUT', `/api/briefings/${briefing}/contacts`, { contacts });
  }

  /** The same `request` makes the same briefing: an answer that was lost can be asked for again. */
  create(request: string, plan: PlanDraft): Promise<Answer<{ readonly id: string }>> {
    return this.#send('POST', '/api/briefings', { request, plan });
  }

  change(
    briefing: string,
    o: { readonly request: string; readonly plan: PlanDraft },
  ): Promise<Answer<unknown>> {
    return this.#send('PUT', `/api/briefings/${briefing}/plan`, o);
  }

  readWorkbook(file: Blob): Promise<Answer<{ readonly plan: PlanDraft }>> {
    return this.#json('/api/workbooks', {
      method: 'POST',
      body: file,
      headers: { 'content-type': xlsx },
    });
  }

  /** A file to keep, under the name that the server gave it. */
  async file(path: string): Promise<Answer<{ readonly blob: Blob; readonly name: string }>> {
    const response = await this.#ask(path);
    if (!response?.ok) return { ok: false, problem: await problemIn(response) };
    const disposition = response.headers.get('content-disposition') ?? '';
    const name = /filename="([^"]+)"/.exec(disposition)?.[1] ?? 'diemcau.xlsx';
    return { ok: true, value: { blob: await response.blob(), name } };
  }

  #send<T>(method: 'POST' | 'PUT', path: string, body: unknown): Promise<Answer<T>> {
    const headers = { 'content-type': 'application/json' };
    return this.#json(path, { method, body: JSON.stringify(body), headers });
  }

  async #json<T>(path: string, init: RequestInit = {}): Promise<Answer<T>> {
    const response = await this.#ask(path, init);
    if (!response?.ok) return { ok: false, problem: await problemIn(response) };
    const noContent = response.status === 204;
    return { ok: true, value: (noContent ? undefined : await response.json()) as T };
  }

  async #ask(path: string, init: RequestInit = {}): Promise<Response | undefined> {
    const headers = { ...init.headers, authorization: `Bearer ${this.#pass}` };
    try {
      return await fetch(path, { ...init, headers });
    } catch {
      return undefined;
    }
  }
}

async function problemIn(response: Response | undefined): Promise<Problem> {
  if (!response) return { refusal: 'unreachable' };
  try {
    return (await response.json()) as Problem;
  } catch {
    return { refusal: 'fault' };
  }
}
