import type { BriefingState } from '../../../server/domain/briefing.ts';
import type { BrowserCommand } from '../../../server/protocol/commands.ts';
import { floorModes, interrupts, mostMicrophones } from '../../agenda/floorChoices.ts';
import { text } from '../../i18n/language.ts';
import { Button } from '../../ui/Button.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { useCommands } from '../../ui/useCommands.ts';
import { ReplyLength } from './ReplyLength.tsx';
import { SpeechRuleForm } from './SpeechRuleForm.tsx';

type SetRules = Extract<BrowserCommand, { type: 'floor.setRules' }>;

/** By which rules the floor is given: who decides, how many may speak at once, and for how long. */
export function FloorRulesForm({ state }: { readonly state: BriefingState }) {
  const { give, refused } = useCommands();
  const t = text.value.chair;
  const { mode, maxFloorUsers, interrupt, replyMs } = state.floor.rules;
  const open = mode === 'firstComeFirstServed';
  const set = (rules: Omit<SetRules, 'type'>) => give({ type: 'floor.setRules', ...rules });
  const refusedBy = (by: number) =>
    refused({ type: 'floor.setRules', maxFloorUsers: maxFloorUsers + by });
  return (
    <div class="rules">
      <div class="rule">
        <span class="small soft">{t.modeTitle}</span>
        <Segmented
          action="floor.mode"
          label={t.modeTitle}
          value={mode}
          choices={floorModes.map((m) => ({
            value: m,
            label: t.mode[m],
            refused: m === mode ? null : refused({ type: 'floor.setRules', mode: m }),
          }))}
          onChoose={(m) => set({ mode: m })}
        />
      </div>
      <div class="rule">
        <span class="small soft">{t.maxFloorUsers}</span>
        <span class="stepper">
          <Button
            action="floor.fewer"
            icon="minus"
            size="small"
            label={t.fewer}
            refused={maxFloorUsers <= 1 ? t.fewest : refusedBy(-1)}
            onPress={() => set({ maxFloorUsers: maxFloorUsers - 1 })}
          />
          <b data-max-floor-users="">{maxFloorUsers}</b>
          <Button
            action="floor.more"
            icon="plus"
            size="small"
            label={t.more}
            refused={maxFloorUsers >= mostMicrophones ? t.most(mostMicrophones) : refusedBy(1)}
            onPress={() => set({ maxFloorUsers: maxFloorUsers + 1 })}
          />
        </span>
      </div>
      <div class="rule">
        <span class="small soft">{t.interrupt.title}</span>
        <Segmented
          action="floor.interrupt"
          label={t.interrupt.title}
          value={interrupt}
          choices={interrupts.map((value) => ({
            value,
            label: t.interrupt.is[value],
            refused: !open
              ? t.interrupt.onlyOpen
              : value === interrupt
                ? null
                : refused({ type: 'floor.setRules', interrupt: value }),
          }))}
          onChoose={(value) => set({ interrupt: value })}
        />
        {open && maxFloorUsers > 1 && (
          <span class="small soft">{t.interrupt.open(maxFloorUsers)}</span>
        )}
      </div>
      <ReplyLength replyMs={replyMs} onReplyMs={(length) => set({ replyMs: length })} />
      <SpeechRuleForm speech={state.floor.rules.speech} onSpeech={(speech) => set({ speech })} />
    </div>
  );
}
