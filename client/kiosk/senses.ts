import { type ReadonlySignal, signal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';

/** How often sound is measured, in milliseconds: as often as a bar must move to look alive. */
const listenEvery = 100;
/** Below it there is nothing but a digital nothing, in dBFS. */
const quietest = -100;

/**
 * How loud a microphone is now, in dBFS (RMS); null where that cannot be known: no track, or a
 * browser that computes no sound before the first tap. Its own copy of the track: the original is
 * shut until the server opens it.
 */
export function useLevel(track: MediaStreamTrack | null): ReadonlySignal<number | null> {
  const level = useMemo(() => signal<number | null>(null), []);
  useEffect(() => {
    level.value = null;
    if (!track) return;
    const copy = track.clone();
    copy.enabled = true;
    const context = new AudioContext();
    const analyser = new AnalyserNode(context, { fftSize: 2048 });
    const source = context.createMediaStreamSource(new MediaStream([copy]));
    source.connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const timer = setInterval(() => {
      if (context.state !== 'running') return void context.resume().catch(() => undefined);
      analyser.getFloatTimeDomainData(samples);
      const power = samples.reduce((sum, s) => sum + s * s, 0) / samples.length;
      level.value = Math.max(quietest, 10 * Math.log10(power || Number.MIN_VALUE));
    }, listenEvery);
    return () => {
      clearInterval(timer);
      source.disconnect();
      copy.stop();
      void context.close();
    };
  }, [track, level]);
  return level;
}

/** Quieter than this is nobody's room, in dBFS. */
const audible = -65;
/** So long nothing was heard of a microphone that should speak, in milliseconds. */
const silentAfter = 12_000;

/** Whether nothing at all has been heard of it for long. */
export function useSilence(track: MediaStreamTrack | null): ReadonlySignal<boolean> {
  const level = useLevel(track);
  const silent = useMemo(() => signal(false), []);
  useEffect(() => {
    silent.value = false;
    let heardAt = performance.now();
    const timer = setInterval(() => {
      const now = performance.now();
      const db = level.peek();
      if (db === null || db > audible) heardAt = now;
      silent.value = now - heardAt >= silentAfter;
    }, listenEvery);
    return () => clearInterval(timer);
  }, [track, level, silent]);
  return silent;
}
