import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { BriefingState } from '../../../server/domain/briefing.ts';
import { requestOf } from '../../../server/domain/floor.ts';
import { programme } from '../../../server/domain/routing.ts';
import type { BrowserCommand } from '../../../server/protocol/commands.ts';
import { local, text } from '../../i18n/language.ts';
import { streamKey } from '../../media/streamKey.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { seatIcon } from '../../ui/seatIcon.ts';
import { Player } from '../../ui/stage/Player.tsx';
import { useCommands } from '../../ui/useCommands.ts';
import { useSurface } from '../../ui/useSurface.ts';
import { place } from '../place.ts';
import { SeatState } from '../roster/SeatState.tsx';
import { troubleWords } from '../roster/troubleWords.ts';
import { useTroubles } from '../roster/useTroubles.ts';
import { SeatMenu } from '../SeatMenu.tsx';
import { grantWords, replacedBy, standing } from '../words.ts';

const fills = { inset: '0', width: '100%', height: '100%' };

/**
 * Who might be called: the next in line, whose picture stands by on every page, or any point that
 * the chair looks at before it calls. Only the latter is asked for on its own account.
 */
export function Preview({ state }: { readonly state: BriefingState }) {
  const { media } = useSurface();
  const { give, refused } = useCommands();
  const troublesOf = useTroubles();
  /** The track whose picture is seen; a track alone is still black. */
  const seen = useSignal<string | null>(null);
  const t = text.value;
  const looking = state.seats[place.looking.value ?? '']?.id ?? null;
  const { cue } = programme(state);
  const seat = state.seats[looking ?? cue ?? ''];
  useEffect(() => media.view({ tiles: 'all', closer: looking }), [media, looking]);
  const title = looking === null || looking === cue ? t.chair.nextInLine : t.chair.looking;
  const here = seat?.status === 'connected';
  const shown = here ? media.streams.value.get(streamKey(seat.id, 'camera')) : undefined;
  const troubles = seat ? troublesOf(seat) : [];
  const grant: BrowserCommand | null = seat
    ? { type: 'floor.grant', target: { seat: seat.id }, replace: true }
    : null;
  const ended = seat && replacedBy(state, seat);
  const onAir = seat && requestOf(state.floor, seat.id)?.status === 'granted';
  return (
    <section class="preview" aria-label={t.chair.preview} data-seat={seat?.id}>
      <h2>
        {seat ? title : t.chair.preview}
        {looking !== null && (
          <Button
            action="preview.next"
            icon="cross"
            look="quiet"
            size="small"
            label={t.chair.backToNext}
            onPress={() => {
              place.looking.value = null;
            }}
          />
        )}
      </h2>
      <div class="screen">
        {shown && (
          <Player
            key={shown.id}
            track={shown}
            place={{ 'data-preview': seat?.id ?? '' }}
            style={fills}
            onPicture={({ id }) => {
              seen.value = id;
            }}
            onStale={({ id }) => {
              if (seen.value === id) seen.value = null;
            }}
          />
        )}
        {(!shown || seen.value !== shown.id) && (
          <p class="soft small">
            <Icon name={!seat || seat.status === 'connected' ? 'waiting' : seatIcon[seat.status]} />
            {!seat
              ? t.chair.previewNobody
              : seat.status === 'connected'
                ? t.stage.waiting
                : t.seat[seat.status]}
          </p>
        )}
      </div>
      {seat && (
        <div class="about">
          <div class="whom">
            <strong>{local(seat.name)}</strong>
            <SeatState seat={seat} {...standing(state, seat)} troubles={[]} />
          </div>
          <SeatMenu seat={seat} troubles={troubles} />
          {troubles.length > 0 && (
            <ul class="troubles small">
              {troubles.map((trouble) => (
                <li key={trouble.is}>{troubleWords(trouble)}</li>
              ))}
            </ul>
          )}
          {grant && !onAir && (
            <Button
              action="preview.grant"
              icon="next"
              label={grantWords(state, seat)}
              refused={refused(grant)}
              onPress={() => give(grant)}
            >
              <span class="words">
                <span>{t.chair.grant}</span>
                {ended && <span class="small">{t.chair.instead(local(ended.shortName))}</span>}
              </span>
            </Button>
          )}
        </div>
      )}
    </section>
  );
}
