import type { BriefingState } from '../../../server/domain/briefing.ts';
import type { TrackedDirective } from '../../../server/domain/directives.ts';
import type { SeatId } from '../../../server/domain/ids.ts';
import { minuteTime } from '../../i18n/format.ts';
import { local, text } from '../../i18n/language.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { useCommands } from '../../ui/useCommands.ts';
import { TaskFacts } from './TaskFacts.tsx';

interface TaskItemProps {
  readonly state: BriefingState;
  readonly seat: SeatId;
  readonly task: TrackedDirective;
}

/** One of the point's own tasks, with its receipt where that is still wanting. */
export function TaskItem({ state, seat, task }: TaskItemProps) {
  const { give, refused } = useCommands();
  const t = text.value.kiosk.task;
  const { number, title, content, status, received } = task;
  const receivedAt = received[seat];
  const receive = { type: 'directive.receive', number, seat } as const;
  const wanting = status === 'given' && receivedAt === undefined;
  return (
    <li class="task" data-task={number} data-received={wanting ? 'no' : 'yes'}>
      <div class="task-head">
        <strong>
          {number}. {local(title)}
        </strong>
        {wanting ? (
          <Button
            action="directive.receive"
            icon="check"
            look="accent"
            refused={refused(receive)}
            onPress={() => give(receive)}
          >
            {t.receive}
          </Button>
        ) : (
          <span class="soft task-standing">
            <Icon name="check" />
            {status === 'done' || receivedAt === undefined
              ? t.done
              : t.receivedAt(minuteTime(receivedAt))}
          </span>
        )}
      </div>
      <p>{content}</p>
      <TaskFacts state={state} seat={seat} task={task} />
    </li>
  );
}
