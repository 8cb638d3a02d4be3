import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { text } from '../i18n/language.ts';
import { Button } from './Button.tsx';
import { Icon, type IconName } from './Icon.tsx';
import { useSurface } from './useSurface.ts';

/**
 * Picture and sound do not depend on this line, and another server takes it up within a second when
 * one dies: 71 rooms need not be told of a breakage that is over before it is read; milliseconds.
 */
const unsaidFor = 2_000;

interface NoticeProps {
  readonly icon: IconName;
  readonly title: string;
  readonly detail: string;
  readonly children?: ComponentChildren;
}

/** A page-filling word: what is the matter, and what a person can do about it. */
export function Notice({ icon, title, detail, children }: NoticeProps) {
  return (
    <section class="notice" role="alert">
      <Icon name={icon} />
      <h1>{title}</h1>
      <p>{detail}</p>
      {children}
    </section>
  );
}

export function NoPass() {
  const t = text.value.link;
  return <Notice icon="offline" title={t.noPass} detail={t.noPassDetail} />;
}

interface ComeBackProps {
  readonly label: string;
  readonly onPress: () => void;
}

/** A button that any key presses as well: a kiosk may have no pointer. */
export function ComeBack({ label, onPress }: ComeBackProps) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      event.preventDefault();
      onPress();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [onPress]);
  return (
    <Button action="seat.takeBack" look="accent" onPress={onPress}>
      {label}
    </Button>
  );
}

interface InterruptionProps {
  readonly of: 'line' | 'control' | 'media';
  readonly words: string;
  readonly detail?: string;
}

/** A line of words over the foot of the page. */
function Interruption({ of, words, detail }: InterruptionProps) {
  return (
    <div class="line-lost" role="status" data-interrupted={of} title={detail}>
      <Icon name="waiting" />
      {words}
    </div>
  );
}

function LineLost() {
  const said = useSignal(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      said.value = true;
    }, unsaidFor);
    return () => clearTimeout(timer);
  }, [said]);
  if (!said.value) return null;
  const { lost, lostDetail } = text.value.link;
  return <Interruption of="line" words={lost} detail={lostDetail} />;
}

/** What concerns the whole page: the line, being put out, control, and sound that waits for a gesture. */
export function Notices() {
  const { name, link, media, sound } = useSurface();
  const t = text.value;
  const status = link.status.value;
  switch (status.is) {
    case 'putOut':
      return (
        <Notice
          icon="device"
          title={t.putOut[status.reason]}
          detail={t.putOut[`${status.reason}Detail`]}
        >
          <ComeBack
            label={status.reason === 'evicted' ? t.putOut.takeBack : t.putOut.comeBack}
            onPress={takeBack}
          />
        </Notice>
      );
    case 'refused':
      return <Notice icon="offline" title={t.link.refused} detail={t.link.refusedDetail} />;
    case 'lost':
      return <LineLost />;
    case 'connecting':
    case 'live':
      return (
        <>
          {link.control.value !== 'running' && (
            <Interruption of="control" words={t.control[link.control.value]} />
          )}
          {/* A kiosk says this on its holding picture. */}
          {media.unavailable.value && link.control.value === 'running' && name !== 'kiosk' && (
            <Interruption of="media" words={t.kiosk.noMedia} />
          )}
          {sound.blocked.value && (
            <button type="button" class="hear" data-action="sound.unblock">
              <Icon name="sound" />
              {t.sound.blocked}
            </button>
          )}
        </>
      );
  }

  /** Media and devices of this page were let go; a fresh start is the surest way back. */
  function takeBack() {
    location.reload();
  }
}
