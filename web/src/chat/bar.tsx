/** The bar: whose box this is, and the way out. */
import { Pictogram } from "../shared/pictogram.tsx";
import type { Place } from "../shared/place.ts";
import type { Texts } from "../shared/texts.ts";

/** Skip link and bar; both links leave (exit.ts) and work as plain links too. */
export function Bar({ place, text }: { place: Place; text: Texts }) {
  return (
    <>
      <a class="skip" href={place.exit} rel="noreferrer">
        {text("btn-exit")}
      </a>
      <div class="bar">
        <div>
          <Pictogram name="box" />
          <p class="whose">
            <b>{text("page-box")}</b> <span class="small muted">{place.label}</span>
          </p>
          <a class="exit" href={place.exit} rel="noreferrer" title={text("web-exit-note")}>
            <Pictogram name="exit" /> {text("btn-exit")}
          </a>
        </div>
      </div>
    </>
  );
}
