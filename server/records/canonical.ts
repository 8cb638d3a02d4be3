/**
 * JSON in one form alone, as RFC 8785 (JCS) has it: no spaces, keys in the order of their UTF-16
 * code units, numbers and texts as JSON.stringify writes them. What is undefined is left out.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value))
    return `[${value.map((each) => canonicalJson(each ?? null)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = keysOf(value).map(
    ([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`,
  );
  return `{${members.join(',')}}`;
}

/** With the keys of each object in order, for people to read. */
export const readableJson = (value: unknown): string =>
  `${JSON.stringify(ordered(value), null, 2)}\n`;

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(keysOf(value).map(([key, inner]) => [key, ordered(inner)]));
}

const keysOf = (value: object): [string, unknown][] =>
  Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    // By code units, not by any language's alphabet.
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
