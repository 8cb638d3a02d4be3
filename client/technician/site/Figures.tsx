import type { BriefingState } from '../../../server/domain/briefing.ts';
import type { LineCheck } from '../../../server/domain/lineCheck.ts';
import type { Seat } from '../../../server/domain/roster.ts';
import type { SiteMeasure } from '../../../server/protocol/wire.ts';
import { duration, percent, whole } from '../../i18n/format.ts';
import { local, text } from '../../i18n/language.ts';
import { checkWords } from '../../ui/checkWords.ts';
import { Sparkline } from '../../ui/Sparkline.tsx';
import { msWords, rateWords, shareWords } from '../board/words.ts';

interface FiguresProps {
  readonly state: BriefingState;
  readonly seat: Seat;
  /** The last minutes' measures, the newest last. */
  readonly recent: readonly SiteMeasure[];
}

/** What a site sends, what it sees and hears, and how its line stands, in figures. */
export function Figures({ state, seat, recent }: FiguresProps) {
  const last = seat.status === 'connected' ? recent.at(-1) : undefined;
  if (!last) return null;
  return (
    <div class="site-figures">
      <Sends of={last} />
      <Receives state={state} of={last} />
      <Line of={last} recent={recent} check={state.lineChecks[seat.id]} />
    </div>
  );
}

function Sends({ of: { sent, ...m } }: { readonly of: SiteMeasure }) {
  const t = text.value.technician.site;
  return (
    <section data-part="sends">
      <h3>{t.sends}</h3>
      <dl>
        <Row name={t.wanted} value={t.layer[sent.wanted]} />
        <Row name={t.size} value={sizeWords(sent.size)} />
        <Row name={t.frames} value={whole(sent.framesPerSecond)} />
        <Row name={t.limitedBy} value={t.limit[sent.limitedBy]} />
        <Row name={t.level} value={m.level === null ? t.shut : percent(m.level)} />
        <Row name={t.camera} value={m.cameraLabel ?? t.noDevice} />
        <Row name={t.microphone} value={m.microphoneLabel ?? t.noDevice} />
      </dl>
    </section>
  );
}

function Receives({ state, of: m }: { readonly state: BriefingState; readonly of: SiteMeasure }) {
  const t = text.value.technician.site;
  const stage = text.value.stage;
  return (
    <section data-part="receives">
      <h3>{t.receives}</h3>
      {m.pictures.length === 0 && <p class="soft small">{t.nothing}</p>}
      <dl>
        {m.pictures.map((p) => {
          const seat = state.seats[p.seat];
          const name = seat ? local(seat.shortName) : p.seat;
          return (
            <Row
              key={`${p.seat}/${p.source}`}
              name={p.source === 'presentation' ? stage.presenting(name) : name}
              value={`${sizeWords(p.size)} · ${whole(p.framesPerSecond)}/s`}
              bad={p.source === 'camera' && p.framesPerSecond === 0}
            />
          );
        })}
        <Row name={t.freezes} value={t.frozen(whole(m.freezes), duration(m.frozenMs))} />
        <Row name={t.concealed} value={shareWords(m.concealed)} />
        <Row name={t.jitter} value={msWords(m.jitterMs)} />
      </dl>
    </section>
  );
}

interface LineProps {
  readonly of: SiteMeasure;
  readonly recent: readonly SiteMeasure[];
  readonly check: LineCheck | undefined;
}

function Line({ of: m, recent, check }: LineProps) {
  const t = text.value.technician;
  const s = t.site;
  const graphs = [
    [s.roundTrip, msWords(m.roundTripMs), recent.map((r) => r.roundTripMs), t.graph.roundTrip],
    [s.lossUp, shareWords(m.lossUp), recent.map((r) => r.lossUp), t.graph.loss],
    [s.lossDown, shareWords(m.lossDown), recent.map((r) => r.lossDown), t.graph.loss],
    [s.up, rateWords(m.bitrateUp), recent.map((r) => r.bitrateUp), t.graph.up],
    [s.down, rateWords(m.bitrateDown), recent.map((r) => r.bitrateDown), t.graph.down],
  ] as const;
  return (
    <section data-part="line">
      <h3>{s.line}</h3>
      <div class="graphs">
        {graphs.map(([name, now, values, words]) => (
          <div key={name}>
            <span class="soft">{name}</span>
            <b>{now}</b>
            <Sparkline values={values} label={words(now)} />
          </div>
        ))}
      </div>
      <dl>
        {check && <Row name={t.check.title} value={checkWords(check)} />}
        <Row name={s.available} value={rateWords(m.availableUp)} />
        <Row name={s.node} value={m.node ?? s.unknown} />
        <Row name={s.standby} value={m.standbyNode ?? s.noStandby} />
        <Row name={s.machine} value={[m.browser, m.system].filter(Boolean).join(' · ')} />
        <Row name={s.uptime} value={duration(m.uptimeMs)} />
      </dl>
    </section>
  );
}

interface RowProps {
  readonly name: string;
  readonly value: string;
  readonly bad?: boolean | undefined;
}

const Row = ({ name, value, bad }: RowProps) => (
  <div data-bad={bad || undefined}>
    <dt>{name}</dt>
    <dd title={value}>{value}</dd>
  </div>
);

const sizeWords = (size: { width: number; height: number } | null): string =>
  size ? `${size.width} × ${size.height}` : text.value.technician.site.unknown;
