/** Hotline board, the page about what is kept, the page of errors: quick exit, large text, fonts, words about the network. */
import "../style/page.css";
import { watchExit } from "../shared/exit.ts";
import { offerFonts } from "../shared/fonts.ts";
import { watchLarge } from "../shared/large.ts";
import { watchNetwork } from "../shared/network.ts";
import { placeOf } from "../shared/place.ts";
import { keepCopy } from "./copy.ts";

const place = placeOf(document.body);
watchExit({ to: place.exit, wipe: () => {}, session: () => null });
watchLarge();
watchNetwork();
offerFonts();
if (document.querySelector(".copy[data-keep]")) void keepCopy();
