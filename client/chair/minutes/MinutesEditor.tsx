import type { BriefingState } from '../../../server/domain/briefing.ts';
import { minuteTime } from '../../i18n/format.ts';
import { local, text } from '../../i18n/language.ts';
import { Button } from '../../ui/Button.tsx';
import { Select, TextArea } from '../../ui/Field.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useSurface } from '../../ui/useSurface.ts';
import { place } from '../place.ts';
import { writeJson } from '../records/api.ts';
import type { MinutesView } from '../records/minutesView.ts';
import { draftsOf, dropDrafts, setDraft } from './drafts.ts';
import {
  inWorkingOrder,
  isSpeech,
  longestSection,
  sectionName,
  textOf,
  unsaved,
} from './sections.ts';
import { Versions } from './Versions.tsx';

interface MinutesEditorProps {
  readonly state: BriefingState;
  readonly view: MinutesView;
  readonly onSaved: () => Promise<void>;
}

/** One section at a time, each its own draft; all drafts are saved together as one version. */
export function MinutesEditor({ state, view, onSaved }: MinutesEditorProps) {
  const { link, pass } = useSurface();
  const t = text.value.chair.record;
  const mayWrite = link.welcome.value?.role === 'secretary';
  const sections = inWorkingOrder(view.sections);
  const section = sections.find(({ id }) => id === place.section.value) ?? sections[0];
  if (!section) return null;
  const drafts = draftsOf(state.id);
  const changes = unsaved(drafts, sections);
  const count = Object.keys(changes).length;
  const draft = drafts[section.id];
  const shown = draft === undefined ? textOf(section) : (draft ?? section.built);
  const tooLong = Object.values(changes).some((each) => (each?.length ?? 0) > longestSection);
  const name = (id: string) =>
    sectionName(id, { state, view, t: text.value, local, time: minuteTime });
  const save = async () => {
    const base = view.version;
    const path = `${state.id}/minutes`;
    const answer = await writeJson<{ version: number }>({ pass, path }, { base, changes });
    if (answer.ok) {
      dropDrafts(state.id, Object.keys(changes));
      toast(t.saved(answer.value.version));
    } else toast(answer.refusal === 'staleVersion' ? t.stale : t.failed, 'alarm');
    // What stands there now, whoever wrote it; drafts stay over it.
    await onSaved();
  };
  return (
    <div class="minutes-editor">
      <div class="panel-bar">
        <Select
          action="minutes.section"
          label={t.section}
          hidesLabel
          value={section.id}
          options={sections.map((each) => ({
            value: each.id,
            label:
              each.written === null && changes[each.id] === undefined
                ? name(each.id)
                : t.edited(name(each.id)),
          }))}
          onValue={(id) => {
            place.section.value = id;
          }}
        />
        {mayWrite ? (
          <>
            <Button
              action="minutes.save"
              icon="check"
              look="accent"
              size="small"
              refused={count === 0 ? t.nothingToSave : tooLong ? t.tooLong : null}
              onPress={save}
            >
              {t.save(count)}
            </Button>
            <Button
              action="minutes.asBuilt"
              icon="undo"
              look="quiet"
              size="small"
              label={t.asBuilt}
              refused={shown === section.built ? t.asBuiltAlready : null}
              onPress={() => setDraft(state.id, section.id, null)}
            />
            <Button
              action="minutes.discard"
              icon="trash"
              look="quiet"
              size="small"
              label={t.discard}
              refused={count === 0 ? t.nothingToSave : null}
              onPress={() => dropDrafts(state.id, Object.keys(changes))}
            />
            {count > 0 && (
              <span class="small soft" role="status">
                {t.unsaved(count)}
              </span>
            )}
          </>
        ) : (
          <span class="small soft">{t.onlySecretary}</span>
        )}
      </div>
      {mayWrite ? (
        <TextArea
          action="minutes.text"
          label={name(section.id)}
          hint={isSpeech(section.id) ? t.speechHint : t.formatHint}
          wrong={shown.length > longestSection ? t.tooLong : null}
          rows={10}
          value={shown}
          onValue={(words) => setDraft(state.id, section.id, words)}
        />
      ) : (
        <p class="said" data-action="minutes.read">
          {shown}
        </p>
      )}
      <Versions
        briefing={state.id}
        version={view.version}
        section={section.id}
        mayWrite={mayWrite}
        onUse={(words) => setDraft(state.id, section.id, words)}
      />
    </div>
  );
}
