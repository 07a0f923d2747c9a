/** Resident chat: entry of chat.html. */
import { render } from "preact";

const root = document.getElementById("chat");
if (root) render(<main />, root);
