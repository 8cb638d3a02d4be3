import type { Directive } from '../../server/domain/directives.ts';
import type { SeatId } from '../../server/domain/ids.ts';

/** A directive as a form holds it. */
export interface DirectiveDraft {
  readonly titleVi: string;
  readonly titleEn: string;
  readonly content: string;
  /** Empty while none is chosen. */
  readonly lead: SeatId | '';
  readonly supportsAll: boolean;
  readonly supporting: readonly SeatId[];
  /** ISO 8601 date, or empty. */
  readonly deadline: string;
  readonly product: string;
}

export type DirectiveFault = 'noTitle' | 'noContent' | 'noLead';

export const emptyDraft: DirectiveDraft = {
  titleVi: '',
  titleEn: '',
  content: '',
  lead: '',
  supportsAll: false,
  supporting: [],
  deadline: '',
  product: '',
};

export const directiveDraft = (d: Directive): DirectiveDraft => ({
  titleVi: d.title.vi,
  titleEn: d.title.en,
  content: d.content,
  lead: d.leadPoint,
  supportsAll: d.supportingPoints === 'all',
  supporting: d.supportingPoints === 'all' ? [] : d.supportingPoints,
  deadline: d.deadline ?? '',
  product: d.product ?? '',
});

/** The first thing that is missing; null when the draft can be a directive. */
export function directiveFault({ titleVi, content, lead }: DirectiveDraft): DirectiveFault | null {
  if (titleVi.trim() === '') return 'noTitle';
  if (content.trim() === '') return 'noContent';
  return lead === '' ? 'noLead' : null;
}

/** A directive whose lists may go over the wire. */
export type WrittenDirective = Omit<Directive, 'supportingPoints'> & {
  readonly supportingPoints: 'all' | SeatId[];
};

/** The directive of a draft without faults. */
export function directiveFrom(draft: DirectiveDraft, number: number): WrittenDirective {
  const vi = draft.titleVi.trim();
  const { lead, supporting, supportsAll, deadline, product } = draft;
  return {
    number,
    title: { vi, en: draft.titleEn.trim() || vi },
    content: draft.content.trim(),
    leadPoint: lead,
    supportingPoints: supportsAll ? 'all' : supporting.filter((seat) => seat !== lead),
    deadline: deadline === '' ? null : deadline,
    product: product.trim() === '' ? null : product.trim(),
  };
}
