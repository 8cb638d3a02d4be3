import type { Seat } from '../../server/domain/roster.ts';
import { Button } from '../ui/Button.tsx';
import { useWhisper } from './useWhisper.ts';

/** Speaks with one point in private, or ends that. */
export function WhisperButton({ seat }: { readonly seat: Seat }) {
  const item = useWhisper(seat);
  if (!item) return null;
  const { action, icon, label, hint, refused, onPress } = item;
  return (
    <Button
      action={action}
      icon={icon}
      size="small"
      look={action === 'whisper.stop' ? 'accent' : 'plain'}
      label={hint ? `${label}: ${hint}` : label}
      refused={refused}
      onPress={onPress}
    >
      {label}
    </Button>
  );
}
