import { useSignal } from '@preact/signals';
import type { BriefingState } from '../../../server/domain/briefing.ts';
import type { SeatId } from '../../../server/domain/ids.ts';
import { text } from '../../i18n/language.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { TextArea, TextField } from '../../ui/Field.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { sayOutcome } from '../../ui/toasts.tsx';
import { useCommands } from '../../ui/useCommands.ts';
import { useSurface } from '../../ui/useSurface.ts';
import { type DeclarationDraft, declarationOf, draftOf, longest } from './declaration.ts';

interface DeclarationFormProps {
  readonly state: BriefingState;
  readonly seat: SeatId;
  readonly onClose: () => void;
}

/** Who stands for this point today, or why nobody does; it can be corrected until the closing. */
export function DeclarationForm({ state, seat, onClose }: DeclarationFormProps) {
  const { link } = useSurface();
  const { refused } = useCommands();
  const declared = Object.hasOwn(state.rollCall, seat) ? state.rollCall[seat] : undefined;
  const draft = useSignal(draftOf(declared));
  const t = text.value.kiosk.rollCall;
  const { attendance } = draft.value;
  const outcome = declarationOf(draft.value);
  const set = (change: Partial<DeclarationDraft>) => {
    draft.value = { ...draft.value, ...change };
  };
  const field = (name: 'head' | 'title' | 'substitute') => (
    <TextField
      action={`rollCall.${name}`}
      label={name === 'title' ? t.role : t[name]}
      maxLength={longest.name}
      value={draft.value[name]}
      onValue={(value) => set({ [name]: value })}
    />
  );
  const why = outcome.ok
    ? refused({ type: 'rollCall.declare', seat, declaration: outcome.declaration })
    : t.wrong[outcome.fault];
  const declare = async () => {
    if (!outcome.ok) return;
    const { declaration } = outcome;
    const done = await link.command({ type: 'rollCall.declare', seat, declaration });
    sayOutcome(done);
    if (done.ok) onClose();
  };
  return (
    <Dialog title={t.formTitle} onClose={onClose}>
      <form
        class="declaration"
        onSubmit={(event) => {
          event.preventDefault();
          if (why === null) void declare();
        }}
      >
        <Segmented
          action="rollCall.attendance"
          label={t.title}
          size="large"
          choices={[
            { value: 'present', label: t.present, icon: 'check' },
            { value: 'absent', label: t.absent, icon: 'excused' },
          ]}
          value={attendance}
          onChoose={(value) => set({ attendance: value })}
        />
        {attendance === 'present' ? (
          <div class="fields">
            {field('head')}
            {field('title')}
            <TextField
              action="rollCall.headCount"
              label={t.headCount}
              type="number"
              min={0}
              max={10_000}
              wrong={!outcome.ok && outcome.fault === 'headCount' ? t.wrong.headCount : null}
              value={draft.value.headCount}
              onValue={(headCount) => set({ headCount })}
            />
            {field('substitute')}
          </div>
        ) : (
          <TextArea
            action="rollCall.reason"
            label={t.reason}
            hint={t.reasonHint}
            maxLength={longest.reason}
            value={draft.value.reason}
            onValue={(reason) => set({ reason })}
          />
        )}
        <p class="soft">{t.until}</p>
        {/* Enter in a field does what the button does. */}
        <button type="submit" class="hidden" tabIndex={-1} aria-hidden="true" />
      </form>
      <div class="answers">
        <Button action="rollCall.cancel" onPress={onClose}>
          {t.cancel}
        </Button>
        <Button
          action="rollCall.declare"
          icon="check"
          look="accent"
          refused={why}
          onPress={declare}
        >
          {t.confirm}
        </Button>
      </div>
    </Dialog>
  );
}
