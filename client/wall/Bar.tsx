import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { text } from '../i18n/language.ts';
import { Button } from '../ui/Button.tsx';
import { LanguageSwitch } from '../ui/LanguageSwitch.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { ThemeSwitch } from '../ui/ThemeSwitch.tsx';
import type { WallAddress, WallOrder } from './address.ts';
import { FullScreenSwitch } from './FullScreenSwitch.tsx';

interface BarProps {
  readonly address: WallAddress;
  readonly go: (change: Partial<WallAddress>) => void;
  readonly onClose: () => void;
}

const orders = ['protocol', 'region'] as const satisfies WallOrder[];
const displays = ['1', '2', '3', '4'] as const;
const stays = ['5', '10', '20', '30'] as const;
const off = 'off';

/** What can be set at this display. It lies over the board only as long as somebody uses it. */
export function Bar({ address, go, onClose }: BarProps) {
  const t = text.value.wall;
  const { page, of } = address;
  const ref = useRef<HTMLElement>(null);
  useEffect(() => {
    ref.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
    const outside = (event: PointerEvent) => {
      if (event.target instanceof Node && !ref.current?.contains(event.target)) onClose();
    };
    addEventListener('pointerdown', outside);
    return () => removeEventListener('pointerdown', outside);
  }, []);
  const stay = address.cycle === null ? off : String(address.cycle);
  const known = [off, ...stays];
  return (
    <nav
      class="bar"
      ref={ref}
      aria-label={t.bar}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <Setting label={t.order.label}>
        <Segmented
          action="wall.order"
          label={t.order.label}
          value={address.order}
          choices={orders.map((value) => ({ value, label: t.order[value] }))}
          onChoose={(order) => go({ order })}
        />
      </Setting>
      <Setting label={t.cycle.label}>
        <Segmented
          action="wall.cycle"
          label={t.cycle.label}
          value={stay}
          choices={(known.includes(stay) ? known : [...known, stay]).map((value) => ({
            value,
            label: value === off ? t.cycle.off : t.cycle.seconds(Number(value)),
          }))}
          onChoose={(value) => go({ cycle: value === off ? null : Number(value) })}
        />
      </Setting>
      <Setting label={t.displays}>
        <Segmented
          action="wall.displays"
          label={t.displays}
          value={String(of)}
          choices={displays.map((value) => ({ value, label: value }))}
          onChoose={(value) => go({ of: Number(value), page: 1 })}
        />
        {of > 1 && (
          <Segmented
            action="wall.page"
            label={t.page}
            value={String(page)}
            choices={displays.slice(0, of).map((value) => ({
              value,
              label: t.pageOf(Number(value), of),
            }))}
            onChoose={(value) => go({ page: Number(value) })}
          />
        )}
      </Setting>
      <div class="steps">
        <ThemeSwitch />
        <LanguageSwitch />
        <FullScreenSwitch />
        <Button
          action="wall.settings.close"
          icon="cross"
          look="quiet"
          label={t.closeBar}
          onPress={onClose}
        />
      </div>
    </nav>
  );
}

function Setting(props: { readonly label: string; readonly children: ComponentChildren }) {
  return (
    <div class="setting">
      <span class="soft small" aria-hidden="true">
        {props.label}
      </span>
      <div class="steps">{props.children}</div>
    </div>
  );
}
