import { playThrough } from './sound.ts';

/** Two notes, in hertz, and how long each sounds, in seconds: a chime, and no alarm. */
const notes = [523.25, 659.25];
const each = 0.45;
const loudness = 0.25;

/** Plays a chime through one loudspeaker (by the browser's id; empty: the usual one), and ends. */
export async function playTestTone(loudspeaker: string): Promise<void> {
  const context = new AudioContext();
  const way = context.createMediaStreamDestination();
  const element = new Audio();
  try {
    element.srcObject = way.stream;
    playThrough(element, loudspeaker);
    await context.resume();
    await element.play();
    const over = notes.map((frequency, index) => {
      const note = new OscillatorNode(context, { frequency });
      const from = context.currentTime + index * each;
      const gain = new GainNode(context, { gain: 0 });
      gain.gain.setTargetAtTime(loudness, from, 0.02);
      gain.gain.setTargetAtTime(0, from + each * 0.6, 0.08);
      note.connect(gain).connect(way);
      note.start(from);
      note.stop(from + each + 0.2);
      return new Promise((resolve) => note.addEventListener('ended', resolve));
    });
    await Promise.all(over);
  } finally {
    element.srcObject = null;
    await context.close();
  }
}
