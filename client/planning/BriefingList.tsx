import { invitationTime } from '../i18n/format.ts';
import { local, text } from '../i18n/language.ts';
import { Badge } from '../ui/Badge.tsx';
import type { Summary } from './api.ts';
import type { Desk } from './desk.ts';

interface BriefingListProps {
  readonly desk: Desk;
  readonly onOpen: (id: string) => void;
}

/** The newest first: by when they begin. */
const byStart = (a: Summary, b: Summary) => Date.parse(b.startsAt) - Date.parse(a.startsAt);

/** What is under way first, then by their start. */
const inOrder = (all: readonly Summary[]): Summary[] => {
  const on = ({ phase }: Summary) => phase !== 'scheduled' && phase !== 'closed';
  return [...all].sort((a, b) => Number(on(b)) - Number(on(a)) || byStart(a, b));
};

export function BriefingList({ desk, onOpen }: BriefingListProps) {
  const t = text.value;
  const all = desk.briefings.value;
  if (all === null) return <p class="soft">{t.planning.loading}</p>;
  if (all.length === 0) return <p class="soft">{t.planning.none}</p>;
  const current = desk.summary?.id;
  return (
    <ul>
      {inOrder(all).map(({ id, title, startsAt, phase }) => (
        <li key={id}>
          <button
            type="button"
            class="briefing"
            data-action="briefing.open"
            data-briefing={id}
            aria-current={id === current ? 'true' : undefined}
            onClick={() => id !== current && onOpen(id)}
          >
            <span class="name">{local(title)}</span>
            <span class="when">
              <span class="soft small">{invitationTime(startsAt)}</span>
              <Badge
                icon={phase === 'closed' ? 'check' : phase === 'scheduled' ? 'clock' : 'onAir'}
                tone={phase === 'inSession' ? 'accent' : 'plain'}
              >
                {t.phase[phase]}
              </Badge>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
