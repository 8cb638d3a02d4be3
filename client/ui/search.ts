/** Lower case without accents: `Đắk Lắk` and `dak lak` come out the same. */
export const plain = (words: string): string =>
  words
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('đ', 'd')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

const initials = (words: string): string =>
  words
    .split(' ')
    .map((w) => w[0] ?? '')
    .join('');

/** Whether typing `query` finds a name: the start of any of its words, or its initials. */
export function finds(query: string, name: string): boolean {
  const wanted = plain(query);
  if (wanted === '') return true;
  const words = plain(name);
  return (
    ` ${words}`.includes(` ${wanted}`) || initials(words).startsWith(wanted.replaceAll(' ', ''))
  );
}
