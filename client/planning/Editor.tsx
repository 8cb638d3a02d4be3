import type { ComponentChildren } from 'preact';
import { local, text } from '../i18n/language.ts';
import { Badge } from '../ui/Badge.tsx';
import { Button } from '../ui/Button.tsx';
import { toast } from '../ui/toasts.tsx';
import { Agenda } from './Agenda.tsx';
import { Contacts } from './Contacts.tsx';
import { Directives } from './Directives.tsx';
import type { Desk } from './desk.ts';
import { download } from './download.ts';
import { Floor } from './Floor.tsx';
import { General } from './General.tsx';
import { Links } from './Links.tsx';
import { Points } from './Points.tsx';
import { Problems } from './Problems.tsx';
import { Reports } from './Reports.tsx';
import { WorkbookButton } from './WorkbookButton.tsx';

/** One briefing's plan as a form; what has opened is shown and no more changed here. */
export function Editor({ desk }: { readonly desk: Desk }) {
  const t = text.value.planning;
  const draft = desk.draft.value;
  const subject = desk.subject.value;
  const summary = desk.summary;
  const locked = summary !== undefined && summary.phase !== 'scheduled';
  const save = async () => {
    if (await desk.save()) toast(subject.is === 'new' ? t.created : t.saved);
  };
  if (!draft) {
    return (
      <div class="editor">
        {desk.problem.value ? (
          <Problems problem={desk.problem.value} />
        ) : (
          <p class="soft">{t.loading}</p>
        )}
      </div>
    );
  }
  return (
    <section class="editor" aria-label={local(draft.title)}>
      <header class="bar">
        <h2>{local(draft.title)}</h2>
        {summary && <Badge icon="clock">{text.value.phase[summary.phase]}</Badge>}
        {desk.changed && (
          <Badge icon="edit" tone="caution">
            {subject.is === 'new' ? t.isNew : t.unsaved}
          </Badge>
        )}
        <span class="room" />
        {subject.is === 'briefing' && (
          <Button
            action="plan.getWorkbook"
            icon="down"
            look="quiet"
            onPress={() => download(desk, `/api/briefings/${subject.id}/plan/workbook`)}
          >
            {t.workbook}
          </Button>
        )}
        {!locked && (
          <>
            <WorkbookButton
              desk={desk}
              action="plan.workbook"
              onPlan={(plan) => desk.put(plan, 'change')}
            >
              {t.fromWorkbook}
            </WorkbookButton>
            <Button
              action="plan.undo"
              icon="undo"
              refused={desk.changed ? null : t.saved}
              onPress={() => desk.undo()}
            >
              {t.undo}
            </Button>
            <Button
              action="plan.save"
              icon="check"
              look="accent"
              refused={desk.changed ? null : t.saved}
              onPress={save}
            >
              {subject.is === 'new' ? t.create : t.save}
            </Button>
          </>
        )}
      </header>
      <Problems problem={desk.problem.value} />
      <div class="parts">
        {locked && <p class="soft">{t.locked}</p>}
        {/* Everything in it at once: what may not be changed can still be read. */}
        <fieldset class="plan" disabled={locked}>
          <Part name="general">
            <General plan={draft} desk={desk} />
          </Part>
          <Part name="agenda">
            <Agenda plan={draft} desk={desk} />
          </Part>
          <Part name="points">
            <Points plan={draft} desk={desk} />
          </Part>
          <Part name="floor">
            <Floor plan={draft} desk={desk} />
          </Part>
          <Part name="reports">
            <Reports plan={draft} desk={desk} />
          </Part>
          <Part name="directives">
            <Directives plan={draft} desk={desk} />
          </Part>
        </fieldset>
        <Part name="links">
          {subject.is === 'new' ? (
            <p class="soft">{t.links.afterSaving}</p>
          ) : (
            <Links plan={draft} links={desk.links.value} />
          )}
        </Part>
        {subject.is === 'briefing' && (
          <Part name="contacts">
            <Contacts
              key={subject.id}
              desk={desk}
              briefing={subject.id}
              points={desk.saved.value?.points ?? draft.points}
            />
          </Part>
        )}
      </div>
    </section>
  );
}

type PartName = keyof (typeof text.value)['planning']['parts'];

function Part({
  name,
  children,
}: {
  readonly name: PartName;
  readonly children: ComponentChildren;
}) {
  const title = text.value.planning.parts[name];
  return (
    <section class="part" data-part={name} aria-label={title}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}
