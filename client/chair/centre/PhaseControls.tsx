import { type BriefingState, type PhaseStep, phases } from '../../../server/domain/briefing.ts';
import { text } from '../../i18n/language.ts';
import { Button } from '../../ui/Button.tsx';
import { Confirm } from '../../ui/Confirm.tsx';
import { inOrder } from '../../ui/roster.ts';
import { useCommands } from '../../ui/useCommands.ts';
import { open } from '../place.ts';

type Confirmed = 'recess' | 'close';
const confirmed = (step: PhaseStep): step is Confirmed => step === 'recess' || step === 'close';

/** The steps that the briefing can take from here; the two that interrupt people ask first. */
export function PhaseControls({ state }: { readonly state: BriefingState }) {
  const { give, refused } = useCommands();
  const t = text.value.chair;
  const steps = Object.keys(phases[state.phase]) as PhaseStep[];
  const step = (s: PhaseStep) => give({ type: 'phase.step', step: s });
  // Another console may have taken the step while this one was being asked.
  const asked =
    open.step.value !== null && steps.includes(open.step.value) ? open.step.value : null;
  return (
    <div class="phases">
      {steps.map((s) => (
        <Button
          key={s}
          action={`phase.${s}`}
          icon={s === 'recess' ? 'recess' : s === 'close' ? 'stop' : 'play'}
          look={confirmed(s) ? 'plain' : 'accent'}
          refused={refused({ type: 'phase.step', step: s })}
          onPress={() => {
            if (!confirmed(s)) return step(s);
            open.step.value = s;
            return undefined;
          }}
        >
          {t.steps[s]}
        </Button>
      ))}
      {asked && (
        <Confirm
          title={t.confirm[asked].title}
          detail={consequences(state, asked)}
          confirm={t.steps[asked]}
          look={asked === 'close' ? 'alarm' : 'accent'}
          onConfirm={() => step(asked)}
          onClose={() => {
            open.step.value = null;
          }}
        />
      )}
    </div>
  );
}

/** What the step does to how many, in sentences. */
function consequences({ floor, seats }: BriefingState, step: Confirmed): string[] {
  const t = text.value.chair.confirm;
  const here = inOrder(seats).filter((s) => s.status === 'connected').length;
  const speaking = floor.holders.length;
  const waiting = floor.requests.length - speaking;
  return [
    t[step].points(here),
    ...(speaking > 0 ? [t.speaking(speaking)] : []),
    ...(waiting > 0 ? [t[step].waiting(waiting)] : []),
    ...(step === 'close' ? [t.close.final] : []),
  ];
}
