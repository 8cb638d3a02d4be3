import type { BriefingState } from '../../server/domain/briefing.ts';
import type { FloorMode } from '../../server/domain/floor.ts';
import type { BrowserCommand } from '../../server/protocol/commands.ts';
import { text } from '../i18n/language.ts';
import { Button } from '../ui/Button.tsx';
import { useCommands } from '../ui/useCommands.ts';

const modes = ['moderated', 'firstComeFirstServed'] as const satisfies FloorMode[];
/** As the wire allows; see floor.setRules in server/protocol/commands.ts. */
const most = 16;

/** By which rules the floor is given: who decides, and how many may speak at once. */
export function FloorRulesForm({ state }: { readonly state: BriefingState }) {
  const { give } = useCommands();
  const t = text.value.chair;
  const { mode, maxFloorUsers } = state.floor.rules;
  const closed = state.phase === 'closed';
  const set = (rules: Omit<Extract<BrowserCommand, { type: 'floor.setRules' }>, 'type'>) =>
    give({ type: 'floor.setRules', ...rules });
  return (
    <section class="rules" aria-label={t.rules}>
      <fieldset class="filters" aria-label={t.rules}>
        {modes.map((m) => (
          <button
            type="button"
            class="filter"
            key={m}
            data-action={`floor.mode.${m}`}
            aria-pressed={mode === m}
            disabled={closed}
            onClick={() => mode !== m && void set({ mode: m })}
          >
            {t.mode[m]}
          </button>
        ))}
      </fieldset>
      <div class="most">
        <span class="small">{t.maxFloorUsers}</span>
        <Button
          action="floor.fewer"
          look="quiet"
          icon="down"
          label={t.fewer}
          refused={maxFloorUsers <= 1 || closed ? t.fewer : null}
          onPress={() => set({ maxFloorUsers: maxFloorUsers - 1 })}
        />
        <b data-max-floor-users="">{maxFloorUsers}</b>
        <Button
          action="floor.more"
          look="quiet"
          icon="up"
          label={t.more}
          refused={maxFloorUsers >= most || closed ? t.more : null}
          onPress={() => set({ maxFloorUsers: maxFloorUsers + 1 })}
        />
      </div>
    </section>
  );
}
