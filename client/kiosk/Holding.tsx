import type { ComponentChildren } from 'preact';
import type { BriefingState } from '../../server/domain/briefing.ts';
import type { SeatId } from '../../server/domain/ids.ts';
import { invitationTime, longDate } from '../i18n/format.ts';
import { local, text } from '../i18n/language.ts';
import { Clock } from '../ui/Clock.tsx';
import { useSurface } from '../ui/useSurface.ts';
import { Countdown } from './Countdown.tsx';

interface HoldingProps {
  readonly state: BriefingState | null;
  readonly seat: SeatId | null;
  /** What is to be looked at meanwhile. */
  readonly children?: ComponentChildren;
}

/** What a kiosk shows while there is no programme: which briefing, which point, what time it is. */
export function Holding({ state, seat, children }: HoldingProps) {
  const { link, media } = useSurface();
  const t = text.value;
  const own = seat === null ? undefined : state?.seats[seat];
  // Outside of a session nobody misses picture and sound.
  const awaited = state?.phase === 'gathering' || state?.phase === 'inSession';
  const interrupted = awaited && media.unavailable.value;
  const early = state?.phase === 'scheduled' || state?.phase === 'gathering';
  return (
    <section class="holding" data-holding={state?.phase ?? 'connecting'}>
      {state ? (
        <>
          <p class="sector">{local(state.sector)}</p>
          <h1>{local(state.title)}</h1>
          {own && <p class="point">{local(own.name)}</p>}
          <div class="times">
            <p class="time">
              <Clock />
            </p>
            <p class="soft">
              {longDate(link.clock.second.value)}
              {early && ` · ${t.kiosk.startsAt(invitationTime(state.startsAt))}`}
            </p>
            {early && <Countdown startsAt={state.startsAt} />}
          </div>
          <p class="word" role="status" data-interrupted={interrupted ? 'media' : undefined}>
            {interrupted ? t.kiosk.noMedia : t.kiosk.holding[state.phase]}
          </p>
          {children}
        </>
      ) : (
        <>
          <p class="time">
            <Clock />
          </p>
          <p class="word" role="status">
            {t.link.connecting}
          </p>
        </>
      )}
    </section>
  );
}
