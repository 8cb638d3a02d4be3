import type { BriefingState } from '../../../server/domain/briefing.ts';
import type { SeatId } from '../../../server/domain/ids.ts';
import { local, text } from '../../i18n/language.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { VoteResult } from '../cards/VoteResult.tsx';
import { DeclarationLine } from './DeclarationLine.tsx';
import { TaskFacts } from './TaskFacts.tsx';
import { TaskItem } from './TaskItem.tsx';
import { ownCarriedOver, ownTasks } from './tasks.ts';

interface PapersProps {
  readonly state: BriefingState;
  readonly seat: SeatId;
  readonly onDeclare: () => void;
  readonly onClose: () => void;
}

/** What there is about this point to look at again: its declaration, its tasks, the votes. */
export function Papers({ state, seat, onDeclare, onClose }: PapersProps) {
  const t = text.value.kiosk;
  const tasks = ownTasks(state, seat);
  const carried = ownCarriedOver(state, seat);
  const votes = state.votes.filter(({ counts }) => counts !== null);
  return (
    <Dialog title={t.papers.title} onClose={onClose}>
      <div class="papers">
        <DeclarationLine state={state} seat={seat} onDeclare={onDeclare} />
        <section data-papers="tasks">
          <h3>{t.papers.tasks}</h3>
          {tasks.length === 0 && <p class="soft">{t.papers.noTasks}</p>}
          <ul>
            {tasks.map((task) => (
              <TaskItem key={task.number} state={state} seat={seat} task={task} />
            ))}
          </ul>
        </section>
        {carried.length > 0 && (
          <section data-papers="carriedOver">
            <h3>{t.papers.carriedOver}</h3>
            <ul>
              {carried.map(({ briefing, briefingTitle, directive }) => (
                <li class="task" key={`${briefing}/${directive.number}`}>
                  <strong>{local(directive.title)}</strong>
                  <p class="soft">{local(briefingTitle)}</p>
                  <p>{directive.content}</p>
                  <TaskFacts state={state} seat={seat} task={directive} />
                </li>
              ))}
            </ul>
          </section>
        )}
        {votes.length > 0 && (
          <section data-papers="votes">
            <h3>{t.papers.votes}</h3>
            <ul>
              {votes.map((vote) => (
                <li class="task" key={vote.id}>
                  <strong>{vote.question}</strong>
                  <VoteResult seat={seat} vote={vote} />
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
      <div class="answers">
        <Button action="papers.close" look="accent" onPress={onClose}>
          {t.settings.close}
        </Button>
      </div>
    </Dialog>
  );
}
