import { useEffect } from 'preact/hooks';
import type { BriefingState } from '../../../server/domain/briefing.ts';
import type { Seat } from '../../../server/domain/roster.ts';
import { local, text } from '../../i18n/language.ts';
import { streamKey } from '../../media/streamKey.ts';
import { Badge, Standing } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { Video } from '../../ui/stage/Video.tsx';
import { useSurface } from '../../ui/useSurface.ts';
import type { Board } from '../board/useBoard.ts';
import { iconOf, reasonWords, toneOf } from '../board/words.ts';
import { copyText } from '../copy.ts';
import { FaultList } from '../faults/Faults.tsx';
import { Compose } from '../messages/Compose.tsx';
import { lookAt } from '../place.ts';
import { Actions } from './Actions.tsx';
import { Figures } from './Figures.tsx';
import './site.css';

interface SiteProps {
  readonly state: BriefingState;
  readonly seat: Seat;
  readonly board: Board;
  readonly url: string | null;
}

/** So many of a site's last faults are listed beside it. */
const faultsListed = 6;

/** One site closely: its picture, what it sends, sees and hears, and what can be done about it. */
export function Site({ state, seat, board, url }: SiteProps) {
  const { link, media } = useSurface();
  useEffect(() => {
    media.view({ tiles: [], closer: seat.id });
    return () => media.view({ tiles: [], closer: null });
  }, [media, seat.id]);
  const t = text.value.technician;
  const name = local(seat.name);
  const stand = board.stands.get(seat.id);
  const recent = board.rows.get(seat.id) ?? [];
  const faults = link.faults.value.filter(({ what }) => 'seat' in what && what.seat === seat.id);
  return (
    <section class="site" aria-label={name} data-site={seat.id}>
      <header>
        <h2>{name}</h2>
        <Button
          action="site.close"
          icon="cross"
          look="quiet"
          size="small"
          label={t.site.close}
          onPress={() => lookAt(null)}
        />
      </header>
      {stand && (
        <div class="stand">
          <Badge tone={toneOf[stand.standing]} icon={iconOf[stand.standing]}>
            {t.standing[stand.standing]}
          </Badge>
          {stand.reasons.map((reason) => (
            <span class="soft small" key={reason.is}>
              {reasonWords(reason)}
            </span>
          ))}
        </div>
      )}
      <Picture seat={seat} />
      <Actions state={state} seat={seat} cap={recent.at(-1)?.cap ?? null} />
      <Figures state={state} seat={seat} recent={recent} />
      {seat.id !== state.chairPoint && (
        <>
          <Compose key={seat.id} to={[seat.id]} label={t.site.message} />
          <div class="link">
            <span>{t.site.link}</span>
            {/* Long, and of use only as a whole: its end tells one from another. */}
            <code>{url === null ? '…' : `…${url.slice(-16)}`}</code>
            <Button
              action="link.copy"
              icon="copy"
              size="small"
              label={t.copyOf(name)}
              refused={url === null ? t.noLinks : null}
              onPress={() => url !== null && copyText(url)}
            >
              {t.copy}
            </Button>
          </div>
        </>
      )}
      <h3>{t.site.faults}</h3>
      <FaultList
        state={state}
        entries={faults.slice(0, faultsListed)}
        label={t.site.faults}
        of={seat.id}
      />
    </section>
  );
}

/** What the site's camera sends now, as this page receives it. */
function Picture({ seat }: { readonly seat: Seat }) {
  const { media, frames } = useSurface();
  const t = text.value.technician.site;
  const key = streamKey(seat.id, 'camera');
  const track = seat.status === 'connected' ? media.streams.value.get(key) : undefined;
  const seen = frames.has(key, track);
  return (
    <figure class="picture" aria-label={t.picture(local(seat.name))}>
      {track && <Video key={seat.id} stream={key} track={track} shown="main" />}
      {!seen && (
        <figcaption>
          <Standing icon={seat.status === 'connected' ? 'waiting' : 'cameraOff'}>
            {t.noPicture[seat.status]}
          </Standing>
        </figcaption>
      )}
    </figure>
  );
}
