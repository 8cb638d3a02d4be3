import type { AgendaItem } from '../../../server/domain/agenda.ts';
import type { BriefingState } from '../../../server/domain/briefing.ts';
import type { BrowserCommand } from '../../../server/protocol/commands.ts';
import { ruleWords } from '../../agenda/ruleWords.ts';
import { duration, minuteTime, writtenTime } from '../../i18n/format.ts';
import { local, text } from '../../i18n/language.ts';
import { Standing } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { useCommands } from '../../ui/useCommands.ts';
import type { PlannedTime } from '../centre/agendaTimes.ts';
import { wire } from './wire.ts';

interface AgendaRowProps {
  readonly state: BriefingState;
  readonly item: AgendaItem;
  readonly index: number;
  readonly planned: PlannedTime | undefined;
  /** How long it has taken so far, in milliseconds; null: never begun. */
  readonly used: number | null;
  readonly editing: boolean;
  readonly onEnter: () => void;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}

const minute = 60_000;

/** One item: when, what, by whom, by which rules, how long; and how to go to it or change it. */
export function AgendaRow(props: AgendaRowProps) {
  const { state, item, index, planned, used, editing } = props;
  const { refused } = useCommands();
  const t = text.value.chair;
  const { owner: ownerId } = item;
  const owner = ownerId === null ? undefined : state.seats[ownerId];
  const here = state.agendaAt?.item === item.id;
  const rules = ruleWords(item.rules, text.value);
  const title = local(item.title);
  const over = used === null ? 0 : used - item.minutes * minute;
  return (
    <li data-item={item.id} data-now={here || undefined} aria-current={here ? 'step' : undefined}>
      <span class="order">{index + 1}</span>
      <time class="planned">
        {planned && `${writtenTime(planned.from)} – ${writtenTime(planned.to)}`}
      </time>
      <span class="what">
        {title}
        <span class="soft small">
          {[...(owner ? [local(owner.shortName)] : []), ...rules].join(' · ')}
        </span>
        {here && (
          <Standing tone="accent" icon="play">
            {t.agenda.now} {state.agendaAt && t.agenda.since(minuteTime(state.agendaAt.since))}
          </Standing>
        )}
      </span>
      <span class="times small" data-used={used ?? undefined}>
        <span class="soft">{t.minutes(item.minutes)}</span>
        {used !== null && (
          <Standing tone={over > 0 ? 'caution' : 'plain'} icon={over > 0 ? 'hourglass' : 'clock'}>
            {over > 0 ? t.agenda.over(duration(over)) : t.agenda.used(duration(used))}
          </Standing>
        )}
      </span>
      <span class="deeds">
        {editing ? (
          <EditButtons {...props} title={title} here={here} />
        ) : (
          !here && (
            <Button
              action="agenda.enter"
              icon="play"
              look="quiet"
              size="small"
              label={t.agenda.enterTo(title)}
              refused={refused({ type: 'agenda.enter', item: item.id })}
              onPress={props.onEnter}
            />
          )
        )}
      </span>
    </li>
  );
}

type EditButtonsProps = AgendaRowProps & { readonly title: string; readonly here: boolean };

function EditButtons({ state, item, index, title, here, onEdit, onRemove }: EditButtonsProps) {
  const { give, refused } = useCommands();
  const t = text.value.chair.agenda;
  const { agenda } = state;
  const move = (to: number): BrowserCommand => ({
    type: 'agenda.change',
    agenda: wire(agenda.toSpliced(index, 1).toSpliced(to, 0, item)),
  });
  return (
    <>
      <Button
        action="agenda.up"
        icon="up"
        look="quiet"
        size="small"
        label={t.up(title)}
        refused={index === 0 ? t.firstAlready : refused(move(index - 1))}
        onPress={() => give(move(index - 1))}
      />
      <Button
        action="agenda.down"
        icon="down"
        look="quiet"
        size="small"
        label={t.down(title)}
        refused={index === agenda.length - 1 ? t.lastAlready : refused(move(index + 1))}
        onPress={() => give(move(index + 1))}
      />
      <Button
        action="agenda.editItem"
        icon="edit"
        look="quiet"
        size="small"
        label={t.editItem(title)}
        onPress={onEdit}
      />
      <Button
        action="agenda.remove"
        icon="trash"
        look="quiet"
        size="small"
        label={t.remove(title)}
        refused={here ? t.isNow : null}
        onPress={onRemove}
      />
    </>
  );
}
