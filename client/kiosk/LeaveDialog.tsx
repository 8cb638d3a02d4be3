import { text } from '../i18n/language.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';

interface LeaveDialogProps {
  readonly onLeave: () => void;
  readonly onClose: () => void;
}

export function LeaveDialog({ onLeave, onClose }: LeaveDialogProps) {
  const t = text.value;
  return (
    <Dialog title={t.kiosk.leaveTitle} onClose={onClose}>
      <p class="soft">{t.kiosk.leaveDetail}</p>
      <div class="answers">
        <Button action="dialog.cancel" onPress={onClose}>
          {t.chair.cancel}
        </Button>
        <Button action="dialog.confirm" look="accent" icon="leave" onPress={onLeave}>
          {t.kiosk.leave}
        </Button>
      </div>
    </Dialog>
  );
}
