import { useSignal } from '@preact/signals';
import type { BriefingState } from '../../../server/domain/briefing.ts';
import type { BriefingId } from '../../../server/domain/ids.ts';
import { DirectiveForm } from '../../directives/DirectiveForm.tsx';
import { text } from '../../i18n/language.ts';
import { Button } from '../../ui/Button.tsx';
import { useCommands } from '../../ui/useCommands.ts';
import { useSurface } from '../../ui/useSurface.ts';
import { Downloads } from '../records/Downloads.tsx';
import { useGive } from '../useGive.ts';
import { GiveConfirm, SettleConfirm } from './DirectiveConfirm.tsx';
import { CarriedRow, type DirectiveDeed, DirectiveRow } from './DirectiveRow.tsx';
import { carriedInOrder, dayAt, grouped } from './tracking.ts';

/** What is open over the list. */
type Sheet =
  /** `briefing`: the former one that the task is of. */
  | { readonly is: DirectiveDeed; readonly number: number; readonly briefing?: BriefingId }
  | { readonly is: 'add' | 'giveAll' }
  | null;

/** Tasks: what former briefings left undone first, then this one's by their stage. */
export function Directives({ state }: { readonly state: BriefingState }) {
  const { link } = useSurface();
  const { refused } = useCommands();
  const giveForm = useGive();
  const sheet = useSignal<Sheet>(null);
  const t = text.value.chair.directive;
  const today = dayAt(link.clock.second.value, state.timeZone);
  const carried = carriedInOrder(state.carriedOver, today);
  const drafts = state.directives.filter(({ status }) => status === 'draft');
  const open = sheet.value;
  const about =
    open && 'number' in open && open.briefing === undefined
      ? state.directives.find(({ number }) => number === open.number)
      : undefined;
  const former =
    open && 'briefing' in open
      ? carried.find((c) => c.briefing === open.briefing && c.directive.number === open.number)
      : undefined;
  const close = () => {
    sheet.value = null;
  };
  const show = (next: Sheet) => () => {
    sheet.value = next;
  };
  return (
    <div class="directives">
      <div class="panel-bar">
        <Button action="directive.add" icon="plus" size="small" onPress={show({ is: 'add' })}>
          {t.add}
        </Button>
        {drafts.length > 0 && (
          <Button
            action="directive.giveAll"
            icon="send"
            look="accent"
            size="small"
            refused={refused({ type: 'directive.give', numbers: drafts.map((d) => d.number) })}
            onPress={show({ is: 'giveAll' })}
          >
            {t.giveAll(drafts.length)}
          </Button>
        )}
        {state.directives.length > 0 && (
          <Downloads briefing={state.id} files={[['xlsx', 'directives', 'receipts']]} />
        )}
      </div>
      {carried.length > 0 && (
        <section data-group="carried">
          <h3>
            {t.carried} <b>{carried.length}</b>
          </h3>
          <ul>
            {carried.map((each) => {
              const { briefing, directive } = each;
              const { number } = directive;
              return (
                <CarriedRow
                  key={`${briefing} ${number}`}
                  state={state}
                  carried={each}
                  onDeed={(is) => show({ is, number, briefing })()}
                />
              );
            })}
          </ul>
        </section>
      )}
      {grouped(state.directives).map(({ status, list }) => (
        <section key={status} data-group={status}>
          <h3>
            {t.groups[status]} <b>{list.length}</b>
          </h3>
          <ul>
            {list.map((directive) => (
              <DirectiveRow
                key={directive.number}
                state={state}
                directive={directive}
                today={today}
                onDeed={(deed) => show({ is: deed, number: directive.number })()}
              />
            ))}
          </ul>
        </section>
      ))}
      {carried.length + state.directives.length === 0 && <p class="empty soft">{t.none}</p>}
      {open?.is === 'giveAll' && <GiveConfirm state={state} drafts={drafts} onClose={close} />}
      {(open?.is === 'add' || (about && open?.is === 'edit')) && (
        <DirectiveForm
          points={Object.values(state.seats)}
          number={about?.number ?? (state.directives.at(-1)?.number ?? 0) + 1}
          directive={about ?? null}
          onSave={(directive) => giveForm({ type: 'directive.write', directive })}
          onClose={close}
        />
      )}
      {about && open?.is === 'give' && (
        <GiveConfirm state={state} drafts={[about]} onClose={close} />
      )}
      {former && !former.settled && (open?.is === 'done' || open?.is === 'withdraw') && (
        <SettleConfirm
          directive={{ ...former.directive, status: 'given' }}
          briefing={former.briefing}
          as={open.is === 'done' ? 'done' : 'withdrawn'}
          onClose={close}
        />
      )}
      {about && (open?.is === 'done' || open?.is === 'withdraw') && (
        <SettleConfirm
          directive={about}
          as={open.is === 'done' ? 'done' : 'withdrawn'}
          onClose={close}
        />
      )}
    </div>
  );
}
