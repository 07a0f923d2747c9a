/** Whether anybody looks at the page: what may wait does so while it is hidden. */

/** Waits until the page is not hidden. */
export function looked(): Promise<void> {
  if (!document.hidden) return Promise.resolve();
  return new Promise((seen) => {
    const look = () => {
      if (document.hidden) return;
      document.removeEventListener("visibilitychange", look);
      seen();
    };
    document.addEventListener("visibilitychange", look);
  });
}
