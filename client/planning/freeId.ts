/** An id that none of these has: the stem with the first free number. */
export function freeId(stem: string, among: readonly { readonly id: string }[]): string {
  const taken = new Set(among.map(({ id }) => id));
  let number = among.length + 1;
  while (taken.has(`${stem}-${number}`)) number++;
  return `${stem}-${number}`;
}
