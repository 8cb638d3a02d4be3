import type { BriefingState } from '../../../server/domain/briefing.ts';
import type { Devices } from '../../media/devices.ts';
import type { Presentation } from '../../media/presentation.ts';
import { place } from '../place.ts';
import { ControlBar } from './ControlBar.tsx';
import { Panel, PanelTabs } from './Panel.tsx';
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
  return (
    <main class="centre" data-desk={place.enlarged.value === 'yes' ? 'large' : undefined}>
      <div class="monitors">
        <Programme state={state} devices={devices} presentation={presentation} />
        <Preview state={state} />
      </div>
      <ControlBar state={state} />
      <div class="desk">
        <PanelTabs state={state} />
        <SelfView state={state} devices={devices} presentation={presentation} />
        <Panel state={state} />
      </div>
    </main>
  );
}
