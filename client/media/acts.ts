import type { ReadonlySignal } from '@preact/signals';
import type { ActReply, RemoteAction } from '../../server/protocol/wire.ts';
import type { Link } from '../link/link.ts';
import type { Devices } from './devices.ts';
import type { Media } from './media.ts';

interface Site {
  readonly link: Link;
  readonly media: Media;
  readonly devices: ReadonlySignal<Devices | null>;
  readonly reload: () => void;
}

/** Time for the answer to leave before the page does, in milliseconds. */
const farewell = 150;

/** Does what a technician wants done at this site, and says whether it is done. */
export function obeyActs({ link, media, devices, reload }: Site): () => void {
  const act = async (action: RemoteAction): Promise<ActReply> => {
    switch (action.do) {
      case 'reload':
        setTimeout(reload, farewell);
        return { ok: true };
      case 'detectDevices':
        devices.peek()?.redetect();
        return { ok: true };
      case 'restartIce':
        return media.restartIce() ? { ok: true } : { ok: false, refusal: 'mediaUnavailable' };
      case 'capLayer':
        media.capLayer(action.layer);
        return { ok: true };
      case 'moveNode': {
        const reply = await link.ask('media.move', {});
        return reply.ok ? { ok: true } : { ok: false, refusal: reply.refusal };
      }
    }
  };
  const onAct = (action: RemoteAction, done: (reply: ActReply) => void): void => {
    act(action).then(done, () => done({ ok: false, refusal: 'mediaUnavailable' }));
  };
  link.socket.on('act', onAct);
  return () => void link.socket.off('act', onAct);
}
