import { useSignal } from '@preact/signals';
import type { PlanDraft } from '../../server/protocol/plan.ts';
import { DirectiveForm } from '../directives/DirectiveForm.tsx';
import { whole } from '../i18n/format.ts';
import { local, text } from '../i18n/language.ts';
import { Button } from '../ui/Button.tsx';
import type { PartProps } from './General.tsx';

type Planned = PlanDraft['directives'][number];

/** Tasks that the conclusion is expected to give; they can still be changed in the briefing. */
export function Directives({ plan, desk }: PartProps) {
  const t = text.value.planning.texts;
  /** The place of the one in the form; the number of all for one more. */
  const editing = useSignal<number | null>(null);
  const { directives, points } = plan;
  const names = new Map(points.map(({ id, name }) => [id, local(name)]));
  const put = (next: readonly Planned[]) =>
    desk.edit({ directives: next.map((each, i) => ({ ...each, number: i + 1 })) });
  const edited = editing.value;
  return (
    <>
      {directives.length === 0 && <p class="soft">{t.noDirectives}</p>}
      <ol class="rows">
        {directives.map((directive, at) => (
          <li key={directive.number} data-directive={directive.number}>
            <span class="what">
              <b>{`${whole(directive.number)}. ${local(directive.title)}`}</b>
              <span class="soft small">{names.get(directive.leadPoint)}</span>
            </span>
            <Button
              action="directive.edit"
              icon="edit"
              look="quiet"
              size="small"
              label={t.edit(whole(directive.number))}
              onPress={() => {
                editing.value = at;
              }}
            />
            <Button
              action="directive.remove"
              icon="trash"
              look="quiet"
              size="small"
              label={t.removeOf(whole(directive.number))}
              onPress={() => put(directives.filter((_, i) => i !== at))}
            />
          </li>
        ))}
      </ol>
      <Button
        action="directive.add"
        icon="plus"
        onPress={() => {
          editing.value = directives.length;
        }}
      >
        {t.addDirective}
      </Button>
      {edited !== null && (
        <DirectiveForm
          points={points}
          number={edited + 1}
          directive={directives[edited] ?? null}
          onSave={async (saved) => {
            put(
              edited < directives.length ? directives.with(edited, saved) : [...directives, saved],
            );
            return null;
          }}
          onClose={() => {
            editing.value = null;
          }}
        />
      )}
    </>
  );
}
