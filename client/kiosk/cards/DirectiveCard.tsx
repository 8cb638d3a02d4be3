import type { BriefingState } from '../../../server/domain/briefing.ts';
import type { TrackedDirective } from '../../../server/domain/directives.ts';
import type { SeatId } from '../../../server/domain/ids.ts';
import { local, text } from '../../i18n/language.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Scroller } from '../../ui/Scroller.tsx';
import { useCommands } from '../../ui/useCommands.ts';
import { acknowledgeKey } from '../binding.ts';
import { TaskFacts } from '../papers/TaskFacts.tsx';
import { usePress } from '../usePress.ts';

interface DirectiveCardProps {
  readonly state: BriefingState;
  readonly seat: SeatId;
  /** At least one; the first is shown, the others wait behind it. */
  readonly directives: readonly [TrackedDirective, ...TrackedDirective[]];
  /** They can be looked at and confirmed in the point's papers. */
  readonly onLater: () => void;
}

/** A task for this point, until somebody here confirms that it was received. */
export function DirectiveCard({ state, seat, directives, onLater }: DirectiveCardProps) {
  const { give, refused } = useCommands();
  const box = usePress((input) => input.by === 'key' && input.code === acknowledgeKey);
  const t = text.value.kiosk;
  const [directive] = directives;
  const { number, title, content } = directive;
  const receive = { type: 'directive.receive', number, seat } as const;
  return (
    <section class="slip directive" data-directive={number} aria-label={t.task.given}>
      <div class="head">
        <Icon name="list" />
        <div class="words" role="alert" key={number}>
          <span class="from">
            {t.task.given}
            {directives.length > 1 && <b> · {t.task.waiting(String(directives.length))}</b>}
          </span>
          <strong>
            {number}. {local(title)}
          </strong>
        </div>
        <div class="answers">
          <Button action="directive.later" look="quiet" onPress={onLater}>
            {t.task.later}
          </Button>
          {directives.length > 1 && (
            <Button
              action="directive.receiveAll"
              refused={refused(receive)}
              onPress={async () => {
                for (const each of directives) {
                  await give({ type: 'directive.receive', number: each.number, seat });
                }
              }}
            >
              {t.task.receiveAll(String(directives.length))}
            </Button>
          )}
          <div ref={box}>
            <Button
              action="directive.receive"
              icon="check"
              look="accent"
              refused={refused(receive)}
              onPress={() => give(receive)}
            >
              <span class="words">
                <span>{t.task.receive}</span>
                <span class="detail">{t.message.key(acknowledgeKey)}</span>
              </span>
            </Button>
          </div>
        </div>
      </div>
      <Scroller class="content">
        <p>{content}</p>
        <TaskFacts state={state} seat={seat} task={directive} />
      </Scroller>
    </section>
  );
}
