import type { SeatId } from '../../server/domain/ids.ts';
import type { PlannedPoint } from '../../server/domain/roster.ts';
import { local, text } from '../i18n/language.ts';
import { Button } from '../ui/Button.tsx';
import { Select } from '../ui/Field.tsx';

interface PointPickerProps {
  /** All that there are, the chair point too, which is never one of the chosen. */
  readonly points: readonly PlannedPoint[];
  /** Stable name for tests; its parts are `action.add` and so on. */
  readonly action: string;
  readonly label: string;
  readonly chosen: readonly SeatId[];
  /** Whether their order matters, so that it can be changed. */
  readonly ordered?: boolean;
  readonly onChosen: (chosen: readonly SeatId[]) => void;
}

/** Several points, one after another. */
export function PointPicker(props: PointPickerProps) {
  const { points, action, label, chosen, ordered = false, onChosen } = props;
  const t = text.value.chair.agenda.picker;
  const left = points
    .filter(({ id, order }) => order > 0 && !chosen.includes(id))
    .sort((a, b) => a.order - b.order);
  const move = (from: number, to: number) => {
    const [moved] = chosen.slice(from, from + 1);
    if (moved !== undefined) onChosen(chosen.toSpliced(from, 1).toSpliced(to, 0, moved));
  };
  return (
    <div class="picker" data-picker={action}>
      <Select
        action={`${action}.add`}
        label={label}
        value=""
        options={[
          { value: '', label: t.add },
          ...left.map((s) => ({ value: s.id, label: `${s.order}. ${local(s.name)}` })),
        ]}
        onValue={(seat) => seat !== '' && onChosen([...chosen, seat])}
      />
      <ol>
        {chosen.map((id, index) => {
          const seat = points.find((each) => each.id === id);
          const name = seat ? local(seat.name) : id;
          return (
            <li key={id} data-seat={id}>
              <span>{ordered ? `${index + 1}. ${name}` : name}</span>
              {ordered && (
                <>
                  <Button
                    action={`${action}.up`}
                    icon="up"
                    look="quiet"
                    size="small"
                    label={t.up(name)}
                    refused={index === 0 ? text.value.chair.agenda.firstAlready : null}
                    onPress={() => move(index, index - 1)}
                  />
                  <Button
                    action={`${action}.down`}
                    icon="down"
                    look="quiet"
                    size="small"
                    label={t.down(name)}
                    refused={
                      index === chosen.length - 1 ? text.value.chair.agenda.lastAlready : null
                    }
                    onPress={() => move(index, index + 1)}
                  />
                </>
              )}
              <Button
                action={`${action}.remove`}
                icon="cross"
                look="quiet"
                size="small"
                label={t.remove(name)}
                onPress={() => onChosen(chosen.filter((each) => each !== id))}
              />
            </li>
          );
        })}
        {chosen.length === 0 && <li class="soft small">{t.none}</li>}
      </ol>
    </div>
  );
}
