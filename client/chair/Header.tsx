import type { BriefingState } from '../../server/domain/briefing.ts';
import { writtenTime } from '../i18n/format.ts';
import { local, text } from '../i18n/language.ts';
import { Badge, Standing } from '../ui/Badge.tsx';
import { Button } from '../ui/Button.tsx';
import { Clock } from '../ui/Clock.tsx';
import { LanguageSwitch } from '../ui/LanguageSwitch.tsx';
import { ThemeSwitch } from '../ui/ThemeSwitch.tsx';
import { useSurface } from '../ui/useSurface.ts';
import { agendaTimes } from './centre/agendaTimes.ts';
import { open } from './place.ts';

export function Header({ state }: { readonly state: BriefingState }) {
  const { link, sound } = useSurface();
  const t = text.value;
  const live = link.status.value.is === 'live';
  const silenced = sound.silenced.value;
  const times = agendaTimes(state.startsAt, state.agenda);
  const [first] = times;
  const last = times.at(-1);
  return (
    <header class="header">
      <div class="title">
        <h1 title={local(state.title)}>{local(state.title)}</h1>
        <span class="soft small">{local(state.sector)}</span>
      </div>
      <Badge
        tone={state.phase === 'inSession' ? 'accent' : 'plain'}
        icon={state.phase === 'inSession' ? 'online' : 'waiting'}
      >
        {t.phase[state.phase]}
      </Badge>
      <span class="line" data-line={live ? 'live' : 'lost'}>
        <Standing tone={live ? 'plain' : 'caution'} icon={live ? 'line' : 'lineOff'}>
          {live ? t.link.live : t.link.lost}
        </Standing>
      </span>
      <div class="tools">
        <Button
          action="sound.silence"
          icon={silenced ? 'soundOff' : 'sound'}
          look="quiet"
          pressed={silenced}
          label={silenced ? t.sound.unsilence : t.sound.silence}
          onPress={() => {
            sound.silenced.value = !silenced;
          }}
        />
        <ThemeSwitch />
        <Button
          action="keys.show"
          icon="keys"
          look="quiet"
          label={t.dialog.keys}
          onPress={() => {
            open.help.value = true;
          }}
        />
        <LanguageSwitch />
      </div>
      <div class="hours">
        <Clock />
        {first && last && (
          <span class="small soft">
            {t.chair.plan(writtenTime(first.from), writtenTime(last.to))}
          </span>
        )}
      </div>
    </header>
  );
}
