import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { minuteTime } from '../../i18n/format.ts';
import { text } from '../../i18n/language.ts';
import { Button } from '../../ui/Button.tsx';
import { useSurface } from '../../ui/useSurface.ts';
import { readJson } from '../records/api.ts';
import type { MinutesVersion } from '../records/minutesView.ts';

interface VersionsProps {
  readonly briefing: string;
  /** The newest version; when it changes, the list is read again. */
  readonly version: number;
  /** The section that is being looked at. */
  readonly section: string;
  readonly mayWrite: boolean;
  /** Takes up what a version had in this section; null: what was built. */
  readonly onUse: (text: string | null) => void;
}

/** Every saved version, the newest first, and what it had in the section at hand. */
export function Versions({ briefing, version, section, mayWrite, onUse }: VersionsProps) {
  const { pass } = useSurface();
  const versions = useSignal<readonly MinutesVersion[]>([]);
  const t = text.value.chair.record;
  useEffect(() => {
    const away = new AbortController();
    const path = `${briefing}/minutes/versions`;
    void readJson<{ versions: MinutesVersion[] }>({ pass, path, signal: away.signal }).then(
      (answer) => {
        if (answer.ok) versions.value = answer.value.versions.toReversed();
      },
    );
    return () => away.abort();
  }, [briefing, pass, versions, version]);
  return (
    <section class="versions" aria-label={t.versions}>
      <h3>{t.versions}</h3>
      <ol>
        {versions.value.map((each) => (
          <li key={each.version} data-version={each.version}>
            <span>{t.version(each.version)}</span>
            <span class="small soft">
              {text.value.chair.by[each.by.role]} · {minuteTime(each.at)}
            </span>
            {mayWrite && each.version !== version && (
              <Button
                action="minutes.useVersion"
                icon="undo"
                look="quiet"
                size="small"
                label={t.useAgainOf(each.version)}
                onPress={() => onUse(each.sections[section] ?? null)}
              />
            )}
          </li>
        ))}
        {versions.value.length === 0 && <li class="soft small">{t.noVersions}</li>}
      </ol>
    </section>
  );
}
