import { useSignal } from '@preact/signals';
import type { BriefingState } from '../../../server/domain/briefing.ts';
import { text } from '../../i18n/language.ts';
import { Button } from '../../ui/Button.tsx';
import { TextArea, TextField } from '../../ui/Field.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useCommands } from '../../ui/useCommands.ts';
import { place } from '../place.ts';
import { useGive } from '../useGive.ts';
import { fewestOptions, mostOptions, voteFault } from './voteDraft.ts';

/** A question to all points, and what they may answer. */
export function VoteForm({ state }: { readonly state: BriefingState }) {
  const { refused } = useCommands();
  const give = useGive();
  const t = text.value.chair.vote;
  const question = place.question;
  const options = useSignal<readonly string[]>(t.usual.split('\n'));
  const secret = useSignal(false);
  const fault = voteFault(question.value, options.value);
  const command = {
    type: 'vote.open',
    question: question.value.trim(),
    options: options.value.map((option) => option.trim()),
    secret: secret.value,
  } as const;
  const start = async () => {
    const why = await give({ ...command, options: [...command.options] });
    if (why !== null) return toast(why, 'alarm');
    question.value = '';
  };
  // While it cannot be asked at all, that is the reason; only then what is missing in the form.
  const phase = state.phase === 'inSession' ? null : refused({ ...command, options: ['1', '2'] });
  return (
    <div class="vote-form">
      <TextArea
        action="vote.question"
        label={t.question}
        rows={2}
        maxLength={500}
        value={question.value}
        onValue={(value) => {
          question.value = value;
        }}
      />
      <fieldset class="options">
        <legend class="small soft">{t.options}</legend>
        {options.value.map((option, index) => (
          // An option is known by its place alone: its words are being typed.
          <span class="option" key={index}>
            <TextField
              action="vote.option"
              label={t.option(index + 1)}
              hidesLabel
              maxLength={120}
              value={option}
              onValue={(value) => {
                options.value = options.value.with(index, value);
              }}
            />
            <Button
              action="vote.removeOption"
              icon="cross"
              look="quiet"
              size="small"
              label={t.removeOption(index + 1)}
              refused={options.value.length <= fewestOptions ? t.fewestOptions : null}
              onPress={() => {
                options.value = options.value.toSpliced(index, 1);
              }}
            />
          </span>
        ))}
        <Button
          action="vote.addOption"
          icon="plus"
          size="small"
          refused={options.value.length >= mostOptions ? t.mostOptions : null}
          onPress={() => {
            options.value = [...options.value, ''];
          }}
        >
          {t.addOption}
        </Button>
      </fieldset>
      <div class="panel-bar">
        <Segmented
          action="vote.kind"
          label={t.kind}
          value={secret.value ? 'secret' : 'open'}
          choices={(['open', 'secret'] as const).map((value) => ({ value, label: t[value] }))}
          onChoose={(value) => {
            secret.value = value === 'secret';
          }}
        />
        <Button
          action="vote.open"
          icon="send"
          look="accent"
          size="small"
          refused={
            phase ?? (fault && t[fault]) ?? refused({ ...command, options: [...command.options] })
          }
          onPress={start}
        >
          {t.start}
        </Button>
      </div>
    </div>
  );
}
