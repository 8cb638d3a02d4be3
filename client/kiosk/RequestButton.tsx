import { useEffect, useRef } from 'preact/hooks';
import type { SeatId } from '../../server/domain/ids.ts';
import type { BrowserCommand } from '../../server/protocol/commands.ts';
import { text } from '../i18n/language.ts';
import { Button } from '../ui/Button.tsx';
import type { IconName } from '../ui/Icon.tsx';
import { useCommands } from '../ui/useCommands.ts';
import type { Stand } from './stand.ts';

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
}

/** The kiosk's one big button: register, take the hand down, finish; by Space, Enter or F2 too. */
export function RequestButton({ seat, stand }: RequestButtonProps) {
  const { give, refused } = useCommands();
  const face = faceOf(stand);
  const command: BrowserCommand =
    stand.is === 'idle'
      ? { type: 'floor.request', beneficiary: seat }
      : { type: 'floor.release', request: stand.request };
  const why = refused(command);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.repeat || document.querySelector('dialog[open]')) return;
      // A control that has the focus takes its own Space and Enter; F2 is the foot switch's key.
      const onControl = event.target instanceof Element && event.target.closest('button, input');
      const pressed = event.key === 'F2' || (!onControl && [' ', 'Enter'].includes(event.key));
      if (!pressed) return;
      event.preventDefault();
      box.current?.querySelector('button')?.click();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
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
          <span class="detail">{why ?? face.detail}</span>
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
        detail: t.requestHint,
      };
    case 'pending':
      return { ...withdraw, detail: t.pending };
    case 'queued':
      return { ...withdraw, detail: t.place(stand.place) };
    case 'onAir':
      return {
        action: 'floor.finish',
        icon: 'stop',
        look: 'alarm',
        label: t.finish,
        detail: t.requestHint,
      };
  }
}
