import { computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals';
import type { ConsumerOffer, Demand, Source } from '../../server/protocol/wire.ts';
import type { Link } from '../link/link.ts';
import { retryDelay } from '../link/retry.ts';
import { Endpoint } from './endpoint.ts';
import type { Tracks } from './receiver.ts';

/** idle: not wanted or put out · opening: the first time · open · mending: being made anew. */
type MediaStatus = 'idle' | 'opening' | 'open' | 'mending';

interface ConsumersChange {
  readonly added: readonly ConsumerOffer[];
  readonly removed: readonly string[];
  readonly complete?: boolean;
}

/** How long the last pictures of a former endpoint bridge the gap, in milliseconds. */
const bridge = 3_000;

/**
 * This page's media: an endpoint on some node, made anew for ever when it is lost, whatever the
 * state of the line to the server. While that line is down, media goes on untouched.
 */
export class Media {
  readonly #link: Link;
  readonly #status = signal<MediaStatus>('idle');
  readonly status: ReadonlySignal<MediaStatus> = this.#status;
  readonly #endpoint = signal<Endpoint | null>(null);
  readonly #former = signal<Endpoint | null>(null);
  /** What this page receives, by `seat/source`. It never holds the page's own sources. */
  readonly streams: ReadonlySignal<Tracks> = computed(() => {
    const former = this.#former.value?.receiver.tracks.value ?? [];
    const present = this.#endpoint.value?.receiver.tracks.value ?? [];
    return new Map([...former, ...present]);
  });
  readonly node = computed(() => this.#endpoint.value?.name.node ?? null);
  readonly #own = new Map<Source, MediaStreamTrack | null>();
  readonly #demand = new Map<Source, Demand>();
  /** What came while the browser was still making its transports. */
  #early: ConsumersChange[] | null = null;
  #turn = 0;
  #attempt = 0;
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  readonly #stop: () => void;

  constructor(link: Link) {
    this.#link = link;
    const { socket } = link;
    socket.on('media.consumers', (change) => this.#onConsumers(change));
    socket.on('media.demand', (wanted) => {
      for (const { source, demand } of wanted) this.#demand.set(source, demand);
      this.#endpoint.peek()?.want(wanted);
    });
    socket.on('media.reset', () => void this.#open());
    const stopWelcome = effect(() => {
      if (link.welcome.value) untracked(() => this.#onWelcome());
    });
    const stopStatus = effect(() => {
      if (link.status.value.is === 'putOut') untracked(() => this.#shut());
    });
    this.#stop = () => {
      stopWelcome();
      stopStatus();
    };
  }

  /** Sends `track` as `source`, now and over every endpoint to come; null: nothing. */
  send(source: Source, track: MediaStreamTrack | null): void {
    this.#own.set(source, track);
    this.#endpoint.peek()?.sender.set(source, track);
  }

  close(): void {
    this.#stop();
    this.#shut();
  }

  #onWelcome(): void {
    // A technician's page sits on no seat and watches nothing.
    if (this.#link.welcome.peek()?.role === 'technician') return;
    const endpoint = this.#endpoint.peek();
    if (!endpoint?.alive) return void this.#open();
    // The same endpoint under a new line: say again what may have been lost with the old one.
    endpoint.sender.sync();
    void endpoint.receiver.confirm();
  }

  async #open(): Promise<void> {
    const turn = ++this.#turn;
    this.#retire();
    this.#status.value = this.#status.peek() === 'idle' ? 'opening' : 'mending';
    this.#early = null;
    const profile = this.#link.welcome.peek()?.media;
    const offer = await this.#link.ask('media.open', {}).catch(() => null);
    if (turn !== this.#turn || !profile) return;
    if (!offer?.ok) return this.#again(turn);
    // The server's answer comes before anything about the new endpoint: what came earlier is void.
    this.#early = [];
    this.#demand.clear();
    try {
      const endpoint = await Endpoint.create({
        link: this.#link,
        offer,
        profile,
        onUp: () => {
          this.#attempt = 0;
        },
        onDead: (why) => this.#onDead(turn, why),
      });
      if (turn !== this.#turn) return endpoint.close();
      this.#take(endpoint);
    } catch (why) {
      console.warn('media: no endpoint', why);
      if (turn === this.#turn) this.#again(turn);
    }
  }

  #take(endpoint: Endpoint): void {
    this.#link.endpoint = endpoint.name;
    this.#endpoint.value = endpoint;
    this.#status.value = 'open';
    endpoint.want([...this.#demand].map(([source, demand]) => ({ source, demand })));
    for (const [source, track] of this.#own) endpoint.sender.set(source, track);
    const early = this.#early ?? [];
    this.#early = null;
    for (const change of early) this.#onConsumers(change);
  }

  #onConsumers(change: ConsumersChange): void {
    if (this.#early) return void this.#early.push(change);
    const receiver = this.#endpoint.peek()?.receiver;
    if (!receiver) return;
    if (change.complete) receiver.keepOnly(change.added);
    receiver.remove(change.removed);
    if (change.added.length > 0) void receiver.add(change.added);
  }

  #again(turn: number): void {
    // Without a line there is nobody to ask; the next welcome opens.
    if (this.#link.status.peek().is !== 'live') return;
    this.#later(retryDelay(this.#attempt++, Math.random()), () => {
      if (turn === this.#turn) void this.#open();
    });
  }

  #onDead(turn: number, why: unknown): void {
    if (turn !== this.#turn) return;
    console.warn('media: endpoint lost', why);
    this.#status.value = 'mending';
    this.#link.endpoint = null;
    this.#again(turn);
  }

  /** Keeps the present endpoint's last pictures for a moment, and nothing else of it. */
  #retire(): void {
    const endpoint = this.#endpoint.peek();
    if (!endpoint) return;
    this.#former.peek()?.close();
    endpoint.stopSending();
    this.#link.endpoint = null;
    this.#former.value = endpoint;
    this.#endpoint.value = null;
    this.#later(bridge, () => {
      if (this.#former.peek() === endpoint) this.#former.value = null;
      endpoint.close();
    });
  }

  #shut(): void {
    this.#turn++;
    this.#early = null;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#former.peek()?.close();
    this.#endpoint.peek()?.close();
    this.#former.value = null;
    this.#endpoint.value = null;
    this.#link.endpoint = null;
    this.#status.value = 'idle';
  }

  #later(wait: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, wait);
    this.#timers.add(timer);
  }
}
