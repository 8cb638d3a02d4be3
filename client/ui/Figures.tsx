const isFigure = (character: string) => character >= '0' && character <= '9';

/**
 * A number that changes in place. The font has no figures of equal width, so each stands in a box
 * of its own; read aloud, they are one word.
 */
export function Figures({ value }: { readonly value: string }) {
  return (
    <>
      <span class="hidden">{value}</span>
      <span class="figures" aria-hidden="true">
        {[...value].map((character, place) => (
          // A place's identity is where it stands: what stands in it is what changes.
          <span key={place} data-figure={isFigure(character) ? '' : undefined}>
            {character}
          </span>
        ))}
      </span>
    </>
  );
}
