import type { ComponentType } from 'preact';
import type { BriefingState } from '../../../server/domain/briefing.ts';
import { openVote } from '../../../server/domain/vote.ts';
import { text } from '../../i18n/language.ts';
import { Button } from '../../ui/Button.tsx';
import { Scroller } from '../../ui/Scroller.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Agenda } from '../agenda/Agenda.tsx';
import { Directives } from '../directives/Directives.tsx';
import { FloorRulesForm } from '../floor/FloorRulesForm.tsx';
import { Messages } from '../messages/Messages.tsx';
import { Minutes } from '../minutes/Minutes.tsx';
import { panels, place } from '../place.ts';
import { RollCall } from '../rollCall/RollCall.tsx';
import { Votes } from '../votes/Votes.tsx';

type PanelName = (typeof panels)[number];

const contents: Record<PanelName, ComponentType<{ readonly state: BriefingState }>> = {
  agenda: Agenda,
  rollCall: RollCall,
  votes: Votes,
  directives: Directives,
  minutes: Minutes,
  messages: Messages,
  rules: FloorRulesForm,
};

/** What lies open under the programme, and whether it has the larger part of the page. */
export function PanelTabs({ state }: { readonly state: BriefingState }) {
  const t = text.value.chair;
  const large = place.enlarged.value === 'yes';
  const counts: Partial<Record<PanelName, number>> = {
    ...(state.messages.length > 0 ? { messages: state.messages.length } : {}),
    ...(openVote(state.votes) ? { votes: 1 } : {}),
  };
  return (
    <div class="tabs">
      <Segmented
        action="panel"
        label={t.panels}
        value={place.panel.value}
        choices={panels.map((p) => ({ value: p, label: t.panel[p], count: counts[p] }))}
        onChoose={(chosen) => {
          place.panel.value = chosen;
        }}
      />
      <Button
        action="panel.enlarge"
        icon={large ? 'fullscreenOff' : 'fullscreen'}
        look="quiet"
        size="small"
        pressed={large}
        label={large ? t.reduce : t.enlarge}
        onPress={() => {
          place.enlarged.value = large ? 'no' : 'yes';
        }}
      />
    </div>
  );
}

/** What the secretary works in: one tab at a time. */
export function Panel({ state }: { readonly state: BriefingState }) {
  const panel = place.panel.value;
  const Content = contents[panel];
  return (
    <section class="panel" aria-label={text.value.chair.panel[panel]}>
      <Scroller class="panel-body" key={panel}>
        <Content state={state} />
      </Scroller>
    </section>
  );
}
