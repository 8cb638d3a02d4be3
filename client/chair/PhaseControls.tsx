import { useSignal } from '@preact/signals';
import { type BriefingState, type PhaseStep, phases } from '../../server/domain/briefing.ts';
import { text } from '../i18n/language.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { useCommands } from '../ui/useCommands.ts';

type Confirmed = 'recess' | 'close';
const confirmed = (step: PhaseStep): step is Confirmed => step === 'recess' || step === 'close';

/** The steps that the briefing can take from here; the two that interrupt people ask first. */
export function PhaseControls({ state }: { readonly state: BriefingState }) {
  const { give, refused } = useCommands();
  const asking = useSignal<Confirmed | null>(null);
  const t = text.value.chair;
  const steps = Object.keys(phases[state.phase]) as PhaseStep[];
  const step = (s: PhaseStep) => give({ type: 'phase.step', step: s });
  const close = () => {
    asking.value = null;
  };
  const asked = asking.value;
  return (
    <section class="phases">
      {steps.map((s) => (
        <Button
          key={s}
          action={`phase.${s}`}
          look={confirmed(s) ? 'plain' : 'accent'}
          refused={refused({ type: 'phase.step', step: s })}
          onPress={() => {
            if (!confirmed(s)) return step(s);
            asking.value = s;
            return undefined;
          }}
        >
          {t.steps[s]}
        </Button>
      ))}
      {asked && (
        <Dialog title={t.confirm[asked].title} onClose={close}>
          <p class="soft">{t.confirm[asked].detail}</p>
          <div class="answers">
            <Button action="dialog.cancel" onPress={close}>
              {t.cancel}
            </Button>
            <Button
              action="dialog.confirm"
              look={asked === 'close' ? 'alarm' : 'accent'}
              onPress={async () => {
                close();
                await step(asked);
              }}
            >
              {t.steps[asked]}
            </Button>
          </div>
        </Dialog>
      )}
    </section>
  );
}
