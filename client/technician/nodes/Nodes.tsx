import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { percent, whole } from '../../i18n/format.ts';
import { text } from '../../i18n/language.ts';
import { Standing } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { Confirm } from '../../ui/Confirm.tsx';
import { Meter } from '../../ui/Meter.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useSurface } from '../../ui/useSurface.ts';
import { JobsDoor } from './JobsDoor.tsx';
import { type NodeView, watchNodes } from './nodes.ts';

/** From here on a worker has little left, 0 … 1. */
const heavyLoad = 0.75;

/** The media nodes in one line: how loaded each is, and the way to take one out of service. */
export function Nodes() {
  const { pass } = useSurface();
  const nodes = useMemo(() => watchNodes(pass), [pass]);
  useEffect(() => nodes.close, [nodes]);
  const asking = useSignal<string | null>(null);
  const t = text.value.technician.nodes;
  const list = nodes.list.value;
  const drain = async (node: string) => {
    const asked = await nodes.drain(node);
    toast(asked ? t.asked(node) : t.failed, asked ? 'plain' : 'alarm');
  };
  const able = (list ?? []).filter((n) => n.linked && !n.draining).length;
  const asked = asking.value;
  return (
    <section class="nodes" aria-label={t.title}>
      {list === null && (
        <Standing icon="waiting" tone="caution">
          {t.unknown}
        </Standing>
      )}
      {list?.map((node) => (
        <div class="node" key={node.node} data-node={node.node}>
          <b>{node.node}</b>
          <Condition node={node} />
          {node.linked && !node.draining && (
            <Button
              action="node.drain"
              look="quiet"
              size="small"
              label={t.drainOf(node.node)}
              refused={able < 2 ? t.alone : null}
              onPress={() => {
                asking.value = node.node;
              }}
            >
              {t.drain}
            </Button>
          )}
        </div>
      ))}
      <JobsDoor />
      {asked !== null && (
        <Confirm
          title={t.drainTitle(asked)}
          detail={t.drainDetail}
          confirm={t.drain}
          look="alarm"
          onConfirm={() => drain(asked)}
          onClose={() => {
            asking.value = null;
          }}
        />
      )}
    </section>
  );
}

function Condition({ node }: { readonly node: NodeView }) {
  const t = text.value.technician.nodes;
  if (!node.linked) {
    return (
      <Standing icon="lineOff" tone="alarm">
        {t.away}
      </Standing>
    );
  }
  const load = t.load(percent(node.cpu), whole(node.endpoints));
  return (
    <>
      <Meter
        label={t.cpu}
        value={node.cpu}
        max={1}
        words={percent(node.cpu)}
        tone={node.cpu >= heavyLoad ? 'caution' : 'accent'}
      />
      {node.draining ? (
        <Standing icon="hourglass" tone="caution">
          {t.draining}
        </Standing>
      ) : (
        <Standing icon="online">{load}</Standing>
      )}
    </>
  );
}
