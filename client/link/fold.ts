import type { BriefingState } from '../../server/domain/briefing.ts';
import { evolve } from '../../server/domain/evolve.ts';
import type { Version } from '../../server/domain/ids.ts';
import type { NumberedEvent } from '../../server/protocol/wire.ts';

/**
 * A briefing as this page knows it, and the number of the last event that it was sent on each
 * channel: an event on the one must not hide that one on the other was missed.
 */
export interface View {
  readonly state: BriefingState;
  readonly seen: Readonly<Record<NumberedEvent['channel'], Version>>;
}

type Folded = { readonly ok: true; readonly view: View } | { readonly ok: false };

export const viewOf = (state: BriefingState): View => ({
  state,
  seen: { all: state.version, own: state.version },
});

/**
 * Folds events into the view by the server's own rules. What is already known is skipped; an event
 * that was sent after one we never saw is a gap (RFC 4575 §4), and asks for the full state.
 */
export function fold(view: View, events: readonly NumberedEvent[]): Folded {
  let { state, seen } = view;
  for (const event of events) {
    const { channel, version, after } = event;
    if (version <= seen[channel]) continue;
    if (after > seen[channel]) return { ok: false };
    state = evolve(state, event);
    seen = { ...seen, [channel]: version };
  }
  return { ok: true, view: { state, seen } };
}
