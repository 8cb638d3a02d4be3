import type { BriefingState } from '../../../server/domain/briefing.ts';
import { text } from '../../i18n/language.ts';
import { Button } from '../../ui/Button.tsx';
import { useMinutes } from '../records/useMinutes.ts';
import { MinutesEditor } from './MinutesEditor.tsx';
import { MinutesHead } from './MinutesHead.tsx';

/** The minutes: as built from the journal, and as the secretary writes them. */
export function Minutes({ state }: { readonly state: BriefingState }) {
  const { view, failed, reload } = useMinutes(state.id, state.phase);
  const t = text.value.chair.record;
  const minutes = view.value;
  if (!minutes) {
    return (
      <p class="empty soft" role="status">
        {failed.value ? t.failed : t.loading}
        {failed.value && (
          <Button action="minutes.again" icon="reload" size="small" onPress={reload}>
            {t.again}
          </Button>
        )}
      </p>
    );
  }
  return (
    <div class="minutes">
      <MinutesHead state={state} view={minutes} onRebuild={reload} />
      <MinutesEditor state={state} view={minutes} onSaved={reload} />
    </div>
  );
}
