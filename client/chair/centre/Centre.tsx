import type { BriefingState } from '../../../server/domain/briefing.ts';
import { text } from '../../i18n/language.ts';
import type { Devices } from '../../media/devices.ts';
import type { Presentation } from '../../media/presentation.ts';
import { Scroller } from '../../ui/Scroller.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { FloorRulesForm } from '../floor/FloorRulesForm.tsx';
import { Messages } from '../messages/Messages.tsx';
import { panels, place } from '../place.ts';
import { Agenda } from './Agenda.tsx';
import { ControlBar } from './ControlBar.tsx';
import { Preview } from './Preview.tsx';
import { Programme } from './Programme.tsx';
import { SelfView } from './SelfView.tsx';

interface CentreProps {
  readonly state: BriefingState;
  readonly devices: Devices | null;
  readonly presentation: Presentation | null;
}

/** Programme and preview, and under them what the chair sends, decides, plans and says. */
export function Centre({ state, devices, presentation }: CentreProps) {
  const t = text.value.chair;
  const panel = place.panel.value;
  return (
    <main class="centre">
      <div class="monitors">
        <Programme state={state} devices={devices} presentation={presentation} />
        <Preview state={state} />
      </div>
      <ControlBar state={state} />
      <div class="desk">
        <SelfView state={state} devices={devices} presentation={presentation} />
        <section class="panel" aria-label={t.panel[panel]}>
          <Segmented
            action="panel"
            label={t.panels}
            value={panel}
            choices={panels.map((p) => ({
              value: p,
              label: t.panel[p],
              count: p === 'messages' ? state.messages.length : undefined,
            }))}
            onChoose={(chosen) => {
              place.panel.value = chosen;
            }}
          />
          <Scroller class="panel-body" key={panel}>
            {panel === 'agenda' && <Agenda state={state} />}
            {panel === 'messages' && <Messages state={state} />}
            {panel === 'rules' && <FloorRulesForm state={state} />}
          </Scroller>
        </section>
      </div>
    </main>
  );
}
