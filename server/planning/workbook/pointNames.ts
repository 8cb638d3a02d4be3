import type { SeatId } from '../../domain/ids.ts';
import type { PlannedPoint } from '../../domain/roster.ts';
import { everybody, isNamed, nobody, plain } from './format.ts';

type NamedPoint = Pick<PlannedPoint, 'id' | 'name' | 'shortName'>;

/** Finds points as people name them: by id, by name or by short name, in either language. */
export class PointNames {
  readonly #byId = new Map<string, SeatId>();
  readonly #byName = new Map<string, Set<SeatId>>();

  constructor(points: readonly NamedPoint[]) {
    for (const { id, name, shortName } of points) {
      this.#byId.set(plain(id), id);
      for (const word of [name.vi, name.en, shortName.vi, shortName.en]) {
        const known = this.#byName.get(plain(word)) ?? new Set();
        this.#byName.set(plain(word), known.add(id));
      }
    }
  }

  find(text: string): SeatId | 'unknownPoint' | 'ambiguousPoint' {
    const byId = this.#byId.get(plain(text));
    if (byId !== undefined) return byId;
    const [found, ...others] = this.#byName.get(plain(text)) ?? [];
    if (found === undefined) return 'unknownPoint';
    return others.length === 0 ? found : 'ambiguousPoint';
  }

  /** What to write for a point: its name where that leads back to it alone. */
  write({ id, name }: NamedPoint): string {
    const { vi } = name;
    const plainName = !/[;\n\r]/.test(vi) && !isNamed(everybody, vi) && !isNamed(nobody, vi);
    return plainName && this.find(vi) === id ? vi : id;
  }
}

/** An id from a Vietnamese name: what is left of it without marks, in words joined by hyphens. */
export const slug = (name: string): string =>
  name
    .replace(/[đĐ]/g, 'd')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 64)
    .replace(/-+$/, '');
