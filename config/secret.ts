const hidden = '[secret]';

/**
 * A string that cannot be printed by accident: logs, JSON and template strings show a
 * placeholder, and inspection does not see a private field. Whoever really needs the text says
 * so by calling `reveal()`.
 */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return hidden;
  }

  toJSON(): string {
    return hidden;
  }
}
