/** A piece of a part's text: a heading, a paragraph, or one line of a list. */
export interface Block {
  readonly is: 'heading' | 'paragraph' | 'item';
  readonly text: string;
}

export const heading = (text: string): Block => ({ is: 'heading', text });
export const paragraph = (text: string): Block => ({ is: 'paragraph', text });
export const item = (text: string): Block => ({ is: 'item', text });

const marks = { heading: '# ', paragraph: '', item: '- ' } as const;

/** As people edit it: one line each, `# ` before a heading and `- ` before a line of a list. */
export const textOf = (blocks: readonly Block[]): string =>
  blocks.map(({ is, text }) => `${marks[is]}${text}`).join('\n');

/** Reads what people wrote; empty lines only part it. */
export const blocksOf = (text: string): Block[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      if (line.startsWith('# ')) return heading(line.slice(2).trim());
      return /^[-–•] /.test(line) ? item(line.slice(2).trim()) : paragraph(line);
    });
