import type { BriefingState } from '../../../server/domain/briefing.ts';
import { minuteTime } from '../../i18n/format.ts';
import { text } from '../../i18n/language.ts';
import { Button } from '../../ui/Button.tsx';
import { Downloads } from '../records/Downloads.tsx';
import type { MinutesView } from '../records/minutesView.ts';
import { NoticeLine } from './NoticeLine.tsx';

interface MinutesHeadProps {
  readonly state: BriefingState;
  readonly view: MinutesView;
  readonly onRebuild: () => Promise<void>;
}

/** Which version stands, until when the conclusion notice is due, and the files to take away. */
export function MinutesHead({ state, view, onRebuild }: MinutesHeadProps) {
  const t = text.value.chair.record;
  const { version, writtenBy, notice } = view;
  return (
    <>
      <div class="panel-bar">
        <b data-minutes-version={version}>{t.version(version)}</b>
        {writtenBy && (
          <span class="small soft">
            {t.writtenAt(text.value.chair.by[writtenBy.by.role], minuteTime(writtenBy.at))}
          </span>
        )}
        <Button
          action="minutes.rebuild"
          icon="reload"
          look="quiet"
          size="small"
          label={t.rebuildDetail}
          onPress={onRebuild}
        >
          {t.rebuild}
        </Button>
        <Downloads
          briefing={state.id}
          files={[
            ['docx', 'docxState', 'docxParty'],
            ['xlsx', 'json', 'speeches', 'agenda'],
            ['archive'],
          ]}
        />
      </div>
      {state.phase !== 'closed' && <p class="small soft">{t.provisional}</p>}
      {notice && <NoticeLine state={state} notice={notice} />}
    </>
  );
}
