import { type BriefingState, type Layout, layouts } from '../../../server/domain/briefing.ts';
import { text } from '../../i18n/language.ts';
import { Button } from '../../ui/Button.tsx';
import { useCommands } from '../../ui/useCommands.ts';

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** What stands there: the chair, a speaker or slides. */
  readonly is: 'chair' | 'speaker' | 'slides';
}

/** The layouts in small, on a ground of 32 × 18. */
const pictures: Record<Layout, readonly Box[]> = {
  presentation: [
    { x: 1, y: 1, width: 20, height: 16, is: 'slides' },
    { x: 22, y: 1, width: 9, height: 7.5, is: 'speaker' },
    { x: 22, y: 9.5, width: 9, height: 7.5, is: 'chair' },
  ],
  speaker: [
    { x: 1, y: 1, width: 30, height: 16, is: 'speaker' },
    { x: 22, y: 10.5, width: 8, height: 5.5, is: 'chair' },
  ],
  sideBySide: [
    { x: 1, y: 3, width: 14.5, height: 12, is: 'chair' },
    { x: 16.5, y: 3, width: 14.5, height: 12, is: 'speaker' },
  ],
  chair: [{ x: 1, y: 1, width: 30, height: 16, is: 'chair' }],
};

/** What every site sees: four buttons that show it, with their keys 1 to 4. */
export function Layouts({ state }: { readonly state: BriefingState }) {
  const { give, refused } = useCommands();
  const t = text.value.chair.layout;
  return (
    <fieldset class="layouts" aria-label={t.title}>
      {layouts.map((layout, index) => {
        const chosen = state.layout === layout;
        const command = { type: 'layout.set', layout } as const;
        return (
          <Button
            key={layout}
            action={`layout.${layout}`}
            look="quiet"
            pressed={chosen}
            label={`${t[layout]} (${index + 1})`}
            refused={chosen ? null : refused(command)}
            onPress={() => (chosen ? undefined : give(command))}
          >
            <svg class="layout" viewBox="0 0 32 18" aria-hidden="true">
              {pictures[layout].map(({ is, ...box }) => (
                <rect key={is} {...box} rx="1.2" data-is={is} />
              ))}
            </svg>
          </Button>
        );
      })}
    </fieldset>
  );
}
