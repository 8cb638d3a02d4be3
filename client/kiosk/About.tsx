import type { BriefingState } from '../../server/domain/briefing.ts';
import { local, text } from '../i18n/language.ts';
import { agendaNow } from './agendaNow.ts';

interface AboutProps {
  readonly state: BriefingState;
  /** The holding picture names the briefing already. */
  readonly named: boolean;
}

/** Which briefing this is, what it is about at this moment, and how far it has come. */
export function About({ state, named }: AboutProps) {
  const t = text.value;
  const now = agendaNow(state);
  const title = local(state.title);
  return (
    <div class="about" data-item={now?.item.id}>
      {named ? <strong>{title}</strong> : <h1>{title}</h1>}
      {now && <span class="item">{local(now.item.title)}</span>}
      <span class="soft" data-phase={state.phase}>
        {t.phase[state.phase]}
        {now && ` · ${t.kiosk.item(String(now.place), String(now.of))}`}
      </span>
    </div>
  );
}
