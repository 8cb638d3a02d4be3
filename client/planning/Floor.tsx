import { text } from '../i18n/language.ts';
import { Select, TextField } from '../ui/Field.tsx';
import type { PartProps } from './General.tsx';

const minute = 60_000;

/** Empty, or no number: not limited. */
const minutesIn = (value: string): number | null => {
  const minutes = Number(value);
  return value === '' || Number.isNaN(minutes) ? null : Math.round(minutes * minute);
};
const minutesOf = (ms: number | null): string => (ms === null ? '' : String(ms / minute));
const whole = (value: string): number => Math.max(0, Math.round(Number(value) || 0));

/** How the floor is given where an agenda item says nothing else. */
export function Floor({ plan, desk }: PartProps) {
  const t = text.value.planning.agenda;
  const { floor } = plan;
  const edit = (change: Partial<typeof floor>) => desk.edit({ floor: { ...floor, ...change } });
  const { speech } = floor;
  return (
    <div class="grid">
      <Select
        action="floor.mode"
        label={t.mode}
        value={floor.mode}
        options={(['moderated', 'firstComeFirstServed'] as const).map((value) => ({
          value,
          label: t.modes[value],
        }))}
        onValue={(mode) => edit({ mode: mode as typeof floor.mode })}
      />
      <TextField
        action="floor.users"
        label={t.atOnce}
        type="number"
        min={1}
        max={16}
        value={String(floor.maxFloorUsers)}
        onValue={(value) => edit({ maxFloorUsers: whole(value) })}
      />
      <Select
        action="floor.interrupt"
        label={t.interrupt}
        value={floor.interrupt}
        options={(['none', 'lower', 'sameOrLower'] as const).map((value) => ({
          value,
          label: t.interrupts[value],
        }))}
        onValue={(interrupt) => edit({ interrupt: interrupt as typeof floor.interrupt })}
      />
      <TextField
        action="floor.speech"
        label={t.speech}
        hint={t.speechHint}
        type="number"
        min={1}
        max={240}
        value={minutesOf(speech.allottedMs)}
        onValue={(value) => edit({ speech: { ...speech, allottedMs: minutesIn(value) } })}
      />
      <TextField
        action="floor.warnings"
        label={t.warnings}
        hint={t.warningsHint}
        value={speech.warningsMs.map((ms) => ms / 1000).join(', ')}
        onValue={(value) => {
          const seconds = value.split(/[\s,;]+/).map(whole);
          const warningsMs = seconds.filter((s) => s > 0).map((s) => s * 1000);
          edit({ speech: { ...speech, warningsMs } });
        }}
      />
      <Select
        action="floor.atEnd"
        label={t.atEnd}
        value={speech.atEnd}
        options={(['warn', 'close'] as const).map((value) => ({ value, label: t.atEnds[value] }))}
        onValue={(atEnd) => edit({ speech: { ...speech, atEnd: atEnd as typeof speech.atEnd } })}
      />
      <TextField
        action="floor.reply"
        label={t.reply}
        hint={t.speechHint}
        type="number"
        min={1}
        max={60}
        value={minutesOf(floor.replyMs)}
        onValue={(value) => edit({ replyMs: minutesIn(value) })}
      />
      <TextField
        action="floor.grace"
        label={t.grace}
        type="number"
        min={0}
        max={600}
        value={String(floor.graceMs / 1000)}
        onValue={(value) => edit({ graceMs: whole(value) * 1000 })}
      />
    </div>
  );
}
