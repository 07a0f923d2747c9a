/** The start page's field and doors: they open the chat in place, so that no text leaves in an address. */

/** Called once, with the text of the field, or the number of the door. */
type Enter = (text: string, door: number | null) => void;

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
      enter("", Number(door.dataset.door));
    });
  }
  return true;
}
