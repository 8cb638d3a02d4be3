import { requestOf } from '../../server/domain/floor.ts';
import type { Seat } from '../../server/domain/roster.ts';
import type { BrowserCommand } from '../../server/protocol/commands.ts';
import { local, text } from '../i18n/language.ts';
import { checkWords } from '../ui/checkWords.ts';
import { Menu, type MenuItem, type MenuParts } from '../ui/Menu.tsx';
import { commandsOf } from '../ui/useCommands.ts';
import { type Surface, useSurface } from '../ui/useSurface.ts';
import { whisperOf } from '../whisper/useWhisper.ts';
import { place, writeTo } from './place.ts';
import type { Trouble } from './roster/troubles.ts';
import { shortTrouble } from './roster/troubleWords.ts';
import { grantWords } from './words.ts';

interface SeatMenuProps {
  readonly seat: Seat;
  readonly troubles: readonly Trouble[];
  /** A command from here has been answered. */
  readonly onDone?: () => void;
}

/** All that can be done about one point, wherever it is listed. */
export function SeatMenu({ seat, troubles, onDone }: SeatMenuProps) {
  const surface = useSurface();
  const name = local(seat.name);
  return (
    <Menu
      action="seat.menu"
      label={text.value.chair.menuOf(name)}
      title={() => {
        const check = surface.link.state.value?.lineChecks[seat.id];
        const checked = check ? [`${text.value.technician.check.title}: ${checkWords(check)}`] : [];
        const wrong = [...troubles.map(shortTrouble), ...checked].join(' · ');
        return wrong === '' ? name : `${name}: ${wrong}`;
      }}
      size="small"
      parts={() => partsOf(surface, seat, onDone)}
    />
  );
}

function partsOf(surface: Surface, seat: Seat, onDone?: () => void): MenuParts {
  const { link } = surface;
  const state = link.state.value;
  if (!state) return [];
  const { give, refused } = commandsOf(link);
  const t = text.value.chair;
  const request = requestOf(state.floor, seat.id);
  const does = (
    command: BrowserCommand,
    { action = command.type, ...shown }: Omit<MenuItem, 'action' | 'onPress'> & { action?: string },
  ): MenuItem => ({
    action: `menu.${action}`,
    refused: refused(command),
    onPress: async () => {
      await give(command);
      onDone?.();
    },
    ...shown,
  });
  const floor: MenuItem[] = [];
  if (request?.status === 'granted') {
    floor.push(
      does({ type: 'floor.revoke', request: request.id }, { icon: 'stop', label: t.revoke }),
    );
  } else {
    floor.push(
      does(
        { type: 'floor.grant', target: { seat: seat.id }, replace: true },
        { icon: 'next', label: t.grant, hint: grantWords(state, seat) },
      ),
    );
  }
  if (!request) {
    floor.push(
      does({ type: 'floor.request', beneficiary: seat.id }, { icon: 'hand', label: t.register }),
      does(
        { type: 'floor.request', beneficiary: seat.id, priority: 3 },
        { action: 'floor.request.high', icon: 'chevronUp', label: t.priority.registerHigh },
      ),
      does(
        { type: 'floor.request', beneficiary: seat.id, priority: 4 },
        { action: 'floor.request.highest', icon: 'bellRing', label: t.priority.registerHighest },
      ),
    );
    const reply: BrowserCommand = { type: 'floor.request', beneficiary: seat.id, kind: 'reply' };
    if (state.floor.holders.length > 0) {
      floor.push(
        does(reply, {
          action: 'floor.reply',
          icon: 'message',
          label: t.replies.register,
          hint: t.replies.registerHint,
        }),
      );
    }
  }
  if (request?.status === 'pending') {
    floor.push(
      does({ type: 'floor.accept', request: request.id }, { icon: 'check', label: t.accept }),
    );
  }
  if (request?.status === 'accepted') {
    const last = state.floor.queue.length;
    const move = (position: number): BrowserCommand => ({
      type: 'floor.move',
      request: request.id,
      position,
    });
    floor.push(
      does(move(1), { action: 'floor.first', icon: 'up', label: t.toFirst }),
      does(move(last), { action: 'floor.last', icon: 'down', label: t.toLast }),
    );
  }
  if (request && request.status !== 'granted') {
    floor.push(
      does(
        { type: 'floor.deny', request: request.id },
        { icon: 'cross', label: t.deny, tone: 'alarm' },
      ),
    );
  }
  const site: MenuItem[] = [
    does(
      { type: seat.muted ? 'seat.unmute' : 'seat.mute', seat: seat.id },
      {
        icon: seat.muted ? 'microphone' : 'microphoneOff',
        label: seat.muted ? t.unmute : t.mute,
      },
    ),
    {
      action: 'menu.seat.look',
      icon: 'closer',
      label: t.look,
      onPress: () => {
        place.looking.value = seat.id;
      },
    },
    {
      action: 'menu.message.write',
      icon: 'message',
      label: t.message.writeTo,
      onPress: () => writeTo(seat.id),
    },
  ];
  const whisper = whisperOf(surface, seat);
  if (whisper) site.push({ ...whisper, action: `menu.${whisper.action}` });
  return [floor, site];
}
