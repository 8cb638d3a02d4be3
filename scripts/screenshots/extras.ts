import type { SiteReading } from '../../server/protocol/measures.ts';
import { BenchPage } from '../bench/page.ts';

/** How often a site tells its measurements, in milliseconds. */
const reportEvery = 2_000;

interface ExtraOptions {
  readonly url: string;
  readonly pass: string;
  readonly seat: string;
  /** Place in protocol order; makes each one's line a little different. */
  readonly site: number;
  readonly node: string;
}

/**
 * A site that is there without a browser: it sits on its seat, says that its devices are well, and
 * reports a line such as it might have. It fills the roster where pages would be too many.
 */
export class Extra {
  readonly #page: BenchPage;
  readonly #seat: string;
  readonly #timer: NodeJS.Timeout;

  static async create(options: ExtraOptions): Promise<Extra> {
    const { url, pass } = options;
    return new Extra(await BenchPage.connect({ url, pass }), options);
  }

  constructor(page: BenchPage, options: ExtraOptions) {
    this.#page = page;
    this.#seat = options.seat;
    const began = Date.now();
    const say = () => {
      page.socket.emit('site.report', readingOf(options, Date.now() - began), () => {});
    };
    page.socket.emit('site.devices', { camera: 'live', microphone: 'live' }, () => {});
    say();
    this.#timer = setInterval(say, reportEvery);
  }

  /** Asks for the floor. */
  async ask(): Promise<void> {
    await this.#page.must({ type: 'floor.request', beneficiary: this.#seat });
  }

  /** Goes without a word, as when the line breaks. */
  close(): void {
    clearInterval(this.#timer);
    this.#page.close();
  }
}

function readingOf({ site, node }: ExtraOptions, uptimeMs: number): SiteReading {
  // Slow waves that differ from site to site, and every ninth line a poor one.
  const wave = (period: number) => Math.sin((uptimeMs / 1000 + site * 7) / period);
  const poor = site % 9 === 4;
  const roundTripMs = (poor ? 160 : 12 + (site % 30)) + 6 * wave(5);
  return {
    roundTripMs,
    lossUp: poor ? 0.03 + 0.02 * wave(7) : 0.001,
    lossDown: poor ? 0.02 : 0,
    jitterMs: 3 + (site % 5),
    bitrateUp: 180_000 + 20_000 * wave(3),
    bitrateDown: 1_400_000 + 150_000 * wave(4),
    availableUp: poor ? 350_000 : 3_200_000,
    sent: {
      wanted: 'low',
      framesPerSecond: 15,
      size: { width: 320, height: 180 },
      limitedBy: poor ? 'bandwidth' : 'none',
      dark: false,
    },
    pictures: [],
    freezes: poor ? 3 : 0,
    frozenMs: poor ? 1_800 : 0,
    concealed: poor ? 0.012 : 0,
    level: null,
    cameraLabel: 'USB 4K Conference Camera',
    microphoneLabel: 'Boundary Microphone',
    browser: 'Chromium 140',
    system: 'Linux x86_64',
    node,
    leg: 'a',
    standbyNode: node === 'sfu-1' ? 'sfu-2' : 'sfu-1',
    cap: null,
    visible: true,
    uptimeMs,
  };
}
