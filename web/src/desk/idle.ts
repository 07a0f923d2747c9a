/** Locks the desk after ten minutes without a hand on it. A machine that slept counts the time it slept. */
const LIMIT_MS = 10 * 60 * 1000;
const LOOK_EVERY_MS = 5_000;
const SIGNS = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"] as const;

/** Watches until the returned function is called; `locked` runs once, when the time is over. */
export function watchIdle(locked: () => void, now: () => number = Date.now): () => void {
  let seen = now();
  const touch = () => {
    if (now() - seen < LIMIT_MS) seen = now();
  };
  const look = () => {
    if (now() - seen < LIMIT_MS) return;
    stop();
    locked();
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  const stop = () => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", look);
    for (const sign of SIGNS) window.removeEventListener(sign, touch);
  };
  document.addEventListener("visibilitychange", look);
  for (const sign of SIGNS) window.addEventListener(sign, touch, { passive: true });
  return stop;
}
