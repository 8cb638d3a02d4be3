import { useSignal } from '@preact/signals';
import type { BriefingState } from '../../../server/domain/briefing.ts';
import { plainDate } from '../../i18n/format.ts';
import { text } from '../../i18n/language.ts';
import { Standing } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/Field.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { useCommands } from '../../ui/useCommands.ts';
import { dayAt } from '../directives/tracking.ts';
import type { MinutesView } from '../records/minutesView.ts';
import { useGive } from '../useGive.ts';

/** As long as the server takes. */
const longestReference = 60;

interface NoticeLineProps {
  readonly state: BriefingState;
  readonly notice: NonNullable<MinutesView['notice']>;
}

/** Until when the conclusion notice is due; or that it is out, and under which number. */
export function NoticeLine({ state, notice }: NoticeLineProps) {
  const { refused } = useCommands();
  const asks = useSignal(false);
  const t = text.value.chair.record;
  const { issuedNotice: issued } = state;
  const { overdue, workingDaysLeft, date } = notice;
  return (
    <div class="panel-bar small" data-notice={issued ? 'issued' : workingDaysLeft}>
      {issued ? (
        <Standing tone="accent" icon="check">
          {t.noticeIssued(issued.reference, plainDate(dayAt(issued.at, state.timeZone)))}
        </Standing>
      ) : (
        <Standing
          tone={overdue ? 'alarm' : workingDaysLeft <= 1 ? 'caution' : 'plain'}
          icon={overdue ? 'alert' : 'hourglass'}
        >
          {overdue ? t.noticeOver(plainDate(date)) : t.notice(workingDaysLeft, plainDate(date))}
        </Standing>
      )}
      <Button
        action="notice.issue"
        icon={issued ? 'edit' : 'send'}
        look={issued ? 'quiet' : 'plain'}
        size="small"
        refused={refused({ type: 'notice.issue', reference: '?' })}
        onPress={() => {
          asks.value = true;
        }}
      >
        {issued ? t.noticeMend : t.noticeIssue}
      </Button>
      {asks.value && (
        <NoticeForm
          reference={issued?.reference ?? ''}
          onClose={() => {
            asks.value = false;
          }}
        />
      )}
    </div>
  );
}

interface NoticeFormProps {
  readonly reference: string;
  readonly onClose: () => void;
}

function NoticeForm({ reference: before, onClose }: NoticeFormProps) {
  const give = useGive();
  const words = useSignal(before);
  const t = text.value.chair.record;
  const reference = words.value.trim();
  return (
    <FormDialog
      title={t.noticeTitle}
      save={t.noticeSave}
      refused={reference === '' ? t.noticeNeeds : null}
      onSave={() => give({ type: 'notice.issue', reference })}
      onClose={onClose}
    >
      <TextField
        action="notice.reference"
        label={t.noticeReference}
        hint={t.noticeHint}
        maxLength={longestReference}
        value={words.value}
        onValue={(value) => {
          words.value = value;
        }}
      />
    </FormDialog>
  );
}
