import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** Each colour token in both themes, as 0–255 triples. */
function tokens(): Record<'light' | 'dark', Map<string, readonly number[]>> {
  const css = readFileSync(new URL('../../client/ui/tokens.css', import.meta.url), 'utf8');
  const light = new Map<string, readonly number[]>();
  const dark = new Map<string, readonly number[]>();
  const colour = (hex: string) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  for (const [, name = '', value = ''] of css.matchAll(/--([\w-]+):\s*([^;]+);/g)) {
    const pair = /^light-dark\((#[\da-f]{6}), (#[\da-f]{6})\)$/.exec(value);
    const one = /^#[\da-f]{6}$/.exec(value);
    if (pair || one) {
      light.set(name, colour(pair?.[1] ?? value));
      dark.set(name, colour(pair?.[2] ?? value));
    }
  }
  return { light, dark };
}

/** WCAG 2.2: relative luminance. */
function luminance(rgb: readonly number[]): number {
  const [r = 0, g = 0, b = 0] = rgb.map((part) => {
    const c = part / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: readonly number[], b: readonly number[]): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

const grounds = ['ground', 'surface', 'raised', 'raised-hover'];
/** What is read, and every ground that it is read on: 4.5 to 1. */
const read: Readonly<Record<string, readonly string[]>> = {
  text: [...grounds, 'pressed', 'accent-ground', 'alarm-ground', 'caution-ground'],
  'text-soft': [...grounds, 'pressed', 'accent-ground', 'alarm-ground'],
  accent: [...grounds, 'accent-ground'],
  'accent-strong': [...grounds, 'accent-ground'],
  'caution-text': [...grounds, 'caution-ground'],
  'alarm-text': [...grounds, 'alarm-ground'],
  'on-accent': ['accent', 'accent-strong'],
  'on-alarm': ['alarm', 'alarm-strong'],
};
/** What only has to be seen: borders of what one types in, a control's own ground: 3 to 1. */
const seen: Readonly<Record<string, readonly string[]>> = {
  edge: ['ground', 'surface', 'raised'],
  accent: grounds,
};

describe.each(['dark', 'light'] as const)('colours of the %s theme', (theme) => {
  const own = tokens()[theme];
  const pairs = [
    ...Object.entries(read).map(([front, backs]) => ({ front, backs, least: 4.5 })),
    ...Object.entries(seen).map(([front, backs]) => ({ front, backs, least: 3 })),
  ].flatMap(({ front, backs, least }) => backs.map((back) => ({ front, back, least })));

  it.each(pairs)('$front on $back: at least $least to 1', ({ front, back, least }) => {
    const [a, b] = [own.get(front), own.get(back)];
    if (!a || !b) throw new Error(`no such token: ${a ? back : front}`);
    expect(contrast(a, b)).toBeGreaterThanOrEqual(least);
  });
});
