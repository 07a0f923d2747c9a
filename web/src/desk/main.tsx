/** Officer console: entry of desk.html. Takes an enrolment token out of the address before anything is drawn. */
import "./look/desk.css";
import { render } from "preact";
import { offerFonts } from "../shared/fonts.ts";
import { App } from "./app.tsx";
import { follow } from "./enrol/enrolment.ts";
import { learnSite } from "./session.ts";
import { speakAsBefore } from "./words.ts";

follow();
addEventListener("hashchange", follow);
offerFonts();
learnSite();
// A page that comes back out of the browser's memory starts anew, locked.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
const root = document.getElementById("desk");
speakAsBefore().finally(() => {
  if (root) render(<App />, root);
});
