import { useSignal } from '@preact/signals';
import type { BriefingState } from '../../../server/domain/briefing.ts';
import { requestOf } from '../../../server/domain/floor.ts';
import type { Seat } from '../../../server/domain/roster.ts';
import { isApart } from '../../../server/domain/routing.ts';
import type { BrowserCommand } from '../../../server/protocol/commands.ts';
import type { RemoteAction, SiteMeasure } from '../../../server/protocol/wire.ts';
import { local, refusalText, text } from '../../i18n/language.ts';
import { Button } from '../../ui/Button.tsx';
import { Confirm } from '../../ui/Confirm.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useCommands } from '../../ui/useCommands.ts';
import { useSurface } from '../../ui/useSurface.ts';
import { WhisperButton } from '../../whisper/WhisperButton.tsx';

interface ActionsProps {
  readonly state: BriefingState;
  readonly seat: Seat;
  readonly cap: SiteMeasure['cap'];
}

/** Those that people at the site notice: asked about before they are done. */
type Disturbing = 'reload' | 'detectDevices' | 'moveNode';

/** A technician's hand on the site, from afar. */
export function Actions({ state, seat, cap }: ActionsProps) {
  const { link } = useSurface();
  const asking = useSignal<Disturbing | null>(null);
  const t = text.value.technician.site;
  const name = local(seat.name);
  const onAir =
    seat.id === state.chairPoint || requestOf(state.floor, seat.id)?.status === 'granted';
  const refused = !link.live.value
    ? text.value.link.lost
    : seat.status === 'connected'
      ? null
      : refusalText.value.seatNotConnected;
  const act = async (action: RemoteAction) => {
    const reply = await link
      .ask('site.act', { seat: seat.id, action })
      .catch(() => ({ ok: false, refusal: 'lineLost' }) as const);
    if (reply.ok) toast(t.done[action.do](name));
    else toast(refusalText.value[reply.refusal], 'alarm');
  };
  const { give, refused: refusedCheck } = useCommands();
  const check: BrowserCommand = { type: 'lineCheck.start', seats: [seat.id] };
  const disturbed = isApart(state, seat.id) ? null : refusalText.value.onProgramme;
  const ask = (action: Disturbing) => () => {
    asking.value = action;
  };
  const questions = {
    reload: { title: t.reloadTitle(name), detail: t.reloadDetail, confirm: t.reload },
    detectDevices: { title: t.detectTitle(name), detail: t.detectDetail, confirm: t.detectDevices },
    moveNode: { title: t.moveTitle(name), detail: t.moveDetail, confirm: t.moveNode },
  } satisfies Record<Disturbing, unknown>;
  const asked = asking.value;
  return (
    <section class="acts" aria-label={t.actions}>
      <h3>{t.actions}</h3>
      <div class="buttons">
        <Button
          action="site.reload"
          icon="reload"
          size="small"
          refused={refused}
          onPress={ask('reload')}
        >
          {t.reload}
        </Button>
        <Button
          action="site.detectDevices"
          icon="camera"
          size="small"
          refused={refused}
          onPress={ask('detectDevices')}
        >
          {t.detectDevices}
        </Button>
        <Button
          action="site.restartIce"
          icon="line"
          size="small"
          refused={refused}
          onPress={() => act({ do: 'restartIce' })}
        >
          {t.restartIce}
        </Button>
        <Button
          action="site.moveNode"
          icon="server"
          size="small"
          refused={refused}
          onPress={ask('moveNode')}
        >
          {t.moveNode}
        </Button>
        {seat.id !== state.chairPoint && (
          <Button
            action="site.check"
            icon="activity"
            size="small"
            refused={refused ?? refusedCheck(check) ?? disturbed}
            onPress={() => give(check)}
          >
            {text.value.whisper.check.again}
          </Button>
        )}
        <WhisperButton seat={seat} />
      </div>
      <p class="soft small">{t.cap}</p>
      <Segmented
        action="site.cap"
        label={t.cap}
        choices={(['none', 'high', 'medium', 'low'] as const).map((value) => ({
          value,
          label: t.caps[value],
          refused,
        }))}
        value={cap ?? 'none'}
        onChoose={(value) => act({ do: 'capLayer', layer: value === 'none' ? null : value })}
      />
      {asked !== null && (
        <Confirm
          {...questions[asked]}
          detail={onAir ? [t.onAir, questions[asked].detail] : questions[asked].detail}
          look={onAir ? 'alarm' : 'accent'}
          onConfirm={() => act({ do: asked })}
          onClose={() => {
            asking.value = null;
          }}
        />
      )}
    </section>
  );
}
