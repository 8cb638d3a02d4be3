import type { View } from '../../server/domain/routing.ts';
import type { Link } from '../link/link.ts';

/** From one word to the server about what is looked at to the next, in milliseconds. */
const sayEvery = 200;

/** Tells the server what this page looks at: the last of many changes, and again after a reconnection. */
export class Sight {
  readonly #link: Link;
  #view: View | null = null;
  #said: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(link: Link) {
    this.#link = link;
  }

  get looksCloser(): boolean {
    return this.#view !== null && this.#view.closer !== null;
  }

  set(view: View): void {
    this.#view = view;
    if (this.#timer !== undefined) return;
    this.#say();
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#say();
    }, sayEvery);
  }

  /** The server at the other end may never have heard of it. */
  repeat(): void {
    this.#said = null;
    this.#say();
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #say(): void {
    const view = this.#view;
    const words = JSON.stringify(view);
    if (!view || words === this.#said || !this.#link.live.peek()) return;
    this.#said = words;
    const { tiles, closer } = view;
    this.#link
      .ask('media.view', { tiles: tiles === 'all' ? tiles : [...tiles], closer })
      .catch(() => undefined);
  }
}
