import { EventEmitter } from 'node:events';

/** How many emitters are added until those that are gone are struck off. */
const sweepEvery = 5_000;

let kept = new Set<WeakRef<EventEmitter>>();
let untilSweep = sweepEvery;

/** From now on every emitter of this process is known, without being kept alive by that. */
export function keepEmitters(): void {
  // Every emitter's constructor calls this, by its name; `node:domain` hooks in here as well.
  const hook = EventEmitter as unknown as { init(this: EventEmitter, options?: unknown): void };
  const before = hook.init;
  hook.init = function init(options) {
    before.call(this, options);
    kept.add(new WeakRef(this));
    untilSweep -= 1;
    if (untilSweep <= 0) living();
  };
}

function living(): EventEmitter[] {
  untilSweep = sweepEvery;
  const still = new Set<WeakRef<EventEmitter>>();
  const found: EventEmitter[] = [];
  for (const ref of kept) {
    const emitter = ref.deref();
    if (!emitter) continue;
    still.add(ref);
    found.push(emitter);
  }
  kept = still;
  return found;
}

export function countEmitters() {
  const emitters = living();
  const busy: { readonly text: string; readonly count: number }[] = [];
  let listeners = 0;
  for (const emitter of emitters) {
    for (const name of emitter.eventNames()) {
      const count = emitter.listenerCount(name);
      listeners += count;
      if (count > 3)
        busy.push({ count, text: `${emitter.constructor.name} '${String(name)}' ${count}` });
    }
  }
  return {
    counts: { emitters: emitters.length, listeners },
    busiest: busy
      .toSorted((a, b) => b.count - a.count)
      .slice(0, 5)
      .map(({ text }) => text),
  };
}
