/**
 * `fresh`, made of the parts of `known` wherever they say the same, and `known` itself when all does:
 * what shows a part that has not changed need not be drawn again. Only for plain data.
 */
export const sharing = <T>(known: unknown, fresh: T): T => shared(known, fresh) as T;

function shared(known: unknown, fresh: unknown): unknown {
  if (!isRecord(known) || !isRecord(fresh)) return fresh;
  if (Array.isArray(known) !== Array.isArray(fresh)) return fresh;
  const keys = Object.keys(known);
  const parts = Object.entries(fresh).map(
    ([k, v]) => [k, Object.hasOwn(known, k) ? shared(known[k], v) : v] as const,
  );
  const same =
    parts.length === keys.length &&
    parts.every(([k, v], i) => keys[i] === k && Object.is(v, known[k]));
  if (same) return known;
  return Array.isArray(fresh) ? parts.map(([, v]) => v) : Object.fromEntries(parts);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
