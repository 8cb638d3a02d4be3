import type { SpeechRule } from '../../../server/domain/floor.ts';
import { speechLengths } from '../../agenda/floorChoices.ts';
import { text } from '../../i18n/language.ts';
import { Button } from '../../ui/Button.tsx';
import { Select } from '../../ui/Field.tsx';
import { Segmented } from '../../ui/Segmented.tsx';

interface SpeechRuleFormProps {
  readonly speech: SpeechRule;
  readonly onSpeech: (speech: SpeechRule) => unknown;
}

const minute = 60_000;
/** Customary warnings, in milliseconds before the end. */
const warnings = [5 * minute, 3 * minute, 2 * minute, minute, minute / 2];
const mostWarnings = 4;
const ends = ['warn', 'close'] as const satisfies SpeechRule['atEnd'][];
const unlimited = 'unlimited';

/** How long a speech may take, when its speaker is warned, and what its end does. */
export function SpeechRuleForm({ speech, onSpeech }: SpeechRuleFormProps) {
  const t = text.value.chair.speech;
  const { allottedMs, warningsMs, atEnd } = speech;
  // A warning that the configuration or another console chose is offered as well.
  const warned = [...new Set([...warnings, ...warningsMs])].sort((a, b) => b - a);
  const allot = (value: string) => {
    const next = value === unlimited ? null : Number(value);
    const still = warningsMs.filter((w) => next === null || w < next);
    return onSpeech({ ...speech, allottedMs: next, warningsMs: still });
  };
  const toggle = (before: number) => {
    const next = warningsMs.includes(before)
      ? warningsMs.filter((w) => w !== before)
      : [...warningsMs, before].sort((a, b) => b - a);
    return onSpeech({ ...speech, warningsMs: next });
  };
  return (
    <>
      <div class="rule">
        <Select
          action="speech.allotted"
          label={t.allotted}
          value={allottedMs === null ? unlimited : String(allottedMs)}
          options={[
            { value: unlimited, label: t.unlimited },
            ...speechLengths(allottedMs).map((ms) => ({
              value: String(ms),
              label: t.length(ms / 1000),
            })),
          ]}
          onValue={allot}
        />
      </div>
      <fieldset class="rule" disabled={allottedMs === null}>
        <legend class="small soft">{t.warnings}</legend>
        <span class="choices">
          {warned.map((before) => {
            const chosen = warningsMs.includes(before);
            const full = !chosen && warningsMs.length >= mostWarnings;
            const late = allottedMs !== null && before >= allottedMs;
            return (
              <Button
                key={before}
                action={`speech.warning.${before / 1000}`}
                size="small"
                pressed={chosen}
                refused={
                  allottedMs === null ? t.unlimited : late ? t.tooEarly : full ? t.enough : null
                }
                onPress={() => toggle(before)}
              >
                {t.length(before / 1000)}
              </Button>
            );
          })}
        </span>
      </fieldset>
      <div class="rule">
        <span class="small soft">{t.atEnd}</span>
        <Segmented
          action="speech.atEnd"
          label={t.atEnd}
          value={atEnd}
          choices={ends.map((value) => ({
            value,
            label: t.ends[value],
            refused: allottedMs === null ? t.unlimited : null,
          }))}
          onChoose={(value) => onSpeech({ ...speech, atEnd: value })}
        />
      </div>
      <p class="small soft">{t.fromNext}</p>
    </>
  );
}
