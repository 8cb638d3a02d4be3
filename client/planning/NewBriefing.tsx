import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { PlanDraft } from '../../server/protocol/plan.ts';
import { invitationTime } from '../i18n/format.ts';
import { local, text } from '../i18n/language.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import type { Desk } from './desk.ts';
import { download } from './download.ts';
import { Problems } from './Problems.tsx';
import { WorkbookButton } from './WorkbookButton.tsx';

interface NewBriefingProps {
  readonly desk: Desk;
  readonly onClose: () => void;
}

interface Template {
  readonly name: string;
  readonly plan: PlanDraft;
}

/** How many former briefings are offered to go by. */
const formerOnes = 6;

/** What a new briefing goes by: a template, a former one, or a workbook. */
export function NewBriefing({ desk, onClose }: NewBriefingProps) {
  const t = text.value.planning;
  const templates = useSignal<readonly Template[]>([]);
  useEffect(() => {
    void desk.api.templates().then((answer) => {
      if (answer.ok) templates.value = answer.value.templates;
      else desk.problem.value = answer.problem;
    });
  }, [desk, templates]);
  const begin = (plan: PlanDraft) => {
    desk.put(plan, 'new');
    onClose();
  };
  const former = [...(desk.briefings.value ?? [])]
    .sort((a, b) => Date.parse(b.startsAt) - Date.parse(a.startsAt))
    .slice(0, formerOnes);
  return (
    <Dialog title={t.newFrom.title} onClose={onClose}>
      <div class="sources">
        <Problems problem={desk.problem.value} />
        <h3>{t.newFrom.templates}</h3>
        {templates.value.map(({ name, plan }) => (
          <div class="source" key={name}>
            <Button action="new.template" icon="plus" onPress={() => begin(plan)}>
              {local(plan.title)}
            </Button>
            <Button
              action="new.getWorkbook"
              icon="down"
              look="quiet"
              label={t.newFrom.getWorkbook(local(plan.title))}
              onPress={() => download(desk, `/api/templates/${name}/workbook`)}
            />
          </div>
        ))}
        {former.length > 0 && <h3>{t.newFrom.last}</h3>}
        {former.map(({ id, title, startsAt }) => (
          <div class="source" key={id}>
            <Button
              action="new.former"
              icon="copy"
              onPress={async () => {
                const answer = await desk.api.plan(id);
                if (answer.ok) begin(answer.value.plan);
                else desk.problem.value = answer.problem;
              }}
            >
              {`${local(title)} · ${invitationTime(startsAt)}`}
            </Button>
          </div>
        ))}
        <h3>{t.newFrom.workbook}</h3>
        <WorkbookButton desk={desk} action="new.workbook" onPlan={begin}>
          {t.newFrom.readWorkbook}
        </WorkbookButton>
      </div>
      <div class="answers">
        <Button action="dialog.cancel" onPress={onClose}>
          {text.value.dialog.close}
        </Button>
      </div>
    </Dialog>
  );
}
