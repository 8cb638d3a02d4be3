import type { BriefingState } from '../../../server/domain/briefing.ts';
import { type Seat, seatById } from '../../../server/domain/roster.ts';
import { isApart } from '../../../server/domain/routing.ts';
import { whole } from '../../i18n/format.ts';
import { text } from '../../i18n/language.ts';
import { Menu, type MenuItem } from '../../ui/Menu.tsx';
import { useCommands } from '../../ui/useCommands.ts';

interface CheckMenuProps {
  readonly state: BriefingState;
  /** Those that the search and the filter leave. */
  readonly shown: readonly Seat[];
}

/** How far the line check has come, and its order: for all, for those listed, for those not good. */
export function CheckMenu({ state, shown }: CheckMenuProps) {
  const { give, refused } = useCommands();
  const t = text.value.whisper.check;
  const points = Object.values(state.seats).filter((s) => s.id !== state.chairPoint);
  const { lineChecks: checks, lineCheckRun: order } = state;
  // Whoever is on the programme is not disturbed, and who is not here cannot be asked.
  const able = (seats: readonly Seat[]) =>
    seats.filter(
      (s) => s.id !== state.chairPoint && s.status === 'connected' && isApart(state, s.id),
    );
  const item = (
    action: string,
    label: (count: string) => string,
    seats: readonly Seat[],
  ): MenuItem => {
    const command = { type: 'lineCheck.start', seats: seats.map((s) => s.id) } as const;
    return {
      action,
      label: label(whole(seats.length)),
      refused: seats.length === 0 ? t.nobody : refused(command),
      onPress: () => give(command),
    };
  };
  const ordered = (order?.seats ?? []).flatMap((id) => {
    const seat = seatById(state.seats, id);
    return seat && (checks[id] || able([seat]).length > 0) ? [id] : [];
  });
  const answered = ordered.filter((id) => (checks[id]?.at ?? 0) >= (order?.startedAt ?? 0));
  const checked = points.filter((s) => checks[s.id] !== undefined);
  const underWay = answered.length < ordered.length;
  const words = underWay
    ? t.underWay(whole(answered.length), whole(ordered.length))
    : t.progress(whole(checked.length), whole(points.length));
  return (
    <Menu
      action="check.menu"
      icon="activity"
      look="plain"
      align="end"
      label={`${words}: ${t.label}`}
      parts={[
        [
          item('check.all', t.all, able(points)),
          item('check.listed', t.listed, able(shown)),
          item(
            'check.missing',
            t.missing,
            able(points.filter((s) => checks[s.id]?.verdict !== 'good')),
          ),
        ],
      ]}
    >
      <span class="words" role="status" data-check-progress={underWay ? 'going' : 'done'}>
        {words}
      </span>
    </Menu>
  );
}
