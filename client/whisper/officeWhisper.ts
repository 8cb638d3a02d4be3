import { batch, computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { SeatId } from '../../server/domain/ids.ts';
import type { RefusalCode } from '../../server/domain/refusal.ts';
import type { Whisper } from '../../server/protocol/wire.ts';
import { streamKey } from '../media/streamKey.ts';
import type { Surface } from '../ui/useSurface.ts';

export type WhisperTrouble = RefusalCode | 'lineLost' | 'noMicrophone';

type Needs = Pick<Surface, 'link' | 'media' | 'sound'>;

const speech = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

/**
 * This office page's side of a private voice link. Its microphone is asked for only then, and let go
 * at the end, whoever ends it: the page, the site, the server, or the line.
 */
export class OfficeWhisper {
  readonly #needs: Needs;
  readonly #asking = signal<SeatId | null>(null);
  /** The site that is being asked for, while the microphone opens. */
  readonly asking: ReadonlySignal<SeatId | null> = this.#asking;
  /** This page's own name in whispers; unknown before its first. */
  readonly #name = signal<string | null>(null);
  /** What this page has; null: nothing. */
  readonly mine: ReadonlySignal<Whisper | null>;
  /** Whether the site's voice comes here. */
  readonly connected: ReadonlySignal<boolean>;
  #track: MediaStreamTrack | null = null;

  constructor(needs: Needs) {
    this.#needs = needs;
    const { link, media } = needs;
    this.mine = computed(() => {
      const name = this.#name.value;
      return link.whispers.value.find((w) => w.with === name) ?? null;
    });
    this.connected = computed(
      () => !!this.mine.value && media.streams.value.has(streamKey(this.mine.value.seat, 'aside')),
    );
    let had = false;
    effect(() => {
      const has = this.mine.value !== null;
      if (had && !has) this.#letGo();
      had = has;
    });
  }

  /** Undefined when it has begun; else why not. */
  async start(seat: SeatId): Promise<WhisperTrouble | undefined> {
    if (this.#asking.peek() !== null) return undefined;
    const { link, media, sound } = this.#needs;
    this.#asking.value = seat;
    try {
      const track = await microphone();
      if (!track) return 'noMicrophone';
      const reply = await link.ask('whisper.start', { seat }).catch(() => null);
      if (!reply?.ok) {
        track.stop();
        return reply?.refusal ?? 'lineLost';
      }
      this.#track?.stop();
      this.#track = track;
      batch(() => {
        this.#name.value = reply.whisper.with;
        sound.hushed.value = true;
      });
      media.speakAside(track);
      // It may have ended before its beginning was answered.
      if (this.mine.peek() === null) this.#letGo();
      return undefined;
    } finally {
      this.#asking.value = null;
    }
  }

  async stop(): Promise<void> {
    this.#letGo();
    await this.#needs.link.ask('whisper.stop', {}).catch(() => undefined);
  }

  #letGo(): void {
    this.#track?.stop();
    this.#track = null;
    this.#needs.media.speakAside(null);
    this.#needs.sound.hushed.value = false;
  }
}

async function microphone(): Promise<MediaStreamTrack | null> {
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: speech });
    return stream.getAudioTracks()[0] ?? null;
  } catch {
    return null;
  }
}

const ofPages = new WeakMap<Surface, OfficeWhisper>();

/** A page has one, however many places show it. */
export function officeWhisperOf(surface: Surface): OfficeWhisper {
  const known = ofPages.get(surface) ?? new OfficeWhisper(surface);
  ofPages.set(surface, known);
  return known;
}
