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

/** Where each point is written to. Addresses are no part of the plan, and in no record. */
export function Contacts({ desk, briefing, points }: ContactsProps) {
  const t = text.value.planning.contacts;
  const typed = useSignal<Readonly<Record<string, string>> | null>(null);
  useEffect(() => {
    void desk.api.contacts(briefing).then((answer) => {
      if (!answer.ok) return;
      const known = Object.entries(answer.value.contacts);
      typed.value = Object.fromEntries(known.map(([seat, list]) => [seat, list.join(', ')]));
    });
  }, [desk, briefing, typed]);
  const lines = typed.value;
  if (lines === null) return <p class="soft">{text.value.planning.loading}</p>;
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
      <Button action="contacts.save" icon="check" onPress={save}>
        {t.save}
      </Button>
    </>
  );
}
