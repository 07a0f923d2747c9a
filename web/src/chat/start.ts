/** The start page's field and doors: they open the chat in place, so that no text leaves in an address. */

/** How the chat was entered: by a door with a number, by the microphone, or (null) by what was written. */
export type Way = number | "voice" | null;
/** Called once, with the text of the field. */
type Enter = (text: string, way: Way) => void;

/** Tallest the field grows, as a share of the window's height. */
const TALLEST = 0.4;

/** Watches the field and the doors. False where this is not the start page. */
export function watchDoors(enter: Enter): boolean {
  const form = document.querySelector<HTMLFormElement>("form[data-opening]");
  const field = form?.querySelector("textarea");
  if (!form || !field) return false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    enter(field.value, null);
  });
  for (const door of document.querySelectorAll<HTMLElement>("a[data-door]")) {
    door.addEventListener("click", (event) => {
      event.preventDefault();
      enter(field.value, Number(door.dataset.door));
    });
  }
  const mic = form.querySelector<HTMLButtonElement>("button[data-mic]");
  if (mic && records()) {
    mic.hidden = false;
    mic.addEventListener("click", () => enter(field.value, "voice"));
  }
  field.addEventListener("input", () => grow(field));
  field.addEventListener("keydown", (event) => {
    if (!sends(event)) return;
    event.preventDefault();
    form.requestSubmit();
  });
  return true;
}

/** True where the browser lets a page record at all; without it the field stands alone. */
function records(): boolean {
  return "MediaRecorder" in globalThis && navigator.mediaDevices !== undefined;
}

/** Enter sends where there is a real keyboard; on a phone it starts a new line. */
export function sends(event: KeyboardEvent): boolean {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return false;
  return matchMedia("(hover: hover) and (pointer: fine)").matches;
}

function grow(field: HTMLTextAreaElement): void {
  field.style.height = "auto";
  field.style.height = field.value === "" ? "" : `${Math.min(field.scrollHeight, innerHeight * TALLEST)}px`;
}
