import './planning.css';
import { useSignal } from '@preact/signals';
import { text } from '../i18n/language.ts';
import { Button } from '../ui/Button.tsx';
import { Confirm } from '../ui/Confirm.tsx';
import { LanguageSwitch } from '../ui/LanguageSwitch.tsx';
import { Notice } from '../ui/Notices.tsx';
import { ThemeSwitch } from '../ui/ThemeSwitch.tsx';
import { BriefingList } from './BriefingList.tsx';
import type { Desk } from './desk.ts';
import { Editor } from './Editor.tsx';
import { NewBriefing } from './NewBriefing.tsx';

/** Briefings of the office: a list, and one of them as a form. */
export function Planning({ desk }: { readonly desk: Desk }) {
  const t = text.value.planning;
  const making = useSignal(false);
  /** What was asked for while the form holds changes. */
  const waiting = useSignal<(() => void) | null>(null);
  const unlessChanged = (act: () => void) => {
    if (desk.changed) waiting.value = act;
    else act();
  };
  if (desk.briefings.value === null && desk.problem.value) {
    const { refusal } = desk.problem.value;
    const words = refusal === 'unreachable' ? t.problem.unreachable : t.problem.noPass;
    return <Notice icon="offline" title={t.problem.title} detail={words} />;
  }
  return (
    <main class="planning">
      <header class="top">
        <div class="title">
          <h1>{t.title}</h1>
          <span class="soft small">{t.detail}</span>
        </div>
        <a class="button" data-look="quiet" href={`/api/docs${location.hash}`}>
          {t.docs}
        </a>
        <ThemeSwitch />
        <LanguageSwitch />
      </header>
      <nav class="briefings" aria-label={t.list}>
        <Button
          action="briefing.new"
          icon="plus"
          look="accent"
          onPress={() =>
            unlessChanged(() => {
              making.value = true;
            })
          }
        >
          {t.newOne}
        </Button>
        <BriefingList desk={desk} onOpen={(id) => unlessChanged(() => void desk.open(id))} />
      </nav>
      {desk.subject.value.is === 'none' ? (
        <p class="soft empty">{t.choose}</p>
      ) : (
        <Editor desk={desk} />
      )}
      {making.value && (
        <NewBriefing
          desk={desk}
          onClose={() => {
            making.value = false;
          }}
        />
      )}
      {waiting.value && (
        <Confirm
          title={t.leave.title}
          detail={t.leave.detail}
          confirm={t.leave.confirm}
          look="alarm"
          onConfirm={waiting.value}
          onClose={() => {
            waiting.value = null;
          }}
        />
      )}
    </main>
  );
}
