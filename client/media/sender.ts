import type { types } from 'mediasoup-client';
import type { Demand, MediaProfile, Source } from '../../server/protocol/wire.ts';
import { activeLayers, encodingsFor } from './layers.ts';

interface SenderOptions {
  readonly transport: types.Transport;
  readonly profile: MediaProfile;
  /** Tells the server that a source is no longer sent. */
  readonly unpublish: (source: Source) => Promise<unknown>;
  /** A source could not be sent; whoever owns the sender decides what to do about it. */
  readonly onTrouble: (source: Source, why: unknown) => void;
}

/**
 * Sends this page's own sources over one transport. Says nothing by itself: pictures are encoded
 * and the microphone is opened only as far as the server's demand goes, and each starts shut.
 */
export class Sender {
  readonly #options: SenderOptions;
  readonly #tracks = new Map<Source, MediaStreamTrack | null>();
  readonly #producers = new Map<Source, types.Producer>();
  readonly #demand = new Map<Source, Demand>();
  #work: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(options: SenderOptions) {
    this.#options = options;
  }

  /** Sends `track` as `source` from now on; null stops it (a device that may come back keeps its place). */
  set(source: Source, track: MediaStreamTrack | null): void {
    this.#tracks.set(source, track);
    this.sync(source);
  }

  /** Brings what is sent in line with what is wanted; safe to repeat. */
  sync(only?: Source): void {
    for (const source of only ? [only] : this.#tracks.keys()) {
      this.#work = this.#work.then(() => this.#settle(source));
    }
  }

  want(source: Source, demand: Demand): void {
    this.#demand.set(source, demand);
    this.#work = this.#work.then(() => this.#applyDemand(source));
  }

  close(): void {
    this.#closed = true;
    for (const producer of this.#producers.values()) producer.close();
    this.#producers.clear();
  }

  async #settle(source: Source): Promise<void> {
    const track = this.#tracks.get(source) ?? null;
    const producer = this.#producers.get(source);
    if (this.#closed) return;
    try {
      if (!producer) {
        if (track?.readyState === 'live') await this.#publish(source, track);
      } else if (track === null && source === 'presentation') {
        this.#producers.delete(source);
        producer.close();
        await this.#options.unpublish(source);
      } else if (producer.track !== track) {
        await producer.replaceTrack({ track });
      }
    } catch (why) {
      if (!this.#closed) this.#options.onTrouble(source, why);
    }
  }

  async #publish(source: Source, track: MediaStreamTrack): Promise<void> {
    const { transport, profile } = this.#options;
    // A microphone that starts disabled is a paused producer from its first packet on.
    if (source === 'microphone') track.enabled = false;
    const media: types.ProducerOptions =
      source === 'microphone'
        ? {
            codecOptions: {
              opusStereo: false,
              opusDtx: true,
              opusFec: true,
              opusMaxAverageBitrate: profile.audioBitrate,
            },
          }
        : { encodings: encodingsFor(profile[source], track.getSettings().height) };
    const producer = await transport.produce({
      track,
      stopTracks: false,
      appData: { source },
      ...media,
    });
    this.#producers.set(source, producer);
    producer.observer.once('close', () => {
      if (this.#producers.get(source) === producer) this.#producers.delete(source);
    });
    await this.#applyDemand(source);
  }

  async #applyDemand(source: Source): Promise<void> {
    const producer = this.#producers.get(source);
    const demand = this.#demand.get(source) ?? 'off';
    if (!producer || producer.closed || this.#closed) return;
    if (source === 'microphone') {
      if (demand === 'off') producer.pause();
      else producer.resume();
      return;
    }
    const sender = producer.rtpSender;
    const parameters = sender?.getParameters();
    if (!sender || !parameters) return;
    const active = activeLayers(demand, parameters.encodings.length);
    if (parameters.encodings.every((e, layer) => e.active === active[layer])) return;
    parameters.encodings.forEach((encoding, layer) => {
      encoding.active = active[layer] ?? false;
    });
    await sender.setParameters(parameters).catch((why) => this.#options.onTrouble(source, why));
  }
}
