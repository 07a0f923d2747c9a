/** The large-text switch: a class on the root, for this page alone; nothing is stored. */

/** Makes every `[data-large]` control switch the size in place instead of following its link. */
export function watchLarge(): void {
  addEventListener("click", (event) => {
    if (!(event.target instanceof Element) || !event.target.closest("[data-large]")) return;
    event.preventDefault();
    document.documentElement.classList.toggle("large");
  });
}
