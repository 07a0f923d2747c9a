/** The large-text switch: a class on the root and a word in addresses of ours; nothing is stored. */

/** An address of ours as it goes on in this page's text size. */
export function inThisSize(path: string): string {
  const address = new URL(path, location.href);
  if (isLarge()) address.searchParams.set("chu", "to");
  else address.searchParams.delete("chu");
  return address.pathname + address.search;
}

/** True while the page is shown in large text. */
export function isLarge(): boolean {
  return document.documentElement.classList.contains("large");
}

/** Makes every `[data-large]` control switch the size in place instead of following its link. */
export function watchLarge(): void {
  addEventListener("click", (event) => {
    if (!(event.target instanceof Element) || !event.target.closest("[data-large]")) return;
    event.preventDefault();
    document.documentElement.classList.toggle("large");
    history.replaceState(null, "", inThisSize(location.href));
    carryOn();
  });
}

/** Links of the page, and the other language among them, keep the size; the way out leads where it led. */
function carryOn(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>(
    'a[href^="/"]:not([data-large], .exit, .skip)',
  )) {
    link.setAttribute("href", inThisSize(link.getAttribute("href") ?? "/"));
  }
}
