import { fold, type View, viewOf } from '../../client/link/fold.ts';
import type { BriefingState } from '../../server/domain/briefing.ts';
import type { NumberedEvent } from '../../server/protocol/wire.ts';
import { WirePage } from './wirePage.ts';

/** The chair's page: it knows the briefing, as the surface does, by folding what it is sent. */
export class ChairPage extends WirePage {
  /** Resolves with the first welcome. */
  readonly ready: Promise<void>;
  #view: View | undefined;

  constructor(o: { urls: readonly string[]; pass: string; seat: string }) {
    const welcomed = Promise.withResolvers<void>();
    super({
      ...o,
      at: 0,
      role: 'chair',
      onWelcome: ({ state }) => {
        this.#view = viewOf(state);
        welcomed.resolve();
      },
      onEvents: (events) => void this.#take(events),
    });
    this.ready = welcomed.promise;
  }

  /** @throws Error before the first welcome. */
  get state(): BriefingState {
    if (!this.#view) throw new Error('the chair is not welcomed yet');
    return this.#view.state;
  }

  /** Brings the briefing into session, from wherever it is. */
  async begin(): Promise<void> {
    if (this.state.phase === 'scheduled') await this.command({ type: 'phase.step', step: 'open' });
    await this.command({ type: 'phase.step', step: 'begin' });
    await this.command({ type: 'phase.step', step: 'resume' });
  }

  /** Nobody speaks, waits, presents or is muted any more. */
  async tidy(): Promise<void> {
    const { floor, seats, presentation } = this.state;
    if (presentation) await this.command({ type: 'presentation.stop', seat: presentation.seat });
    for (const { id } of floor.requests) await this.command({ type: 'floor.release', request: id });
    for (const { id, muted } of Object.values(seats)) {
      if (muted) await this.command({ type: 'seat.unmute', seat: id });
    }
  }

  async #take(events: readonly NumberedEvent[]): Promise<void> {
    if (!this.#view) return;
    const folded = fold(this.#view, events);
    if (folded.ok) {
      this.#view = folded.view;
      return;
    }
    const whole = await this.ask('snapshot', {});
    if (whole?.ok) this.#view = viewOf(whole.state);
  }
}
