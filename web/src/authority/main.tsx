/** The authority's page: entry of the one file that `hopthu authority page` writes. Asks for nothing over any network. */
import "./authority.css";
import { render } from "preact";
import { offerFonts } from "../shared/fonts.ts";
import { App } from "./app.tsx";
import { unsaved } from "./work.ts";

offerFonts();
addEventListener("beforeunload", (event) => {
  if (unsaved.value) event.preventDefault();
});
const root = document.getElementById("authority");
if (root) render(<App />, root);
