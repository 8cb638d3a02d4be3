import type { BriefingState } from '../../server/domain/briefing.ts';
import { local, text } from '../i18n/language.ts';
import { Button } from '../ui/Button.tsx';
import { Clock } from '../ui/Clock.tsx';
import { Icon } from '../ui/Icon.tsx';
import { LanguageSwitch } from '../ui/LanguageSwitch.tsx';
import { useSurface } from '../ui/useSurface.ts';

interface HeaderProps {
  readonly state: BriefingState;
  readonly onHelp: () => void;
}

export function Header({ state, onHelp }: HeaderProps) {
  const { link, sound } = useSurface();
  const t = text.value;
  const live = link.status.value.is === 'live';
  const silenced = sound.silenced.value;
  return (
    <header class="header">
      <div class="title">
        <h1 title={local(state.title)}>{local(state.title)}</h1>
        <span class="soft small">{local(state.sector)}</span>
      </div>
      <span class="badge" data-phase={state.phase}>
        <Icon name={state.phase === 'inSession' ? 'online' : 'waiting'} />
        {t.phase[state.phase]}
      </span>
      <span class="line soft" data-line={live ? 'live' : 'lost'}>
        <Icon name={live ? 'online' : 'waiting'} />
        {live ? t.link.live : t.link.lost}
      </span>
      <Button
        action="sound.silence"
        icon={silenced ? 'soundOff' : 'sound'}
        look="quiet"
        label={silenced ? t.sound.unsilence : t.sound.silence}
        onPress={() => {
          sound.silenced.value = !silenced;
        }}
      />
      <Button action="keys.show" icon="keys" look="quiet" label={t.chair.help} onPress={onHelp} />
      <LanguageSwitch />
      <Clock />
    </header>
  );
}
