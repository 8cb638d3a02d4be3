import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { local, text } from '../i18n/language.ts';
import { Button } from '../ui/Button.tsx';
import { Clock } from '../ui/Clock.tsx';
import { Filters } from '../ui/Filters.tsx';
import { LanguageSwitch } from '../ui/LanguageSwitch.tsx';
import { Notice } from '../ui/Notices.tsx';
import { inOrder } from '../ui/roster.ts';
import { finds, matches, type RosterFilter } from '../ui/search.ts';
import { useSurface } from '../ui/useSurface.ts';
import { copyText } from './copy.ts';
import { fetchLinks } from './links.ts';
import { PointRow } from './PointRow.tsx';
import './technician.css';

/** Every point, its state and its link, for whoever sets the sites up. */
export function Technician() {
  const { link, pass } = useSurface();
  const links = useMemo(() => fetchLinks(pass), [pass]);
  useEffect(() => links.close, [links]);
  const query = useSignal('');
  const filter = useSignal<RosterFilter>('all');
  const t = text.value.technician;
  const state = link.state.value;
  if (!state) return <Notice icon="waiting" title={text.value.link.connecting} detail="" />;
  const all = inOrder(state.seats);
  const shown = all.filter((s) => matches(filter.value, s) && finds(query.value, local(s.name)));
  const urls = links.urls.value;
  const list = () =>
    shown.map((s) => `${s.order}\t${local(s.name)}\t${urls?.get(s.id) ?? ''}`).join('\n');
  const columns = t.columns;
  return (
    <main class="technician">
      <header>
        <div class="title">
          <h1>{t.title}</h1>
          <span class="soft small">{local(state.title)}</span>
        </div>
        <input
          class="field"
          type="search"
          placeholder={t.search}
          aria-label={t.search}
          value={query.value}
          onInput={(e) => {
            query.value = e.currentTarget.value;
          }}
        />
        <Filters seats={all} chosen={filter} />
        <Button
          action="links.copyAll"
          icon="copy"
          refused={urls ? null : t.noLinks}
          onPress={() => copyText(list())}
        >
          {t.copyAll}
        </Button>
        <LanguageSwitch />
        <Clock />
      </header>
      <div class="sheet">
        <table>
          <thead>
            <tr>
              <th>{columns.order}</th>
              <th>{columns.name}</th>
              <th>{columns.kind}</th>
              <th>{columns.status}</th>
              <th>{columns.since}</th>
              <th>{columns.camera}</th>
              <th>{columns.microphone}</th>
              <th>{columns.link}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((seat) => (
              <PointRow
                key={seat.id}
                seat={seat}
                report={link.sites.value.get(seat.id)}
                url={urls?.get(seat.id) ?? null}
              />
            ))}
          </tbody>
        </table>
        {shown.length === 0 && <p class="empty soft">{text.value.chair.nobody}</p>}
      </div>
    </main>
  );
}
