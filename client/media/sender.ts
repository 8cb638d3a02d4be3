import type { types } from 'mediasoup-client';
import type { Demand, MediaProfile, Source } from '../../server/protocol/wire.ts';
import { activeLayers, capped, encodingsFor, startBitrate } from './layers.ts';
import { refresh, refreshEvery } from './refresh.ts';

interface SenderOptions {
  readonly transport: types.Transport;
  readonly profile: MediaProfile;
  /** What this site's line carries, bits per second, where another leg has found it out. */
  readonly uplink: number | undefined;
  /** The most of the camera that may be sent; null: no limit. */
  readonly cap: Demand | null;
  /** Tells the server that a source is no longer sent. */
  readonly unpublish: (source: Source) => Promise<unknown>;
  /** A source could not be sent; whoever owns the sender decides what to do about it. */
  readonly onTrouble: (source: Source, why: unknown) => void;
}

/** Sound is sent as a copy of its track, opened and shut by the server's demand. */
const isSound = (source: Source): source is 'microphone' | 'aside' =>
  source === 'microphone' || source === 'aside';

/** These are sent for a while only; a camera or microphone that may come back keeps its place. */
const passes = (source: Source): boolean => source === 'presentation' || source === 'aside';

interface Own {
  readonly of: MediaStreamTrack;
  /** What is really sent: for sound, a copy that this sender alone opens and shuts. */
  readonly track: MediaStreamTrack;
}

/**
 * Sends this page's own sources over one transport. Says nothing by itself: pictures are encoded
 * and the microphone is opened only as far as the server's demand goes, and each starts shut.
 */
export class Sender {
  readonly #options: SenderOptions;
  readonly #tracks = new Map<Source, MediaStreamTrack | null>();
  readonly #own = new Map<Source, Own>();
  readonly #producers = new Map<Source, types.Producer>();
  readonly #demand = new Map<Source, Demand>();
  readonly #negotiating = new Map<Source, RTCRtpSender>();
  #work: Promise<unknown> = Promise.resolve();
  readonly #refreshTimer = setInterval(() => this.#refreshAll(), refreshEvery);
  #cap: Demand | null;
  #closed = false;

  constructor(options: SenderOptions) {
    this.#options = options;
    this.#cap = options.cap;
  }

  /** Sends no more of the camera than this from now on; null: no limit. */
  cap(layer: Demand | null): void {
    this.#cap = layer;
    this.#work = this.#work.then(() => this.#applyDemand('camera'));
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
    // A microphone waits for nothing: what is under way may take as long as a line takes to break.
    if (isSound(source)) this.#openSound(source);
    else this.#work = this.#work.then(() => this.#applyDemand(source));
  }

  /**
   * A source has been negotiated, and is about to be published: nothing is encoded before somebody
   * wants it. Not told in the negotiation itself, where Chrome writes layers that start inactive
   * as paused (RFC 8853 §5.1), and takes them for that again in every negotiation to come.
   */
  async shut(source: Source): Promise<void> {
    const rtpSender = this.#negotiating.get(source);
    this.#negotiating.delete(source);
    if (rtpSender && !isSound(source)) await activate(rtpSender, 'off');
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#refreshTimer);
    for (const producer of this.#producers.values()) producer.close();
    this.#producers.clear();
    for (const source of this.#own.keys()) this.#letGo(source);
  }

  async #settle(source: Source): Promise<void> {
    const wanted = this.#tracks.get(source) ?? null;
    const producer = this.#producers.get(source);
    if (this.#closed) return;
    try {
      if (!producer) {
        if (wanted?.readyState === 'live') await this.#publish(source, wanted);
      } else if (wanted === null && passes(source)) {
        this.#producers.delete(source);
        producer.close();
        this.#letGo(source);
        await this.#options.unpublish(source);
      } else if ((this.#own.get(source)?.of ?? null) !== wanted) {
        const former = this.#own.get(source);
        this.#own.delete(source);
        const track = wanted && this.#ownOf(source, wanted);
        await producer.replaceTrack({ track });
        if (former) stopCopy(former);
      }
    } catch (why) {
      if (!this.#closed) this.#options.onTrouble(source, why);
    }
  }

  async #publish(source: Source, wanted: MediaStreamTrack): Promise<void> {
    const { transport, profile } = this.#options;
    const producer = await transport.produce({
      track: this.#ownOf(source, wanted),
      stopTracks: false,
      appData: { source },
      onRtpSender: (rtpSender) => this.#negotiating.set(source, rtpSender),
      ...(isSound(source) ? this.#sound(profile) : this.#picture(source, wanted)),
    });
    if (this.#closed) return producer.close();
    this.#producers.set(source, producer);
    producer.observer.once('close', () => {
      if (this.#producers.get(source) === producer) this.#producers.delete(source);
    });
    if (isSound(source)) this.#openSound(source);
    else await this.#applyDemand(source);
  }

  #sound({ audioBitrate }: MediaProfile): types.ProducerOptions {
    return {
      codecOptions: {
        opusStereo: false,
        opusDtx: true,
        opusFec: true,
        opusNack: true,
        opusMaxAverageBitrate: audioBitrate,
      },
    };
  }

  #picture(source: 'camera' | 'presentation', track: MediaStreamTrack): types.ProducerOptions {
    const { profile, uplink } = this.#options;
    const encodings = encodingsFor(profile[source], track.getSettings().height);
    // Slides may lose frames before anything else gives way: three frame rates in each layer.
    if (source === 'presentation') {
      return { encodings: encodings.map((e) => ({ ...e, scalabilityMode: 'L1T3' })) };
    }
    // A camera has layers enough. With temporal ones a node lets only the lowest of them through for
    // a second and a half after each change of what flows: a quarter of the pictures (measured).
    const whole = encodings.map((encoding) => ({ ...encoding, scalabilityMode: 'L1T1' }));
    // The estimate belongs to the whole transport, and the camera is on it first.
    const videoGoogleStartBitrate = Math.round(startBitrate(encodings, uplink) / 1000);
    return { encodings: whole, codecOptions: { videoGoogleStartBitrate } };
  }

  /** `enabled` belongs to a track: shut on one leg, a microphone may be open on the other. */
  #ownOf(source: Source, of: MediaStreamTrack): MediaStreamTrack {
    const known = this.#own.get(source);
    if (known?.of === of) return known.track;
    this.#letGo(source);
    const track = isSound(source) ? of.clone() : of;
    // A microphone that starts disabled is a paused producer from its first packet on.
    if (isSound(source)) track.enabled = false;
    this.#own.set(source, { of, track });
    return track;
  }

  /** A copy that is not stopped keeps the device open. */
  #letGo(source: Source): void {
    const own = this.#own.get(source);
    this.#own.delete(source);
    if (own) stopCopy(own);
  }

  #openSound(source: Source): void {
    const producer = this.#producers.get(source);
    if (!producer || producer.closed || this.#closed) return;
    if ((this.#demand.get(source) ?? 'off') === 'off') producer.pause();
    else producer.resume();
  }

  /** It only bounds how long a fault is seen: where it cannot be done, all goes on without. */
  #refreshAll(): void {
    for (const [source, { rtpSender }] of this.#producers) {
      if (isSound(source) || !rtpSender) continue;
      this.#work = this.#work.then(() => refresh(rtpSender).catch(() => undefined));
    }
  }

  async #applyDemand(source: Source): Promise<void> {
    const producer = this.#producers.get(source);
    const demand = this.#demand.get(source) ?? 'off';
    if (!producer || producer.closed || this.#closed) return;
    if (!producer.rtpSender) return;
    const wanted = source === 'camera' ? capped(demand, this.#cap) : demand;
    await activate(producer.rtpSender, wanted).catch((why) => this.#options.onTrouble(source, why));
  }
}

/** Encodes as many layers as a demand asks for. */
async function activate(rtpSender: RTCRtpSender, demand: Demand): Promise<void> {
  const parameters = rtpSender.getParameters();
  const active = activeLayers(demand, parameters.encodings.length);
  if (parameters.encodings.every((e, layer) => e.active === active[layer])) return;
  parameters.encodings.forEach((encoding, layer) => {
    encoding.active = active[layer] ?? false;
  });
  await rtpSender.setParameters(parameters);
}

function stopCopy({ of, track }: Own): void {
  if (track !== of) track.stop();
}
