/** The strip of pages that are plain HTML: shown while the system says that there is no network. */

/** Shows and hides `.no-network` as the network goes and comes; a board's `.copy` stays where a copy is shown. */
export function watchNetwork(): void {
  const tell = () => {
    for (const strip of document.querySelectorAll<HTMLElement>(".no-network, .copy:not([data-kept])")) {
      strip.hidden = navigator.onLine;
    }
  };
  addEventListener("online", tell);
  addEventListener("offline", tell);
  tell();
}
