/** Hotline board and the page about what is kept: quick exit, large text, fonts, the word that a copy is shown. */
import "../style/page.css";
import { watchExit } from "../shared/exit.ts";
import { offerFonts } from "../shared/fonts.ts";
import { watchLarge } from "../shared/large.ts";
import { placeOf } from "../shared/place.ts";

const place = placeOf(document.body);
watchExit({ to: place.exit, wipe: () => {}, session: () => null });
watchLarge();
offerFonts();

const copy = document.querySelector<HTMLElement>(".copy");
const tell = () => {
  if (copy) copy.hidden = navigator.onLine;
};
addEventListener("online", tell);
addEventListener("offline", tell);
tell();
