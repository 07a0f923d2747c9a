/** Officer console: entry of desk.html. Takes an enrolment token out of the address before anything is drawn. */
import "./look/desk.css";
import { render } from "preact";
import { offerFonts } from "../shared/fonts.ts";
import { App } from "./app.tsx";
import { takeToken } from "./enrol/enrolment.ts";
import { screen } from "./session.ts";
import { speakAsBefore } from "./words.ts";

if (takeToken()) screen.value = "enrol";
offerFonts();
const root = document.getElementById("desk");
speakAsBefore().finally(() => {
  if (root) render(<App />, root);
});
