import type { SpeechRule } from '../../server/domain/floor.ts';
import { text } from '../i18n/language.ts';
import { Select } from '../ui/Field.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { floorModes, interrupts, mostMicrophones, speechLengths } from './floorChoices.ts';
import { asBefore, type ItemDraft } from './itemDraft.ts';

interface ItemFloorFormProps {
  readonly draft: ItemDraft;
  readonly onChange: (change: Partial<ItemDraft>) => void;
}

const unlimited = 'unlimited';
/** Customary warnings, in milliseconds before the end. */
const usualWarnings = [60_000, 15_000];

/** What becomes of the floor when the item begins. */
export function ItemFloorForm({ draft: d, onChange }: ItemFloorFormProps) {
  const { chair } = text.value;
  const t = chair.agenda.form;
  const keep = { value: asBefore, label: t.asBefore };
  const speech = d.speech === asBefore ? null : d.speech;
  const setSpeech = (value: string) => {
    if (value === asBefore) return onChange({ speech: asBefore });
    const allottedMs = value === unlimited ? null : Number(value);
    const warningsMs = (speech?.warningsMs ?? usualWarnings).filter(
      (before) => allottedMs === null || before < allottedMs,
    );
    return onChange({ speech: { allottedMs, warningsMs, atEnd: speech?.atEnd ?? 'warn' } });
  };
  return (
    <fieldset class="item-floor">
      <legend class="small soft">{t.floor}</legend>
      <div class="beside">
        <Select
          action="item.mode"
          label={t.mode}
          value={d.mode}
          options={[keep, ...floorModes.map((m) => ({ value: m, label: chair.mode[m] }))]}
          onValue={(mode) => onChange({ mode: mode as ItemDraft['mode'] })}
        />
        <Select
          action="item.users"
          label={t.users}
          value={String(d.users)}
          options={[
            keep,
            ...Array.from({ length: mostMicrophones }, (_, i) => ({
              value: String(i + 1),
              label: String(i + 1),
            })),
          ]}
          onValue={(users) => onChange({ users: users === asBefore ? asBefore : Number(users) })}
        />
        <Select
          action="item.interrupt"
          label={t.interrupt}
          value={d.interrupt}
          options={[
            keep,
            ...interrupts.map((value) => ({ value, label: chair.interrupt.is[value] })),
          ]}
          onValue={(value) => onChange({ interrupt: value as ItemDraft['interrupt'] })}
        />
        <Select
          action="item.speech"
          label={t.speech}
          value={speech ? String(speech.allottedMs ?? unlimited) : asBefore}
          options={[
            keep,
            { value: unlimited, label: chair.speech.unlimited },
            ...speechLengths(speech?.allottedMs ?? null).map((ms) => ({
              value: String(ms),
              label: chair.speech.length(ms / 1000),
            })),
          ]}
          onValue={setSpeech}
        />
      </div>
      {speech && speech.allottedMs !== null && (
        <div class="rule">
          <span class="small soft">{chair.speech.atEnd}</span>
          <Segmented
            action="item.atEnd"
            label={chair.speech.atEnd}
            value={speech.atEnd}
            choices={(['warn', 'close'] as const satisfies SpeechRule['atEnd'][]).map((value) => ({
              value,
              label: chair.speech.ends[value],
            }))}
            onChoose={(atEnd) => onChange({ speech: { ...speech, atEnd } })}
          />
        </div>
      )}
    </fieldset>
  );
}
