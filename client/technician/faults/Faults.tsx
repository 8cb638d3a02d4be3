import { useSignal } from '@preact/signals';
import type { BriefingState } from '../../../server/domain/briefing.ts';
import type { SeatId } from '../../../server/domain/ids.ts';
import type { FaultEntry } from '../../../server/protocol/wire.ts';
import { clockTime } from '../../i18n/format.ts';
import { local, text } from '../../i18n/language.ts';
import { Standing } from '../../ui/Badge.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { useSurface } from '../../ui/useSurface.ts';
import { lookAt } from '../place.ts';
import { faultWords, isEnd, lookOf } from './faultWords.ts';

/** The log of faults, newest first. */
export function Faults({ state }: { readonly state: BriefingState }) {
  const { link } = useSurface();
  const chosen = useSignal<'all' | 'onlyFaults'>('all');
  const t = text.value.technician.faults;
  const all = link.faults.value;
  const shown = chosen.value === 'all' ? all : all.filter(({ what }) => !isEnd(what));
  return (
    <div class="faults">
      <Segmented
        action="faults.filter"
        label={t.filters}
        choices={[
          { value: 'all', label: t.all, count: all.length },
          {
            value: 'onlyFaults',
            label: t.onlyFaults,
            count: all.filter(({ what }) => !isEnd(what)).length,
          },
        ]}
        value={chosen.value}
        onChoose={(value) => {
          chosen.value = value;
        }}
      />
      <FaultList state={state} entries={shown} label={t.title} />
    </div>
  );
}

interface FaultListProps {
  readonly state: BriefingState;
  readonly entries: readonly FaultEntry[];
  readonly label: string;
  /** Of one site alone, whose name need not be said. */
  readonly of?: SeatId | undefined;
}

export function FaultList({ state, entries, label, of }: FaultListProps) {
  const t = text.value.technician.faults;
  if (entries.length === 0) return <p class="empty soft">{t.none}</p>;
  return (
    <ol class="fault-list" aria-label={label}>
      {entries.map(({ id, at, what }) => {
        const { icon, tone } = lookOf[what.is];
        const seat = 'seat' in what ? state.seats[what.seat] : undefined;
        return (
          <li
            key={id}
            data-fault={what.is}
            data-seat={seat?.id}
            data-end={isEnd(what) || undefined}
          >
            <time>{clockTime(at)}</time>
            <Standing icon={icon} tone={tone}>
              {faultWords(what)}
            </Standing>
            {of === undefined &&
              (seat ? (
                <button
                  type="button"
                  class="who whose"
                  data-action="site.look"
                  onClick={() => lookAt(seat.id)}
                >
                  {local(seat.shortName)}
                </button>
              ) : (
                <span class="soft whose">{'node' in what ? what.node : t.system}</span>
              ))}
          </li>
        );
      })}
    </ol>
  );
}
