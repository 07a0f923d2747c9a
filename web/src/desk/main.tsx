/** Officer console: entry of desk.html. */
import { render } from "preact";

const root = document.getElementById("desk");
if (root) render(<main />, root);
