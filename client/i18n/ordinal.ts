const ordinals = new Intl.PluralRules('en', { type: 'ordinal' });
const suffixes: Partial<Record<Intl.LDMLPluralRule, string>> = { one: 'st', two: 'nd', few: 'rd' };
/** `1st`, `2nd`, `23rd`. */
export const ordinal = (n: number): string => `${n}${suffixes[ordinals.select(n)] ?? 'th'}`;
