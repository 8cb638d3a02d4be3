import type { PlanDraft } from '../../server/protocol/plan.ts';
import { whole } from '../i18n/format.ts';
import { local, text } from '../i18n/language.ts';
import { Button } from '../ui/Button.tsx';
import { Select, TextArea, TextField } from '../ui/Field.tsx';
import { freeId } from './freeId.ts';
import type { PartProps } from './General.tsx';

type Report = PlanDraft['reports'][number];

/** What is reported, and by which point: the record has it beside what was said. */
export function Reports({ plan, desk }: PartProps) {
  const t = text.value.planning.texts;
  const { reports } = plan;
  const edit = (at: number, change: Partial<Report>) =>
    desk.edit({ reports: reports.with(at, { ...(reports[at] as Report), ...change }) });
  return (
    <>
      {reports.length === 0 && <p class="soft">{t.noReports}</p>}
      {reports.map((report, at) => (
        <fieldset class="entry" key={report.id}>
          <legend>{t.report(whole(at + 1))}</legend>
          <TextField
            action="report.title"
            label={t.title}
            maxLength={300}
            value={report.title.vi}
            onValue={(vi) => edit(at, { title: { ...report.title, vi } })}
          />
          <TextField
            action="report.titleEn"
            label={t.titleEn}
            maxLength={300}
            value={report.title.en}
            onValue={(en) => edit(at, { title: { ...report.title, en } })}
          />
          <Select
            action="report.owner"
            label={t.owner}
            value={report.owner}
            options={plan.points.map(({ id, name }) => ({ value: id, label: local(name) }))}
            onValue={(owner) => edit(at, { owner })}
          />
          <div class="wide">
            <TextArea
              action="report.content"
              label={t.content}
              maxLength={2_000}
              value={report.content}
              onValue={(content) => edit(at, { content })}
            />
          </div>
          <Button
            action="report.remove"
            icon="trash"
            look="quiet"
            onPress={() => desk.edit({ reports: reports.filter((_, i) => i !== at) })}
          >
            {t.remove}
          </Button>
        </fieldset>
      ))}
      <Button
        action="report.add"
        icon="plus"
        onPress={() => {
          const id = freeId('bao-cao', reports);
          const title = { vi: '', en: '' };
          const added = { id, title, content: '', owner: plan.chairPoint };
          desk.edit({ reports: [...reports, added] });
        }}
      >
        {t.addReport}
      </Button>
    </>
  );
}
