/**
 * Leaving in one frame: cover, drop, tell the server, replace the page. By button or Esc twice within a second.
 * Must not ask anything.
 */

/** Two presses of Esc within this time (ms) leave. */
const TWICE = 1000;

/** Name of a tab that was left by quick exit: the board, where it leads to, keeps no copy there. */
export const LEFT = "left";

export interface Leaving {
  /** Address of the neutral page. */
  readonly to: string;
  /** Overwrites and drops what the page holds. */
  readonly wipe: () => void;
  /** Session to forget at the server, if there is one. */
  readonly session: () => string | null;
}

/** Covers the page now: nothing of it is seen from this frame on. */
export function cover(): void {
  document.documentElement.classList.add("gone");
  for (const field of document.querySelectorAll<HTMLTextAreaElement | HTMLInputElement>("textarea, input")) {
    if (field.type !== "hidden") field.value = "";
  }
}

/** Leaves the page for good. */
export function leave(leaving: Leaving): void {
  cover();
  const session = leaving.session();
  leaving.wipe();
  if (session) navigator.sendBeacon("/api/v1/chat/leave", new Blob([session], { type: "text/plain" }));
  document.body.replaceChildren();
  window.name = LEFT;
  location.replace(leaving.to);
}

/** Makes Esc twice, every `.exit` and every `.skip` link leave. */
export function watchExit(leaving: Leaving): void {
  let last = Number.NEGATIVE_INFINITY;
  addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape" || event.repeat) return;
      if (event.timeStamp - last <= TWICE) leave(leaving);
      last = event.timeStamp;
    },
    { capture: true },
  );
  addEventListener(
    "click",
    (event) => {
      if (!(event.target instanceof Element) || !event.target.closest("a.exit, a.skip")) return;
      event.preventDefault();
      leave(leaving);
    },
    { capture: true },
  );
}

/** An older page of ours comes up empty: dropped when left, fetched anew when returned to. */
export function watchReturn(wipe: () => void): void {
  addEventListener("pagehide", () => {
    cover();
    wipe();
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
}
