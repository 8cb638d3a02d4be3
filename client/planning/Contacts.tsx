import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { PlanDraft } from '../../server/protocol/plan.ts';
import { local, text } from '../i18n/language.ts';
import { Button } from '../ui/Button.tsx';
import { TextField } from '../ui/Field.tsx';
import { toast } from '../ui/toasts.tsx';
import type { Contacts as Addresses } from './api.ts';
import type { Desk } from './desk.ts';

interface ContactsProps {
  readonly desk: Desk;
  readonly briefing: string;
  readonly points: PlanDraft['points'];
}

const split = (typed: string): string[] => typed.split(/[\s,;]+/).filter(Boolean);

const typedOut = (contacts: Addresses): Record<string, string> =>
  Object.fromEntries(Object.entries(contacts).map(([seat, list]) => [seat, list.join(', ')]));

/** Where each point is written to. Addresses are no part of the plan, and in no record. */
export function Contacts({ desk, briefing, points }: ContactsProps) {
  const t = text.value.planning.contacts;
  const typed = useSignal<Readonly<Record<string, string>> | null>(null);
  useEffect(() => {
    void desk.api.contacts(briefing).then((answer) => {
      if (answer.ok) typed.value = typedOut(answer.value.contacts);
    });
  }, [desk, briefing, typed]);
  const lines = typed.value;
  if (lines === null) return <p class="soft">{text.value.planning.loading}</p>;
  const former = desk.formerOne;
  /** Into the form alone: whoever is saved here is written to at once. */
  const takeOver = async (from: string) => {
    const answer = await desk.api.contacts(from);
    desk.problem.value = answer.ok ? null : answer.problem;
    if (!answer.ok) return;
    const theirs = typedOut(answer.value.contacts);
    const fresh = points.flatMap(({ id }) => {
      const line = theirs[id];
      return line !== undefined && (lines[id] ?? '').trim() === '' ? [[id, line] as const] : [];
    });
    typed.value = { ...lines, ...Object.fromEntries(fresh) };
    toast(t.taken(fresh.length));
  };
  const save = async () => {
    const contacts: Addresses = Object.fromEntries(
      points.flatMap(({ id }) => {
        const list = split(lines[id] ?? '');
        return list.length > 0 ? [[id, list]] : [];
      }),
    );
    const answer = await desk.api.setContacts(briefing, contacts);
    desk.problem.value = answer.ok ? null : answer.problem;
    if (answer.ok) toast(t.saved);
  };
  return (
    <>
      <p class="soft">{t.detail}</p>
      <details>
        <summary>
          {t.count(Object.values(lines).filter((line) => line.trim() !== '').length)}
        </summary>
        <div class="grid contacts">
          {points.map(({ id, name }) => (
            <TextField
              key={id}
              action={`contact.${id}`}
              label={local(name)}
              value={lines[id] ?? ''}
              onValue={(value) => {
                typed.value = { ...lines, [id]: value };
              }}
            />
          ))}
        </div>
      </details>
      <div class="row">
        <Button action="contacts.save" icon="check" onPress={save}>
          {t.save}
        </Button>
        {former && (
          <Button
            action="contacts.takeOver"
            icon="copy"
            look="quiet"
            onPress={() => takeOver(former.id)}
          >
            {t.takeOver(local(former.title))}
          </Button>
        )}
      </div>
    </>
  );
}
