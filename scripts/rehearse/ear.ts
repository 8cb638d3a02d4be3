export interface EarCode {
  /**
   * Cuts mono samples into slices of ten milliseconds and says of each whose tone it is: a site's
   * number, -1 for a sound that is no site's tone, null for silence.
   */
  readonly slices: (samples: Float32Array, sampleRate: number) => (number | null)[];
}

/**
 * Tells tones apart within ten milliseconds, where there is one tone at most: in a single track.
 * (A spectrum would need a window five times as long.) It runs in pages, where it is sent as text:
 * it may use nothing from outside its own braces.
 */
export function earCode(siteAt: (hertz: number) => number | null): EarCode {
  /**
   * Root mean square of full scale: -26 dB, half of a tone at its faintest. A voice that a jitter
   * buffer makes up for lost packets fades away, and from there on it counts as gone.
   */
  const audible = 0.05;

  /** By the time between its first and its last rise through zero, in Hz; 0 when it has no two. */
  function pitch(samples: Float32Array, sampleRate: number): number {
    let first: number | undefined;
    let last = 0;
    let periods = -1;
    for (let i = 1; i < samples.length; i++) {
      const before = samples[i - 1] ?? 0;
      const after = samples[i] ?? 0;
      if (before >= 0 || after < 0) continue;
      last = i - after / (after - before);
      first ??= last;
      periods++;
    }
    return periods < 1 || first === undefined ? 0 : (periods * sampleRate) / (last - first);
  }

  function slice(samples: Float32Array, sampleRate: number): number | null {
    let power = 0;
    for (const sample of samples) power += sample * sample;
    if (Math.sqrt(power / samples.length) < audible) return null;
    return siteAt(pitch(samples, sampleRate)) ?? -1;
  }

  return {
    slices(samples, sampleRate) {
      const length = Math.round(sampleRate / 100);
      return Array.from({ length: Math.floor(samples.length / length) }, (_, i) =>
        slice(samples.subarray(i * length, (i + 1) * length), sampleRate),
      );
    },
  };
}
