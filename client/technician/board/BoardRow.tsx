import type { LineCheck } from '../../../server/domain/lineCheck.ts';
import type { Seat } from '../../../server/domain/roster.ts';
import { limits, lossOf } from '../../../server/protocol/quality.ts';
import type { SiteMeasure } from '../../../server/protocol/wire.ts';
import { clockTime, whole } from '../../i18n/format.ts';
import { local, text } from '../../i18n/language.ts';
import { Sparkline } from '../../ui/Sparkline.tsx';
import { lookAt, place } from '../place.ts';
import { CheckCell } from './CheckCell.tsx';
import { DevicesCell } from './DevicesCell.tsx';
import { LevelCell } from './LevelCell.tsx';
import { StateCell } from './StateCell.tsx';
import type { Stand } from './standing.ts';
import { msWords, nothing, rateWords, shareWords } from './words.ts';

interface BoardRowProps {
  readonly seat: Seat;
  readonly stand: Stand;
  readonly check: LineCheck | undefined;
  /** The last minutes' measures, the newest last. */
  readonly recent: readonly SiteMeasure[];
}

/** The graphs of a row reach back so many measures: a minute and a half. */
const graphed = 45;

/** One site in figures. The name looks at it closely. */
export function BoardRow({ seat, stand, check, recent }: BoardRowProps) {
  const t = text.value.technician;
  const name = local(seat.name);
  const last = seat.status === 'connected' ? recent.at(-1) : undefined;
  const graph = recent.slice(-graphed);
  const looked = place.site.value === seat.id;
  const loss = last ? lossOf(last) : null;
  return (
    <tr
      data-row={seat.id}
      data-seat={seat.id}
      data-status={seat.status}
      data-standing={stand.standing}
      data-looked={looked || undefined}
    >
      <td class="order">{seat.order}</td>
      <th scope="row">
        <button
          type="button"
          class="who"
          data-action="site.look"
          aria-pressed={looked}
          title={t.look(name)}
          onClick={() => lookAt(looked ? null : seat.id)}
        >
          {local(seat.shortName)}
        </button>
      </th>
      <StateCell seat={seat} stand={stand} last={last} />
      <td data-column="check">
        <CheckCell check={check} />
      </td>
      <td data-column="line">
        <span class="pair">
          <Figure value={msWords(last?.roundTripMs)} bad={over(last?.roundTripMs, 'roundTripMs')} />
          <Figure value={shareWords(loss)} bad={over(loss, 'loss')} />
        </span>
        {last && (
          <Sparkline
            values={graph.map((m) => m.roundTripMs)}
            max={limits.roundTripMs.fair}
            label={t.graph.roundTrip(msWords(last.roundTripMs))}
          />
        )}
      </td>
      <td data-column="rate">
        <span class="pair">
          <Figure value={last ? `↑ ${whole(last.bitrateUp / 1000)}` : nothing} />
          <Figure value={last ? `↓ ${whole(last.bitrateDown / 1000)}` : ''} />
        </span>
        {last && (
          <Sparkline
            values={graph.map((m) => m.bitrateUp)}
            max={1_000_000}
            label={t.graph.up(rateWords(last.bitrateUp))}
          />
        )}
      </td>
      <td data-column="frames">{last ? framesWords(last) : nothing}</td>
      <td data-column="freezes">{last ? whole(last.freezes) : nothing}</td>
      <td data-column="level">
        <LevelCell seat={seat} />
      </td>
      <td data-column="devices">
        <DevicesCell seat={seat} />
      </td>
      <td data-column="browser">
        {last ? (
          <>
            {last.browser}
            <small>{last.system}</small>
          </>
        ) : (
          nothing
        )}
      </td>
      <td data-column="node" title={last && t.lastHeard(clockTime(last.at))}>
        {last?.node ?? nothing}
      </td>
    </tr>
  );
}

/** Sent → received: the slowest of the pictures that should be seen there. */
function framesWords(m: SiteMeasure): string {
  const cameras = m.pictures.filter((p) => p.source === 'camera');
  const sent = m.sent.wanted === 'off' ? nothing : whole(m.sent.framesPerSecond);
  const seen =
    cameras.length === 0 ? nothing : whole(Math.min(...cameras.map((p) => p.framesPerSecond)));
  return `${sent} → ${seen}`;
}

type Severity = 'fair' | 'bad';

const over = (
  value: number | null | undefined,
  of: 'loss' | 'roundTripMs',
): Severity | undefined => {
  if (value === null || value === undefined || value < limits[of].fair) return undefined;
  return value >= limits[of].bad ? 'bad' : 'fair';
};

const Figure = ({ value, bad }: { value: string; bad?: Severity | undefined }) => (
  <span class="figure" data-bad={bad}>
    {value}
  </span>
);
