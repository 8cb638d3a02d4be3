import type { Declaration } from '../../../server/domain/rollCall.ts';

/** A declaration as it stands in the form: everything that was typed. */
export interface DeclarationDraft extends Omit<Declaration, 'headCount'> {
  readonly headCount: string;
}

type Fault = 'headCount' | 'reason';

/** The most that fits into each field, in characters, as the server takes it. */
export const longest = { name: 120, reason: 300 } as const;
const mostPersons = 10_000;

/** What is declared already, to be corrected; where nothing is, a delegation that is here. */
export const draftOf = (declared: Declaration | undefined): DeclarationDraft => ({
  attendance: declared?.attendance ?? 'present',
  head: declared?.head ?? '',
  title: declared?.title ?? '',
  headCount: declared?.headCount?.toString() ?? '',
  substitute: declared?.substitute ?? '',
  reason: declared?.reason ?? '',
});

/** What the form declares, or which field is not right yet. */
export function declarationOf(
  draft: DeclarationDraft,
):
  | { readonly ok: true; readonly declaration: Declaration }
  | { readonly ok: false; readonly fault: Fault } {
  const { attendance } = draft;
  const [head, title, count, substitute, reason] = [
    draft.head.trim(),
    draft.title.trim(),
    draft.headCount.trim(),
    draft.substitute.trim(),
    draft.reason.trim(),
  ];
  if (attendance === 'absent') {
    if (reason === '') return { ok: false, fault: 'reason' };
    return {
      ok: true,
      // Who is not here has no persons in the room; whom one would have sent stays said.
      declaration: { attendance, head, title, headCount: null, substitute: '', reason },
    };
  }
  const headCount = count === '' ? null : Number(count);
  if (headCount !== null && !(/^\d+$/.test(count) && headCount <= mostPersons)) {
    return { ok: false, fault: 'headCount' };
  }
  return {
    ok: true,
    declaration: { attendance, head, title, headCount, substitute, reason: '' },
  };
}
