/** A pictogram of the sprite; decoration only, always beside its word. */

/** The symbol `name` of pictograms.svg. */
export function Pictogram({ name }: { name: string }) {
  return (
    <svg class="pic" aria-hidden="true">
      <use href={`/pictograms.svg#${name}`} />
    </svg>
  );
}
