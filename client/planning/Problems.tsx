import type { PlanSheet } from '../../server/protocol/planFaults.ts';
import { listOf, whole } from '../i18n/format.ts';
import { refusalText, text } from '../i18n/language.ts';
import { Icon } from '../ui/Icon.tsx';
import type { Problem } from './api.ts';

/** Why something was not done, and every place that has to be mended for it. */
export function Problems({ problem }: { readonly problem: Problem | null }) {
  if (!problem) return null;
  const t = text.value.planning;
  const places = placesIn(problem);
  return (
    <section class="problems" role="alert">
      <p>
        <Icon name="alert" />
        {wordsFor(problem)}
      </p>
      {places.length > 0 && (
        <ul>
          {places.map(({ place, what }) => (
            <li key={`${place} ${what}`}>{t.problem.where(place, what)}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

function wordsFor({ refusal, faults, conflicts }: Problem): string {
  const t = text.value.planning.problem;
  if (faults || conflicts) return t.planFaults;
  const own: Readonly<Record<string, string>> = {
    unreachable: t.unreachable,
    noPass: t.noPass,
    malformed: t.malformed,
    tooLarge: t.tooLarge,
    fault: t.fault,
  };
  const known: Readonly<Record<string, string>> = refusalText.value;
  return own[refusal] ?? known[refusal] ?? t.other(refusal);
}

interface Place {
  readonly place: string;
  readonly what: string;
}

function placesIn({ faults = [], conflicts = [], detail }: Problem): Place[] {
  const t = text.value.planning;
  const said = (value: string, code: keyof typeof t.faults) =>
    value === '' ? t.faults[code] : `“${value}” ${t.faults[code]}`;
  return [
    ...faults.map(({ sheet, row, column, value, code }) => ({
      place: listOf([
        sheet ? t.sheets[sheet] : t.newFrom.workbook,
        ...(row === null ? [] : [t.problem.place.row(whole(row))]),
        ...(column === null ? [] : [t.problem.place.column(column)]),
      ]),
      what: said(value, code),
    })),
    ...conflicts.map(({ path, value, code }) => ({
      place: pathWords(path),
      what: said(value, code),
    })),
    ...(detail ? [{ place: t.problem.title, what: detail }] : []),
  ];
}

/** Where in a plan: the part by its name, the place in it counted from 1. */
function pathWords([part, index]: readonly (string | number)[]): string {
  const t = text.value.planning;
  const sheet: PlanSheet = isSheet(part) ? part : 'meeting';
  return typeof index === 'number'
    ? `${t.sheets[sheet]}, ${t.problem.place.row(whole(index + 1))}`
    : t.sheets[sheet];
}

const isSheet = (part: string | number | undefined): part is PlanSheet =>
  part !== undefined && ['points', 'agenda', 'reports', 'directives'].includes(String(part));
