export interface ToneCode {
  /** A track with the site's own tone, for as long as the page lives. */
  readonly make: (site: number) => MediaStreamTrack;
  /** Which sites' tones are in these tracks together; listens for a third of a second. */
  readonly listen: (tracks: readonly MediaStreamTrack[]) => Promise<number[]>;
  /** Whose tone has this frequency, within a third of the way to the next one's. */
  readonly siteAt: (hertz: number) => number | null;
}

/**
 * A tone for each site, 50 Hz apart, and the ear that tells them apart. It runs in pages, where it
 * is sent as text: it may use nothing from outside its own braces.
 */
export function toneCode(): ToneCode {
  const lowest = 400;
  const apart = 50;
  const sites = 128;
  const hertz = (site: number) => lowest + site * apart;
  const siteAt = (f: number) => {
    const site = Math.round((f - lowest) / apart);
    const off = Math.abs(f - hertz(site));
    return site >= 0 && site < sites && off < apart / 3 ? site : null;
  };
  /** Decibels of full scale: a tone weaker than this is not heard, nor one so far below the loudest. */
  const audible = -50;
  const belowLoudest = 24;

  function make(site: number): MediaStreamTrack {
    // No loudspeaker is opened, and 71 of these at a low rate cost little.
    const options = { sampleRate: 16_000, sinkId: { type: 'none' } } as AudioContextOptions;
    const context = new AudioContext(options);
    const tone = new OscillatorNode(context, { frequency: hertz(site) });
    const volume = new GainNode(context, { gain: 0.25 });
    // A steady tone passes for background noise, which Opus leaves out (discontinuous transmission).
    const swell = new OscillatorNode(context, { frequency: 4 });
    const depth = new GainNode(context, { gain: 0.1 });
    const out = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
    swell.connect(depth).connect(volume.gain);
    tone.connect(volume).connect(out);
    tone.start();
    swell.start();
    const [track] = out.stream.getAudioTracks();
    if (!track) throw new Error('the browser made no audio track');
    return track;
  }

  let ear: AudioContext | undefined;

  async function listen(tracks: readonly MediaStreamTrack[]): Promise<number[]> {
    ear ??= new AudioContext({
      sampleRate: 48_000,
      sinkId: { type: 'none' },
    } as AudioContextOptions);
    const context = ear;
    await context.resume();
    const analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
    // New ones each time: in one that was kept, the last that came before it was left still waits.
    const sources = tracks.map((t) => context.createMediaStreamSource(new MediaStream([t])));
    for (const source of sources) source.connect(analyser);
    const spectrum = new Float32Array(analyser.frequencyBinCount).fill(-200);
    const loudest = new Float32Array(analyser.frequencyBinCount).fill(-200);
    // The window is 171 ms long and the first one is not full yet.
    for (let look = 0; look < 2; look++) {
      await new Promise((done) => setTimeout(done, 190));
      analyser.getFloatFrequencyData(spectrum);
      spectrum.forEach((level, bin) => {
        loudest[bin] = Math.max(loudest[bin] ?? -200, level);
      });
    }
    for (const source of sources) source.disconnect();
    const binOf = (f: number) => Math.round((f * analyser.fftSize) / context.sampleRate);
    const levelOf = (site: number) => {
      const middle = binOf(hertz(site));
      return Math.max(...loudest.subarray(middle - 1, middle + 2));
    };
    const levels = Array.from({ length: sites }, (_, site) => levelOf(site));
    const least = Math.max(audible, Math.max(...levels) - belowLoudest);
    return levels.flatMap((level, site) => {
      // The spectrum's own skirts are lower than the tone that they belong to.
      const peak = level >= (levels[site - 1] ?? -200) && level >= (levels[site + 1] ?? -200);
      return peak && level >= least ? [site] : [];
    });
  }

  return { make, listen, siteAt };
}
