import type { SeatId } from '../../server/domain/ids.ts';
import type { BrowserCommand } from '../../server/protocol/commands.ts';
import { text } from '../i18n/language.ts';
import { Button } from '../ui/Button.tsx';
import type { IconName } from '../ui/Icon.tsx';
import { useCommands } from '../ui/useCommands.ts';
import { binding } from './binding.ts';
import type { Stand } from './stand.ts';
import { usePress } from './usePress.ts';

const usualKeys = new Set(['Space', 'Enter', 'NumpadEnter']);

interface RequestButtonProps {
  readonly seat: SeatId;
  readonly stand: Stand;
}

interface Face {
  readonly action: 'floor.request' | 'floor.withdraw' | 'floor.finish';
  readonly icon: IconName;
  readonly look: 'accent' | 'plain' | 'alarm';
  readonly label: string;
  readonly detail: string;
  /** The detail is the news: where this point stands. */
  readonly standing?: boolean;
}

/** The kiosk's one big button: register, take the hand down, finish; by Space, Enter, a key or a switch too. */
export function RequestButton({ seat, stand }: RequestButtonProps) {
  const { give, refused } = useCommands();
  const face = faceOf(stand);
  const command: BrowserCommand =
    stand.is === 'idle'
      ? { type: 'floor.request', beneficiary: seat }
      : { type: 'floor.release', request: stand.request };
  const why = refused(command);
  const box = usePress((input) =>
    input.by === 'gamepad'
      ? input.button === binding.peek().button
      : // A control that has the focus takes its own Space and Enter.
        input.code === binding.peek().code || (!input.onControl && usualKeys.has(input.code)),
  );
  return (
    <div class="request" data-stand={stand.is} ref={box}>
      <Button
        action={face.action}
        icon={face.icon}
        look={face.look}
        refused={why}
        onPress={() => give(command)}
      >
        <span class="words">
          <span class="label">{face.label}</span>
          <span class="detail" data-standing={face.standing}>
            {why ?? face.detail}
          </span>
        </span>
      </Button>
    </div>
  );
}

function faceOf(stand: Stand): Face {
  const t = text.value.kiosk;
  const withdraw = {
    action: 'floor.withdraw',
    icon: 'hand',
    look: 'plain',
    label: t.withdraw,
  } as const;
  switch (stand.is) {
    case 'idle':
      return {
        action: 'floor.request',
        icon: 'hand',
        look: 'accent',
        label: t.request,
        detail: t.requestHint(binding.value.name),
      };
    case 'pending':
      return { ...withdraw, detail: t.pending, standing: true };
    case 'queued':
      return {
        ...withdraw,
        detail: stand.kind === 'reply' ? t.reply.place(stand.place) : t.place(stand.place),
        standing: true,
      };
    case 'onAir':
      return {
        action: 'floor.finish',
        icon: 'stop',
        look: 'alarm',
        label: t.finish,
        detail: t.requestHint(binding.value.name),
      };
  }
}
