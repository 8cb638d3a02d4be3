import { useRef } from 'preact/hooks';
import type { PlanDraft } from '../../server/protocol/plan.ts';
import { Button } from '../ui/Button.tsx';
import type { Desk } from './desk.ts';

interface WorkbookButtonProps {
  readonly desk: Desk;
  readonly action: string;
  readonly onPlan: (plan: PlanDraft) => void;
  readonly children: string;
}

/** Asks for a workbook, and gives the plan in it; what is wrong with it is said by the desk. */
export function WorkbookButton({ desk, action, onPlan, children }: WorkbookButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  const read = async (file: File) => {
    const answer = await desk.api.readWorkbook(file);
    desk.problem.value = answer.ok ? null : answer.problem;
    if (answer.ok) onPlan(answer.value.plan);
  };
  return (
    <>
      <input
        ref={input}
        hidden
        type="file"
        accept=".xlsx"
        data-action={`${action}.file`}
        onChange={(event) => {
          const { files } = event.currentTarget;
          const [file] = files ?? [];
          if (file) void read(file);
          // The same file can be chosen again once it is mended.
          event.currentTarget.value = '';
        }}
      />
      <Button action={action} icon="open" onPress={() => input.current?.click()}>
        {children}
      </Button>
    </>
  );
}
