export const mostOptions = 8;
export const fewestOptions = 2;

export type VoteFault = 'noQuestion' | 'sameOptions';

/** What the server would not take, before it is asked. */
export function voteFault(question: string, options: readonly string[]): VoteFault | null {
  if (question.trim() === '') return 'noQuestion';
  const words = options.map((option) => option.trim().toLowerCase());
  if (words.includes('') || new Set(words).size !== words.length) return 'sameOptions';
  return null;
}
