import type { PlanDraft } from '../../server/protocol/plan.ts';
import { whole } from '../i18n/format.ts';
import { local, text } from '../i18n/language.ts';
import { copyText } from '../technician/copy.ts';
import { Button } from '../ui/Button.tsx';
import type { PageLink } from './api.ts';

interface LinksProps {
  readonly plan: PlanDraft;
  readonly links: readonly PageLink[] | null;
}

const copyWithPoints = (links: readonly PageLink[], nameOf: (link: PageLink) => string) =>
  copyText(links.map((l, i) => `${i + 1}\t${nameOf(l)}\t${l.url}`).join('\n'));

/** The signed addresses to hand out: each opens one page with the rights of its role. */
export function Links({ plan, links }: LinksProps) {
  const t = text.value.planning;
  if (!links) return <p class="soft">{t.loading}</p>;
  const names = new Map(plan.points.map(({ id, name }) => [id, local(name)]));
  const nameOf = ({ role, seat }: PageLink): string =>
    role === 'point' ? (names.get(seat ?? '') ?? seat ?? '') : t.links.roles[role];
  const points = links.filter(({ role }) => role === 'point');
  return (
    <>
      <p class="soft">{t.links.secret}</p>
      <ul class="links">
        {links
          .filter(({ role }) => role !== 'point')
          .map((link) => (
            <LinkRow key={link.role} link={link} name={nameOf(link)} />
          ))}
      </ul>
      {points.length > 0 && (
        <details>
          <summary>{t.links.points(whole(points.length))}</summary>
          <div class="row">
            <Button
              action="links.copyPoints"
              icon="copy"
              onPress={() => copyWithPoints(points, nameOf)}
            >
              {t.links.copyPoints}
            </Button>
          </div>
          <ul class="links">
            {points.map((link) => (
              <LinkRow key={link.seat} link={link} name={nameOf(link)} />
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function LinkRow({ link, name }: { readonly link: PageLink; readonly name: string }) {
  const t = text.value.planning.links;
  return (
    <li data-role={link.role} data-seat={link.seat ?? undefined}>
      <span class="name">{name}</span>
      <Button
        action="link.copy"
        icon="copy"
        size="small"
        label={t.copyOf(name)}
        onPress={() => copyText(link.url)}
      >
        {t.copy}
      </Button>
      <a
        class="button"
        data-size="small"
        data-action="link.open"
        href={link.url}
        target="_blank"
        rel="noopener noreferrer"
        aria-label={t.openOf(name)}
      >
        {t.open}
      </a>
    </li>
  );
}
