import { effect, type ReadonlySignal, signal } from '@preact/signals';
import type { SeatId } from '../../server/domain/ids.ts';
import type { Link } from '../link/link.ts';
import type { CommandOutcome } from '../link/outbox.ts';
import type { Media } from './media.ts';

interface PresentationOptions {
  readonly link: Link;
  readonly media: Media;
  readonly seat: SeatId;
}

/** `cancelled`: the person chose no screen, which is nobody's fault. */
type PresentOutcome = CommandOutcome | { readonly ok: false; readonly refusal: 'cancelled' };

/** Shows this machine's screen to the briefing, for as long as the briefing's state says so. */
export class Presentation {
  readonly #options: PresentationOptions;
  readonly #track = signal<MediaStreamTrack | null>(null);
  readonly track: ReadonlySignal<MediaStreamTrack | null> = this.#track;
  #starting = false;
  #stopping = false;
  readonly #stopWatching: () => void;

  constructor(options: PresentationOptions) {
    this.#options = options;
    const { link, seat } = options;
    this.#stopWatching = effect(() => {
      const mine = link.state.value?.presentation?.seat === seat;
      const sending = this.#track.value !== null;
      if (sending && !mine && !this.#starting) this.#release();
      // A reload ends the screen share in the browser, and nobody else can end it for the room.
      const live = link.status.value.is === 'live';
      if (mine && !sending && live && !this.#stopping) void this.stop();
    });
  }

  /** Asks the person for a screen, then the briefing for leave. Call it from a click or a key. */
  async start(): Promise<PresentOutcome> {
    const { link, media, seat } = this.#options;
    const stream = await navigator.mediaDevices
      ?.getDisplayMedia({ video: { frameRate: { ideal: 15 } }, audio: false })
      .catch(() => null);
    const track = stream?.getVideoTracks()[0];
    if (!track) return { ok: false, refusal: 'cancelled' };
    track.contentHint = 'detail';
    track.addEventListener('ended', () => void this.stop());
    this.#starting = true;
    this.#track.value = track;
    const outcome = await link.command({ type: 'presentation.start', seat });
    this.#starting = false;
    // Stopped by the person while the answer was under way, or refused.
    if (this.#track.peek() !== track) return outcome;
    if (outcome.ok) media.send('presentation', track);
    else this.#release();
    return outcome;
  }

  async stop(): Promise<void> {
    const { link, seat } = this.#options;
    this.#stopping = true;
    this.#release();
    if (link.state.peek()?.presentation?.seat === seat) {
      await link.command({ type: 'presentation.stop', seat });
    }
    this.#stopping = false;
  }

  close(): void {
    this.#stopWatching();
    this.#release();
  }

  #release(): void {
    const track = this.#track.peek();
    this.#track.value = null;
    track?.stop();
    this.#options.media.send('presentation', null);
  }
}
